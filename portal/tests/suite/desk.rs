//! An open line with two operators, and clients who write to it.

use b24_portal::{Chat, Line, NewApp, Portal};
use serde_json::{Value, json};

use crate::{bot::Bot, person::Person};

pub(crate) struct Desk {
    pub(crate) portal: Portal,
    pub(crate) line: Line,
    pub(crate) admin: Person,
    /// The first in the queue, and the second.
    pub(crate) ann: Person,
    pub(crate) bob: Person,
}

impl Desk {
    /// A line that asks its operators one after the other and says nothing by itself.
    pub(crate) async fn open() -> Self {
        Self::open_on(Portal::start().await.expect("a portal")).await
    }

    pub(crate) async fn open_on(portal: Portal) -> Self {
        let (ann, bob) = (portal.user("Ann Lee"), portal.user("Bob Roe"));
        let line = portal.line("Help", [&ann, &bob]).await.expect("a line");
        line.set("QUEUE_TYPE", "strictly")
            .set("CLOSE_RULE", "none")
            .set("VOTE_MESSAGE", "N")
            .set("NO_ANSWER_RULE", "none");
        let person = |user| Person::new(&portal, user);
        let (admin, ann, bob) = (person(portal.admin()), person(ann), person(bob));
        Self { portal, line, admin, ann, bob }
    }

    /// An application that may do everything with lines.
    pub(crate) async fn app(&self) -> Bot {
        let scopes = ["imbot", "im", "imopenlines", "imconnector"].map(str::to_owned).to_vec();
        Bot::install_as(self.portal.clone(), NewApp { scopes, ..NewApp::new("Lines") }).await
    }

    /// A bot for open lines that speaks to clients first.
    pub(crate) async fn bot(&self) -> (Bot, u64) {
        let app = self.app().await;
        let bot = app.add_bot("itr", json!({"TYPE": "O"})).await;
        self.line.welcome_with("itr").expect("a bot");
        (app, bot)
    }

    /// A client who has just written, and the chat in which the operators have it.
    pub(crate) async fn client(&self, name: &str, words: &str) -> (Chat, u64) {
        let client = self.line.visit(name).await.expect("a client");
        client.say(words).await.expect("a message");
        (client, self.line.conversations().first().expect("a conversation").0)
    }

    /// Changes the settings as `imopenlines.config.update` does.
    pub(crate) async fn set(&self, settings: Value) {
        let params = json!({"CONFIG_ID": self.line.id().0, "PARAMS": settings});
        assert_eq!(self.admin.ok("imopenlines.config.update", params).await, true);
    }

    /// What the messenger tells of the chat.
    pub(crate) async fn look(&self, chat: u64) -> Value {
        self.admin.ok("imopenlines.dialog.get", json!({"CHAT_ID": chat})).await
    }

    /// The number of the newest conversation in a chat.
    pub(crate) async fn session(&self, chat: u64) -> u64 {
        self.part(chat, 5).await.parse().expect("a number")
    }

    /// A part of `entity_data_1`.
    pub(crate) async fn part(&self, chat: u64, index: usize) -> String {
        let look = self.look(chat).await;
        let data = look["entity_data_1"].as_str().expect("text");
        data.split('|').nth(index).expect("a part").to_owned()
    }

    /// Whether somebody is in a chat.
    pub(crate) async fn has(&self, chat: u64, user: u64) -> bool {
        let params = json!({"CHAT_ID": chat});
        let history = self.admin.ok("imopenlines.session.history.get", params).await;
        let users = history["userInChat"][chat.to_string()].as_array().expect("a list");
        users.contains(&json!(user))
    }
}

/// Does something with a conversation, in the name of somebody.
pub(crate) async fn handle(who: &Person, method: &str, chat: u64) -> Value {
    who.ok(&format!("imopenlines.{method}"), json!({"CHAT_ID": chat})).await
}

/// The code with which that is refused.
pub(crate) async fn refuse(who: &Person, method: &str, chat: u64) -> String {
    who.error(&format!("imopenlines.{method}"), json!({"CHAT_ID": chat})).await
}
