//! Somebody who calls the messenger's API through a webhook of one's own.

use b24_portal::{Portal, User};
use serde_json::{Value, json};

use crate::bot::http;

pub(crate) struct Person {
    pub(crate) user: User,
    portal: Portal,
    webhook: String,
    http: reqwest::Client,
}

impl Person {
    pub(crate) fn new(portal: &Portal, user: User) -> Self {
        Self::with_scopes(portal, user, &["im", "imopenlines"])
    }

    pub(crate) fn with_scopes(portal: &Portal, user: User, scopes: &[&str]) -> Self {
        let webhook = portal.webhook(user.id(), scopes.iter().copied());
        Self { user, portal: portal.clone(), webhook, http: http() }
    }

    /// The administrator of a fresh portal, with some scopes.
    pub(crate) async fn admin(scopes: &[&str]) -> Self {
        let portal = Portal::start().await.expect("a portal");
        Self::with_scopes(&portal, portal.admin(), scopes)
    }

    /// Ann, an employee, on a fresh portal.
    pub(crate) async fn alone() -> Self {
        let portal = Portal::start().await.expect("a portal");
        let user = portal.user("Ann Lee");
        Self::new(&portal, user)
    }

    /// A colleague on the same portal.
    pub(crate) fn colleague(&self, name: &str) -> Self {
        Self::new(&self.portal, self.portal.user(name))
    }

    /// Somebody from outside on the same portal.
    pub(crate) fn guest(&self, name: &str) -> Self {
        Self::new(&self.portal, self.portal.guest(name))
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    pub(crate) fn id(&self) -> u64 {
        self.user.id().0
    }

    /// A chat that this person starts with others.
    pub(crate) async fn chat(&self, title: &str, others: &[&Self]) -> u64 {
        let users: Vec<u64> = others.iter().map(|other| other.id()).collect();
        self.ok("im.chat.add", json!({"TITLE": title, "USERS": users})).await.as_u64().expect("a chat id")
    }

    /// Says something and gives the number of the message.
    pub(crate) async fn say(&self, dialog: impl ToString, text: &str) -> u64 {
        let params = json!({"DIALOG_ID": dialog.to_string(), "MESSAGE": text});
        self.ok("im.message.add", params).await.as_u64().expect("a message id")
    }

    pub(crate) async fn call(&self, method: &str, params: Value) -> (u16, Value) {
        let response = self.http.post(format!("{}{method}", self.webhook)).json(&params).send().await;
        let response = response.expect("an answer");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    /// The whole answer of a call that must work.
    pub(crate) async fn answer(&self, method: &str, params: Value) -> Value {
        let (status, answer) = self.call(method, params).await;
        assert_eq!(status, 200, "{method}: {answer}");
        assert_eq!(self.portal.mismatches(), [""; 0], "{method} is to answer what the spec says: {answer}");
        answer
    }

    /// The result of a call that must work.
    pub(crate) async fn ok(&self, method: &str, params: Value) -> Value {
        self.answer(method, params).await["result"].take()
    }

    /// The error code of a call that must not.
    pub(crate) async fn error(&self, method: &str, params: Value) -> String {
        let (status, answer) = self.call(method, params).await;
        assert_ne!(status, 200, "{method}: {answer}");
        assert!(answer["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
        answer["error"].as_str().expect("a code").to_owned()
    }
}

/// `chat5`
pub(crate) fn dialog(chat: u64) -> String {
    format!("chat{chat}")
}
