//! What a bot keeps of its portals, and how it follows the code.

use std::{path::PathBuf, time::Duration};

use b24_portal::{NewApp, Portal};
use b24_runtime::{
    App, Bot, BotApi, Command, CommandCx, MessageCx, Profile, Router, Settings, prelude::Reply, types::Color,
};
use echo_bot::EchoBot;
use tempfile::TempDir;

use crate::home::{Home, credentials};

/// A file of its own for a test, gone with it and with all that lies beside it.
struct Kept(TempDir);

impl Kept {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("b24.db")
    }

    fn keeps(&self, settings: Settings) -> Settings {
        Settings { store: Some(self.path()), ..settings }
    }
}

#[tokio::test]
async fn a_bot_that_starts_again_is_not_registered_again() {
    let file = Kept::new();
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = Settings { bot_api: Some(BotApi::V1), ..Settings::local(credentials(&portal, &app)) };
    let settings = file.keeps(settings);
    let first = App::new(EchoBot, settings.clone()).start().await.unwrap();
    let address = first.address();
    portal.install(&app.client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    first.shutdown().await;

    let settings = Settings { listen: address, ..settings };
    let second = App::new(EchoBot, settings).start().await.unwrap();
    second.settled().await;
    let registered = |name: &str| portal.calls().iter().filter(|call| call.name() == name).count();
    assert_eq!((registered("imbot.register"), registered("imbot.command.register")), (1, 4));
    let chat = portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echo still here").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "still here");
}

/// The same bot before and after its code changed.
struct Old;
struct New;

impl Bot for Old {
    fn router() -> Router<Self> {
        Router::new(Profile::new("changing", "Old name").color(Color::Red))
            .command(Command::new("keep").title("en", "Kept"), |_, _: CommandCx| async { "kept" })
            .command(Command::new("drop").title("en", "Dropped"), |_, _: CommandCx| async { "dropped" })
            .command(Command::new("widen").title("en", "Widened"), |_, _: CommandCx| async { "widened" })
    }
}

impl Bot for New {
    fn router() -> Router<Self> {
        Router::new(Profile::new("changing", "New name").color(Color::Red))
            .command(Command::new("keep").title("en", "Kept, with another title"), |_, _: CommandCx| async { "kept" })
            .command(Command::new("add").title("en", "Added"), |_, _: CommandCx| async { "added" })
            .command(Command::new("widen").title("en", "Widened").common(), |_, _: CommandCx| async { "widened" })
            .on_message(|_, cx: MessageCx| async move { Reply::text(cx.text()) })
    }
}

#[tokio::test]
async fn the_portal_follows_the_code() {
    let file = Kept::new();
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = Settings { bot_api: Some(BotApi::V1), ..Settings::local(credentials(&portal, &app)) };
    let settings = file.keeps(settings);
    let old = App::new(Old, settings.clone()).start().await.unwrap();
    let address = old.address();
    portal.install(&app.client_id, old.handler_url()).await.unwrap();
    old.settled().await;
    old.shutdown().await;
    let before = portal.calls().len();

    let settings = Settings { listen: address, ..settings };
    let new = App::new(New, settings).start().await.unwrap();
    new.settled().await;
    let calls: Vec<String> = portal.calls()[before..].iter().map(|call| call.name().to_owned()).collect();
    assert_eq!(
        calls,
        [
            "imbot.bot.list",
            "imbot.update",
            "imbot.command.unregister",
            "imbot.command.register",
            "imbot.command.update",
            "imbot.command.unregister",
            "imbot.command.register",
            "event.get",
        ],
        "renamed; `drop` removed; `add` added; `keep` retitled; `widen` made common, which cannot be changed in place"
    );
    assert!(portal.calls().iter().all(|call| call.error().is_none()));
}

#[tokio::test]
async fn an_expired_token_is_renewed_and_the_call_made_again() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    home.portal.advance(Duration::from_hours(2));
    chat.say("are you still there?").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "are you still there?");
    let expired = home.portal.calls().iter().filter(|call| call.error() == Some("expired_token")).count();
    assert_eq!(expired, 1);
}

#[tokio::test]
async fn a_file_of_something_else_is_left_alone() {
    let (file, portal) = (Kept::new(), Portal::start().await.unwrap());
    let app = portal.add_app(NewApp::new("Tested application"));
    std::fs::write(file.path(), "my notes, which are long enough to be a database, were they one").unwrap();
    let before = std::fs::read(file.path()).unwrap();
    let settings = file.keeps(Settings::local(credentials(&portal, &app)));
    let error = App::new(EchoBot, settings).start().await.unwrap_err().to_string();
    assert!(error.contains("b24.db") && error.contains("move it away to start anew"), "{error}");
    assert_eq!(std::fs::read(file.path()).unwrap(), before);
}

#[tokio::test]
async fn what_an_earlier_version_kept_is_taken_over_once() {
    let (file, portal) = (Kept::new(), Portal::start().await.unwrap());
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = file.keeps(Settings::local(credentials(&portal, &app)));
    let first = App::new(EchoBot, settings.clone()).start().await.unwrap();
    let address = first.address();
    portal.install(&app.client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    first.shutdown().await;
    // The same installation as an earlier version wrote it, where the settings of today name a database.
    let connection = rusqlite::Connection::open(file.path()).unwrap();
    let kept: Vec<u8> = connection.query_row("SELECT value FROM installation", [], |row| row.get(0)).unwrap();
    drop(connection);
    let installation: serde_json::Value = serde_json::from_slice(&kept[1..]).unwrap();
    let older = serde_json::json!({"kind": "b24 installations 1", "installations": [installation]});
    for entry in std::fs::read_dir(file.0.path()).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    std::fs::write(file.path(), older.to_string()).unwrap();

    let settings = Settings { listen: address, ..settings };
    let second = App::new(EchoBot, settings).start().await.unwrap();
    second.settled().await;
    let is_registration = |name: &str| ["imbot.register", "imbot.v2.Bot.register"].contains(&name);
    assert_eq!(portal.calls().iter().filter(|call| is_registration(call.name())).count(), 1);
    let chat = portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    assert!(file.path().with_file_name("b24.db.json.taken-over").is_file());
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_with_the_tokens_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (file, portal) = (Kept::new(), Portal::start().await.unwrap());
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = file.keeps(Settings::local(credentials(&portal, &app)));
    let bot = App::new(EchoBot, settings).start().await.unwrap();
    portal.install(&app.client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    for entry in std::fs::read_dir(file.0.path()).unwrap() {
        let entry = entry.unwrap();
        let (name, mode) = (entry.file_name(), entry.metadata().unwrap().permissions().mode() & 0o777);
        assert!(mode == 0o600 || name == "b24.db.lock", "{name:?} {mode:o}");
    }
}
