use std::sync::Arc;

use axum::{Router, response::Html, routing::get};
use b24_runtime::{Bot, ChatApp, Frame, Page, Profile};
use fantoccini::Locator;
use serde_json::json;
use tokio::net::TcpListener;

use super::Desk;

/// The page of an application, which speaks as the documentation shows.
const PAGE: &str = "<!doctype html><p id=told></p><script>
    let messenger = null, id = null;
    addEventListener('message', (event) => {
        const said = JSON.parse(event.data);
        if (said.action === 'init') { id = said.uniqueLoadId; messenger = event; told.textContent = location.search; }
    });
    const say = (said) => messenger.source.postMessage(JSON.stringify({...said, uniqueLoadId: id}), messenger.origin);
    </script>";

/// Where the page of the application is served.
async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/app", listener.local_addr().unwrap());
    let router = Router::new().route("/app", get(async || Html(PAGE)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn desk_with_an_application() -> (Desk, u64) {
    let desk = Desk::open().await;
    let app = json!({
        "BOT_ID": desk.bot, "CODE": "giphy", "IFRAME": serve().await, "IFRAME_WIDTH": 350, "IFRAME_HEIGHT": 260,
        "HASH": "0e9c40cee01d6f182e9261b38b30b5c3", "CONTEXT": "ALL",
        "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Giphy", "DESCRIPTION": "Moving pictures", "COPYRIGHT": "by Marta"}],
    });
    let id = desk.call("imbot.app.register", app).await.as_u64().unwrap();
    (desk, id)
}

impl Desk {
    /// Goes into the frame of the application, once it knows the messenger; gives what it was opened with.
    async fn enter_frame(&self) -> String {
        let frame = self.browser.find(".frame iframe").await;
        frame.enter_frame().await.unwrap();
        self.until("document.querySelector('#told')?.textContent").await;
        self.browser.text("#told").await
    }

    async fn leave_frame(&self) {
        self.browser.page.enter_parent_frame().await.unwrap();
    }
}

#[tokio::test]
async fn a_page_of_an_application_knows_where_it_is_and_writes_for_its_user() {
    let (desk, _) = desk_with_an_application().await;
    desk.say("hi", json!({})).await;
    desk.browser.page.refresh().await.unwrap();
    desk.click("#apps button").await;
    let item = "//*[@role='menuitem'][contains(., 'Giphy')]";
    desk.browser.page.wait().for_element(Locator::XPath(item)).await.unwrap().click().await.unwrap();
    let told = desk.enter_frame().await;
    for part in [
        "BOT_CODE=marta", "APP_CODE=giphy", "USER_ID=1", "CONTEXT=textarea", "IS_CHROME=Y", "DOMAIN_HASH=",
        "USER_HASH=",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    desk.js("say({action: 'put', message: 'put by the page'})").await;
    desk.js("say({action: 'send', message: 'sent by the page'})").await;
    desk.leave_frame().await;
    desk.browser.find_text("message", "sent by the page").await;
    desk.until("document.querySelector('#input').value === 'put by the page'").await;
    desk.close().await;
}

#[tokio::test]
async fn a_button_opens_an_application_with_its_parameters_and_the_page_closes_itself() {
    let (desk, app) = desk_with_an_application().await;
    let keyboard = json!([{"TEXT": "Open", "APP_ID": app, "APP_PARAMS": "seven"}]);
    let message = desk.say("look", json!({"KEYBOARD": keyboard})).await;
    desk.browser.find_text("button", "Open").await.click().await.unwrap();
    let told = desk.enter_frame().await;
    for part in ["CONTEXT=button", "BUTTON_PARAMS=seven", &format!("MESSAGE_ID={message}")] {
        assert!(told.contains(part), "{part} in {told}");
    }
    desk.js("say({action: 'close'})").await;
    desk.leave_frame().await;
    desk.until("!document.querySelector('.frame')").await;
    desk.close().await;
}

/// A bot whose page speaks by the script that pages are made with.
struct Pad;

impl Bot for Pad {
    fn router() -> b24_runtime::Router<Self> {
        let page = |_: Arc<Self>, frame: Frame| async move {
            Ok(Page::new("Pad").body(format!("<p id=told>opened by {}</p>", frame.user)))
        };
        b24_runtime::Router::new(Profile::new("pad", "Pad")).app(ChatApp::page("pad", page).title("en", "Pad"))
    }
}

#[tokio::test]
async fn a_page_of_a_bot_opens_in_the_messenger_and_speaks_with_it() {
    let desk = Desk::open().await;
    let _bot = b24_runtime::host(&desk.portal, Pad).await.unwrap();
    desk.say("hi", json!({})).await;
    desk.browser.page.refresh().await.unwrap();
    desk.click("#apps button").await;
    let item = "//*[@role='menuitem'][contains(., 'Pad')]";
    desk.browser.page.wait().for_element(Locator::XPath(item)).await.unwrap().click().await.unwrap();
    assert_eq!(desk.enter_frame().await, "opened by 1");
    desk.js("messenger.put('put by the script')").await;
    desk.js("messenger.send('sent by the script')").await;
    desk.leave_frame().await;
    desk.browser.find_text("message", "sent by the script").await;
    desk.until("document.querySelector('#input').value === 'put by the script'").await;
    desk.browser.find(".frame iframe").await.enter_frame().await.unwrap();
    desk.js("messenger.close()").await;
    desk.leave_frame().await;
    desk.until("!document.querySelector('.frame')").await;
    desk.close().await;
}
