//! The web messenger in a real browser, with the echo bot on the other side.

use fantoccini::Locator;

use crate::{browser::Browser, home::Home};

/// The messenger of a home, with the dialog of the bot open.
async fn dialog_with_the_bot(home: &Home, width: u32, height: u32) -> Browser {
    let browser = Browser::open(&home.portal.messenger_url(), width, height).await;
    browser.find_text("dialog", "EchoBot").await.click().await.unwrap();
    browser.find_text("message", "Hello, You!").await;
    browser
}

#[tokio::test]
async fn a_person_types_and_reads_the_answer() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    browser.say("good morning").await;
    let answer = browser.find_text("message", "You said it in our dialog").await;
    assert!(answer.text().await.unwrap().contains("good morning"));
    browser.close().await;
}

#[tokio::test]
async fn a_button_turns_the_page_of_a_list_in_place() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    browser.say("/echoList").await;
    browser.find_text("message", "Page 1 of 5").await;
    browser.find_text("button", "Next").await.click().await.unwrap();
    browser.find_text("message", "Page 2 of 5").await;
    assert!(!browser.text("#talk").await.contains("Page 1 of 5"), "the message was edited, not repeated");
    browser.find_text("button", "Back").await.click().await.unwrap();
    browser.find_text("message", "Page 1 of 5").await;
    browser.close().await;
}

#[tokio::test]
async fn slash_commands_are_offered_with_what_they_do() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    browser.find("[data-testid=composer]").await.send_keys("/").await.unwrap();
    browser.find("#suggest [role=option]").await;
    let offered = browser.find("#suggest").await.text().await.unwrap();
    for expected in ["/echo", "Repeat the text", "/echoList", "/help"] {
        assert!(offered.contains(expected), "{offered}");
    }
    assert!(!offered.contains("/turn"), "hidden commands are not offered: {offered}");
    browser.close().await;
}

#[tokio::test]
async fn a_link_in_the_greeting_asks_for_help() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    let link = "//*[@data-testid='message']//*[self::a or self::button][normalize-space(.)='get help']";
    browser.page.wait().for_element(Locator::XPath(link)).await.unwrap().click().await.unwrap();
    browser.find_text("button", "REST API").await;
    browser.close().await;
}

#[tokio::test]
async fn the_journal_shows_every_call_and_event() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    browser.say("/echo look").await;
    browser.find_text("message", "look").await;
    let talk = browser.page.find(Locator::Css("[data-testid=entry]")).await;
    if talk.is_err() {
        browser.find("[aria-controls=journal]").await.click().await.unwrap();
    }
    for name in ["ONAPPINSTALL", "imbot.register", "ONIMBOTJOINCHAT", "ONIMCOMMANDADD", "imbot.command.answer"] {
        browser.find(&format!("[data-testid=entry][data-name='{name}']")).await;
    }
    browser.close().await;
}

/// Unfolds the latest entry of this name and clicks one of its buttons.
async fn click_in_journal(browser: &Browser, name: &str, caption: &str) {
    let entry = format!("//details[@data-name='{name}']");
    let click = async |path: &str| {
        let found = browser.page.wait().for_element(Locator::XPath(path)).await.unwrap();
        found.click().await.unwrap();
    };
    click(&format!("{entry}/summary")).await;
    click(&format!("{entry}//button[.='{caption}']")).await;
}

#[tokio::test]
async fn the_journal_tells_what_the_spec_says() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    click_in_journal(&browser, "imbot.register", "What the spec says").await;
    let card = browser.find_text("spec-card", "MAX_COUNT_ERROR").await.text().await.unwrap();
    for fact in ["scope imbot", "PROPERTIES", "EVENT_MESSAGE_ADD"] {
        assert!(card.contains(fact), "{card}");
    }
    browser.close().await;
}

#[tokio::test]
async fn a_call_copied_as_curl_opens_the_portal_again() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    let copy = "navigator.clipboard.writeText = async (text) => { document.body.dataset.copied = text; };";
    browser.page.execute(copy, Vec::new()).await.unwrap();
    click_in_journal(&browser, "imbot.command.register", "Copy as curl").await;
    let copied = browser.find("body[data-copied]").await.attr("data-copied").await.unwrap().unwrap();
    let parts: Vec<&str> = copied.split('\'').collect();
    let [_, url, _, "Content-Type: application/json", " \\\n  -d ", body, ""] = parts.as_slice() else {
        panic!("{copied}")
    };
    let call = reqwest::Client::new().post(*url).header("content-type", "application/json").body((*body).to_owned());
    let answer = call.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    browser.close().await;
}

#[tokio::test]
async fn an_event_is_sent_again_from_the_journal() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 1400, 900).await;
    browser.say("/echo once").await;
    browser.find_text("message", "once").await;
    home.portal.wait_event("ONIMCOMMANDADD").await.unwrap();
    click_in_journal(&browser, "ONIMCOMMANDADD", "Send again").await;
    let again = home.portal.wait_event("ONIMCOMMANDADD").await.unwrap();
    assert_eq!(again.status(), Some(200));
    browser.close().await;
}

#[tokio::test]
async fn two_people_see_each_other_without_reloading() {
    let home = Home::start().await;
    let ann = home.portal.user("Ann Lee");
    let chat = home.portal.admin().open_with(&ann).await.unwrap();
    let browser = Browser::open(&format!("{}?user={}", home.portal.messenger_url(), ann.id()), 1400, 900).await;
    browser.find_text("dialog", "You").await.click().await.unwrap();
    chat.say("are you there, Ann?").await.unwrap();
    browser.find_text("message", "are you there, Ann?").await;
    browser.say("yes I am").await;
    assert_eq!(chat.reply().await.unwrap().text(), "yes I am");
    browser.close().await;
}

#[tokio::test]
async fn it_is_usable_on_a_phone() {
    let home = Home::start().await;
    let browser = dialog_with_the_bot(&home, 420, 800).await;
    browser.say("from my phone").await;
    browser.find_text("message", "You said it in our dialog").await;
    let sideways = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    assert_eq!(browser.page.execute(sideways, Vec::new()).await.unwrap(), false, "nothing is wider than the screen");
    browser.close().await;
}
