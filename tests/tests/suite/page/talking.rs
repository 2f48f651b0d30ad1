use b24_portal::Portal;
use serde_json::json;

use super::Desk;
use crate::browser::Browser;

#[tokio::test]
async fn a_message_is_answered_and_the_answer_leads_back_to_it() {
    let desk = Desk::open().await;
    let question = desk.say("tea or coffee?", json!({})).await;
    desk.js(&format!("document.querySelector(\"[data-message='{question}'] [data-deed=reply]\").click()")).await;
    desk.until("document.querySelector('#about-text').innerText === 'tea or coffee?'").await;
    desk.browser.say("coffee").await;
    desk.browser.find_text("message", "coffee").await;
    desk.click(".own .quote").await;
    desk.until(&format!("document.querySelector(\"[data-message='{question}'].found\")")).await;
    desk.close().await;
}

#[tokio::test]
async fn a_reaction_is_chosen_seen_by_others_and_taken_back() {
    let desk = Desk::open().await;
    let message = desk.say("released!", json!({})).await;
    desk.js(&format!("document.querySelector(\"[data-message='{message}'] [data-deed=reactions]\").click()")).await;
    desk.click(".picker [aria-label=Fire]").await;
    desk.click(".given-reaction[aria-pressed=true] .reaction-fire").await;
    desk.until("!document.querySelector('.given-reaction')").await;
    desk.close().await;
}

#[tokio::test]
async fn a_dialog_is_pinned_and_muted_from_its_menu() {
    let desk = Desk::open().await;
    desk.say("hi", json!({})).await;
    for (mark, icon) in [("Pin", "pin"), ("Mute", "muted")] {
        desk.js("document.querySelector('.dialog-more').click()").await;
        let item = format!("//*[@role='menuitem'][normalize-space(.)='{mark}']");
        desk.browser.page.wait().for_element(super::Locator::XPath(&item)).await.unwrap().click().await.unwrap();
        desk.browser.find(&format!(".dialog .icon-{icon}")).await;
    }
    desk.close().await;
}

#[tokio::test]
async fn a_word_leads_to_a_message_however_long_ago_it_was() {
    let desk = Desk::open().await;
    let needle = desk.say("the needle", json!({})).await;
    let chat = desk.portal.admin().open("marta").await.unwrap();
    for number in 0..150 {
        chat.say(&format!("hay {number}")).await.unwrap();
    }
    desk.browser.page.refresh().await.unwrap();
    desk.browser.find_text("message", "hay 149").await;
    desk.browser.find("#search").await.send_keys("needle").await.unwrap();
    desk.click("[data-found]").await;
    desk.until(&format!("document.querySelector(\"[data-message='{needle}'].found\")")).await;
    desk.close().await;
}

#[tokio::test]
async fn a_page_that_lost_its_portal_comes_back_and_has_missed_nothing() {
    let portal = Portal::start().await.unwrap();
    let port = portal.domain().rsplit_once(':').unwrap().1.parse().unwrap();
    let ann = portal.user("Ann Lee");
    let browser = Browser::open(&format!("{}?user=1#{}", portal.messenger_url(), ann.id()), 1280, 800).await;
    browser.find("[data-testid=composer]").await;
    drop((portal, ann));
    browser.find("#banner:not([hidden])").await;

    let portal = Portal::builder().port(port).start().await.unwrap();
    let chat = portal.user("Ann Lee").open_with(&portal.admin()).await.unwrap();
    chat.say("back again").await.unwrap();
    browser.find_text("message", "back again").await;
    browser.find("#banner[hidden]").await;
    browser.close().await;
}
