use serde_json::json;

use super::Desk;

const CTRL: &str = "\u{e009}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const UP: &str = "\u{e013}";

#[tokio::test]
async fn a_conversation_needs_no_mouse() {
    let desk = Desk::open().await;
    desk.portal.user("Ann Lee");
    desk.until("document.querySelector('#dialogs').innerText.includes('Ann Lee')").await;
    desk.press(&format!("{CTRL}k")).await;
    desk.until("document.activeElement.id === 'search'").await;
    desk.press(&format!("ann{ENTER}")).await;
    desk.until("document.querySelector('#talk-title').innerText.includes('Ann Lee')").await;
    desk.until("document.activeElement.id === 'input'").await;
    desk.press(&format!("good mourning{ENTER}")).await;
    desk.browser.find_text("message", "good mourning").await;

    desk.press(UP).await;
    desk.until("document.querySelector('#about-title').innerText === 'Editing your message'").await;
    desk.press(&format!("{}good morning{ENTER}", "\u{e003}".repeat("good mourning".len()))).await;
    desk.browser.find_text("message", "good morning").await;
    desk.close().await;
}

#[tokio::test]
async fn the_arrow_keys_walk_the_messages_and_enter_opens_the_menu_of_one() {
    let desk = Desk::open().await;
    desk.say("first", json!({})).await;
    let second = desk.say("second", json!({"MENU": [{"TEXT": "Of the bot", "COMMAND": "help"}]})).await;
    desk.js("document.querySelector('#log').focus()").await;
    desk.press(UP).await;
    assert_eq!(desk.js("return Number(document.activeElement.dataset.message)").await, second);
    desk.press(ENTER).await;
    desk.until("document.querySelector('.menu').innerText.includes('Of the bot')").await;
    desk.press(ESCAPE).await;
    desk.until("!document.querySelector('.menu')").await;
    desk.close().await;
}

#[tokio::test]
async fn commands_are_offered_in_the_language_one_chose() {
    let desk = Desk::open().await;
    desk.click("#settings").await;
    let german = "//*[@role='menuitemradio'][contains(., 'German')]";
    desk.browser.page.wait().for_element(super::Locator::XPath(german)).await.unwrap().click().await.unwrap();
    desk.until("document.querySelector('#banner').hidden").await;
    desk.until("document.querySelector('#talk-title').innerText.includes('Marta')").await;
    desk.browser.find("[data-testid=composer]").await.send_keys("/he").await.unwrap();
    desk.until("document.querySelector('#suggest').innerText.includes('Was ich kann')").await;
    desk.close().await;
}

#[tokio::test]
async fn colours_can_be_dark_whatever_the_system_says() {
    let desk = Desk::open().await;
    let color = "return getComputedStyle(document.body).backgroundColor";
    let light = desk.js(color).await;
    desk.click("#settings").await;
    let dark = "//*[@role='menuitemradio'][normalize-space(.)='Dark']";
    desk.browser.page.wait().for_element(super::Locator::XPath(dark)).await.unwrap().click().await.unwrap();
    assert_ne!(desk.js(color).await, light);
    desk.browser.page.refresh().await.unwrap();
    desk.until("document.documentElement.dataset.theme === 'dark'").await;
    desk.close().await;
}
