//! The page of the messenger in a real browser, with a bot behind a webhook that says what the test wants.

mod apps;
mod drawing;
mod keys;
mod lines;
mod talking;

use b24_portal::Portal;
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::Browser;

/// A portal, a bot called Marta, and a browser that has her dialog open.
struct Desk {
    portal: Portal,
    bot: u64,
    webhook: String,
    browser: Browser,
}

impl Desk {
    async fn open() -> Self {
        Self::sized(1280, 800).await
    }

    async fn sized(width: u32, height: u32) -> Self {
        let portal = Portal::start().await.unwrap();
        let webhook = portal.webhook(portal.admin().id(), ["imbot", "im"]);
        let browser = Browser::open(&portal.messenger_url(), width, height).await;
        let mut desk = Self { portal, bot: 0, webhook, browser };
        let handler = "http://127.0.0.1:9/"; // nobody hears her events, and nobody needs to
        let marta = json!({"CODE": "marta", "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "Marta"}});
        desk.bot = desk.call("imbot.register", marta).await.as_u64().unwrap();
        let command = json!({
            "BOT_ID": desk.bot, "COMMAND": "help", "EVENT_COMMAND_ADD": handler,
            "LANG": [{"LANGUAGE_ID": "en", "TITLE": "What I can do"}, {"LANGUAGE_ID": "de", "TITLE": "Was ich kann"}],
        });
        desk.call("imbot.command.register", command).await;
        desk.js(&format!("location.hash = '{}'", desk.bot)).await;
        desk.until("document.querySelector('#talk-title').innerText.includes('Marta')").await;
        desk
    }

    /// Calls a method as a client of the webhook does.
    async fn call(&self, method: &str, params: Value) -> Value {
        let mut answer = self.try_call(method, params).await;
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The whole answer to a call.
    async fn try_call(&self, method: &str, mut params: Value) -> Value {
        params["CLIENT_ID"] = "page".into();
        let fetch = "const [url, body, done] = arguments; const headers = {'Content-Type': 'application/json'};
            fetch(url, {method: 'POST', headers, body: JSON.stringify(body)}).then((answer) => answer.json()).then(done)";
        let arguments = vec![format!("{}{method}", self.webhook).into(), params];
        self.browser.page.execute_async(fetch, arguments).await.unwrap()
    }

    /// Marta says something to the administrator; gives the id of the message, which is on the page by then.
    async fn say(&self, message: &str, more: Value) -> u64 {
        let mut params = json!({"BOT_ID": self.bot, "DIALOG_ID": 1, "MESSAGE": message});
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        let id = self.call("imbot.message.add", params).await.as_u64().unwrap();
        self.browser.find(&format!("[data-message='{id}']")).await;
        id
    }

    /// What a script gives back.
    async fn js(&self, script: &str) -> Value {
        self.browser.page.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until a script says true.
    async fn until(&self, script: &str) {
        let waited = async {
            while self.js(&format!("return Boolean({script})")).await != true {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(10), waited).await;
        assert!(waited.is_ok(), "{script}\n{}", self.browser.text("body").await);
    }

    async fn click(&self, selector: &str) {
        self.browser.find(selector).await.click().await.unwrap();
    }

    /// Presses keys where the focus is.
    async fn press(&self, keys: &str) {
        let focused = self.browser.page.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    async fn close(self) {
        self.browser.close().await;
    }
}

/// Whether something is wider than the window.
const SIDEWAYS: &str = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
