//! A bot of the second API, in the hands of an application that fetches its events.

use b24_portal::{Chat, Portal};
use serde_json::{Value, json};

use crate::bot::{Bot, extend};

/// A bot and the application that it belongs to.
pub(crate) struct V2 {
    pub(crate) app: Bot,
    pub(crate) id: u64,
}

impl V2 {
    /// A bot `EchoBot` with the code `echo`, on a portal of the newest revision.
    pub(crate) async fn register(more: Value) -> Self {
        let portal = Portal::builder().revision(36).start().await.expect("a portal");
        let app = Bot::install_on(portal).await;
        let id = add_bot(&app, "echo", more).await;
        Self { app, id }
    }

    /// Calls a method as this bot.
    pub(crate) async fn ok(&self, method: &str, params: Value) -> Value {
        self.app.ok(&format!("imbot.v2.{method}"), self.with_id(params)).await
    }

    /// The code of a call as this bot that must not work.
    pub(crate) async fn error(&self, method: &str, params: Value) -> String {
        self.app.error(&format!("imbot.v2.{method}"), self.with_id(params)).await
    }

    fn with_id(&self, mut params: Value) -> Value {
        if params.get("botId").is_none() {
            params["botId"] = self.id.into();
        }
        params
    }

    /// What has happened since the last time: `type` and `data` of each event.
    pub(crate) async fn news(&self) -> Vec<(String, Value)> {
        let answer = self.ok("Event.get", json!({})).await;
        let events = answer["events"].as_array().expect("events").clone();
        self.ok("Event.get", json!({"offset": answer["nextOffset"]})).await;
        events.into_iter().map(|mut event| (text(&event["type"]), event["data"].take())).collect()
    }

    /// The only thing that has happened since the last time.
    pub(crate) async fn only(&self, name: &str) -> Value {
        let mut news = self.news().await;
        assert_eq!(news.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [name]);
        news.remove(0).1
    }

    /// The dialog that the administrator has with the bot; what the bot heard of it is old.
    pub(crate) async fn dialog(&self) -> Chat {
        let chat = self.app.portal.admin().open("echo").await.expect("a dialog");
        self.news().await;
        chat
    }

    /// A group chat of the administrator with the bot in it; what the bot heard of it is old.
    pub(crate) async fn team(&self) -> Chat {
        let team = self.app.portal.admin().group("Team", []).await.expect("a chat");
        team.invite_bot("echo").await.expect("an invitation");
        self.news().await;
        team
    }

    /// Sends a message of the bot to the administrator.
    pub(crate) async fn send(&self, fields: Value) -> u64 {
        let sent = self.ok("Chat.Message.send", json!({"dialogId": "1", "fields": fields})).await;
        sent["id"].as_u64().expect("a message id")
    }
}

pub(crate) async fn add_bot(app: &Bot, code: &str, more: Value) -> u64 {
    let answer = app.ok("imbot.v2.Bot.register", json!({"fields": fields(code, more)})).await;
    answer["bot"]["id"].as_u64().expect("a bot id")
}

/// The fields of a registration.
pub(crate) fn fields(code: &str, more: Value) -> Value {
    let mut fields = json!({"code": code, "properties": {"name": "EchoBot"}});
    extend(&mut fields, more);
    fields
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
