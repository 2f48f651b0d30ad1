//! A bot that changes the API on a portal where people talk to it.

use b24_portal::{Chat, NewApp, Portal};
use b24_runtime::{App, Running, Settings};
use serde_json::Value;

use super::{Guide, Mode, called, portal_of};
use crate::home::credentials;

/// A bot that starts again and again, with what it kept.
struct Life {
    portal: Portal,
    settings: Settings,
    store: tempfile::TempDir,
}

impl Life {
    async fn begin(mode: Mode) -> (Self, Running) {
        let portal = portal_of(36).await;
        let app = portal.add_app(NewApp::new("Guide"));
        let settings = Settings::local(credentials(&portal, &app));
        let mut life = Self { portal, settings, store: tempfile::tempdir().unwrap() };
        let running = life.start(mode).await;
        life.portal.install(&app.client_id, running.handler_url()).await.unwrap();
        running.settled().await;
        // From now on the portal knows the address.
        life.settings.listen = running.address();
        (life, running)
    }

    async fn start(&self, mode: Mode) -> Running {
        let settings = Settings { store: Some(self.store.path().join("b24.db")), ..self.settings.clone() };
        let running = App::new(Guide, mode.of(settings)).start().await.unwrap();
        running.settled().await;
        running
    }

    /// The last event of this name.
    fn last(&self, name: &str) -> Value {
        self.portal.events().iter().rfind(|event| event.name() == name).unwrap().request().clone()
    }
}

async fn talk(chat: &Chat, text: &str) {
    chat.say(&format!("/say {text}")).await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), text);
    chat.say(text).await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), text);
}

#[tokio::test]
async fn one_setting_moves_a_bot_and_its_dialogs_and_chats_and_commands_come_along() {
    let (life, first) = Life::begin(Mode::V1).await;
    let ann = life.portal.user("Ann Lee");
    let chat = ann.open("guide").await.unwrap();
    chat.reply().await.unwrap();
    talk(&chat, "with the first").await;
    chat.say("/choose").await.unwrap();
    let guide = chat.reply().await.unwrap().author_id();
    let team = ann.group("Team", []).await.unwrap();
    team.invite_bot("guide").await.unwrap();
    team.reply().await.unwrap();
    first.shutdown().await;

    let mut before = life.portal.calls().len();
    for (mode, name) in [(Mode::V2, "posted"), (Mode::FETCH, "fetched"), (Mode::V2, "again"), (Mode::V1, "back")] {
        let bot = life.start(mode).await;
        talk(&chat, name).await;
        team.say(&format!("[USER={guide}]Guide[/USER] {name}")).await.unwrap();
        let answer = team.reply().await.unwrap();
        assert_eq!((answer.text(), answer.author_id()), (name, guide), "{mode:?}");
        bot.shutdown().await;

        let calls: Vec<String> = life.portal.calls()[before..].iter().map(|call| call.name().to_owned()).collect();
        before = life.portal.calls().len();
        let made = ["imbot.register", "imbot.v2.Bot.register", "imbot.command.register", "imbot.v2.Command.register"];
        let ended = ["imbot.command.unregister", "imbot.v2.Command.unregister"];
        let wrong: Vec<_> =
            calls.iter().filter(|name| [&made[..], &ended[..]].concat().contains(&name.as_str())).collect();
        assert!(wrong.is_empty(), "nothing is made anew: {wrong:?}, {mode:?}");
    }
    let bot = life.start(Mode::V2).await;
    chat.press("Left").await.unwrap();
    let pressed = chat.reply().await.unwrap();
    assert_eq!((pressed.text(), pressed.is_edited()), ("You went left", true), "an old button works");
    drop(bot);
}

#[tokio::test]
async fn a_bot_that_is_registered_stays_where_it_is_until_it_is_told() {
    let (life, first) = Life::begin(Mode::V1).await;
    first.shutdown().await;
    let second = life.start(Mode::NEWEST).await;
    let chat = life.portal.user("Ann Lee").open("guide").await.unwrap();
    chat.reply().await.unwrap();
    talk(&chat, "as before").await;
    assert_eq!(called(&life.portal, "imbot.v2.Bot.update"), 0);
    drop(second);
}

#[tokio::test]
async fn a_bot_that_has_moved_is_not_moved_again() {
    let (life, first) = Life::begin(Mode::V1).await;
    first.shutdown().await;
    life.start(Mode::V2).await.shutdown().await;
    let before = life.portal.calls().len();
    life.start(Mode::V2).await.shutdown().await;
    let calls: Vec<String> = life.portal.calls()[before..].iter().map(|call| call.name().to_owned()).collect();
    assert_eq!(calls, ["imbot.v2.Bot.list", "imbot.v2.Command.list", "event.get"]);
}

#[tokio::test]
async fn what_both_apis_tell_of_while_a_bot_is_moved_is_handled_once() {
    let (life, first) = Life::begin(Mode::V1).await;
    let chat = life.portal.user("Ann Lee").open("guide").await.unwrap();
    chat.reply().await.unwrap();
    talk(&chat, "with the first").await;
    first.settled().await;
    first.shutdown().await;
    let second = life.start(Mode::V2).await;
    talk(&chat, "with the second").await;
    second.settled().await;
    let said = chat.messages().len();

    for (first, second) in [("ONIMBOTMESSAGEADD", "ONIMBOTV2MESSAGEADD"), ("ONIMCOMMANDADD", "ONIMBOTV2COMMANDADD")] {
        let mut event = life.last(second);
        event["data"]["message"]["id"] = life.last(first)["data"]["PARAMS"]["MESSAGE_ID"].clone();
        let request = reqwest::Client::new().post(address(&life)).header("content-type", "application/json");
        let response = request.body(event.to_string()).send().await.unwrap();
        assert!(response.status().is_success(), "{second} is taken, and known");
    }
    second.settled().await;
    assert_eq!(chat.messages().len(), said);
    let metrics = reqwest::get(format!("{}metrics", address(&life))).await.unwrap().text().await.unwrap();
    assert!(metrics.contains("b24_events_total{outcome=\"duplicate\"} 2"), "{metrics}");
}

fn address(life: &Life) -> String {
    format!("http://{}/", life.settings.listen)
}
