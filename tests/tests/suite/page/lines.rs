use super::{Desk, Locator};

impl Desk {
    /// Chooses from a menu that a button opens.
    async fn choose(&self, button: &str, item: &str) {
        self.click(button).await;
        let item = format!("//*[@role='menuitem'][starts-with(normalize-space(.), '{item}')]");
        self.browser.page.wait().for_element(Locator::XPath(&item)).await.unwrap().click().await.unwrap();
    }

    /// Fills in the field of the window that asks for a name, and confirms it.
    async fn name(&self, name: &str) {
        self.browser.find("#window[open] input[required]").await.send_keys(name).await.unwrap();
        self.click("#window[open] button[type=submit]").await;
        self.until("!document.querySelector('#window[open]')").await;
    }
}

#[tokio::test]
async fn an_open_line_is_seen_from_both_sides() {
    let desk = Desk::open().await;
    desk.choose("#new-chat", "Open line").await;
    desk.name("Support").await;
    desk.until("document.querySelector('#new-chat') && !document.querySelector('[role=menu]:popover-open')").await;

    desk.choose("#new-chat", "Client of a line").await;
    desk.name("Zoe Client").await;
    desk.until("document.querySelector('#line').innerText.includes('You write as a client')").await;
    desk.until("document.activeElement.id === 'input'").await;
    assert_eq!(
        desk.js("return document.querySelectorAll('#dialogs .section').length").await,
        0,
        "nobody to choose from"
    );
    desk.browser.say("is my order ready?").await;
    desk.browser.find_text("message", "is my order ready?").await;
    let client = desk.js("return location.href").await;

    desk.browser.page.goto(&desk.portal.messenger_url()).await.unwrap();
    desk.browser.find_text("dialog", "Zoe Client").await.click().await.unwrap();
    desk.browser.find_text("message", "is my order ready?").await;
    desk.click("[data-deed=line][data-value=take]").await;
    desk.until("document.querySelector('#line').innerText.includes('you answer')").await;
    desk.browser.say("tomorrow").await;
    desk.browser.find_text("message", "tomorrow").await;

    desk.browser.page.goto(client.as_str().unwrap()).await.unwrap();
    desk.browser.find_text("message", "tomorrow").await;
    desk.click("[data-deed=rate][data-value=yes]").await;
    desk.browser.page.goto(&desk.portal.messenger_url()).await.unwrap();
    desk.browser.find_text("dialog", "Zoe Client").await.click().await.unwrap();
    desk.until("document.querySelector('#line').innerText.includes('the client liked it')").await;
    desk.close().await;
}
