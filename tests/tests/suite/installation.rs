//! What a bot keeps of its portals, and how it follows the code.

use std::{path::PathBuf, time::Duration};

use b24_portal::{NewApp, Portal};
use b24_runtime::{
    App, Bot, Command, CommandCx, FileStore, MessageCx, Profile, Router, Settings, Store, prelude::Reply, types::Color,
};
use echo_bot::EchoBot;

use crate::home::{Home, credentials};

/// A file of its own for a test, gone with it.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_file(&path);
        Self(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn a_bot_that_starts_again_is_not_registered_again() {
    let file = TemporaryFile::new("starts-again.json");
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = Settings::local(credentials(&portal, &app));
    let first = App::new(EchoBot, settings.clone()).store(FileStore::open(&file.0).unwrap()).start().await.unwrap();
    let address = first.address();
    portal.install(&app.client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    first.shutdown().await;

    let settings = Settings { listen: address, ..settings };
    let second = App::new(EchoBot, settings).store(FileStore::open(&file.0).unwrap()).start().await.unwrap();
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
    let file = TemporaryFile::new("follows-the-code.json");
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Tested application"));
    let settings = Settings::local(credentials(&portal, &app));
    let old = App::new(Old, settings.clone()).store(FileStore::open(&file.0).unwrap()).start().await.unwrap();
    let address = old.address();
    portal.install(&app.client_id, old.handler_url()).await.unwrap();
    old.settled().await;
    old.shutdown().await;
    let before = portal.calls().len();

    let settings = Settings { listen: address, ..settings };
    let new = App::new(New, settings).store(FileStore::open(&file.0).unwrap()).start().await.unwrap();
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
async fn a_file_that_is_no_store_is_left_alone() {
    let file = TemporaryFile::new("no-store.json");
    std::fs::write(&file.0, "my notes").unwrap();
    let error = FileStore::open(&file.0).unwrap_err().to_string();
    assert!(error.contains("not a file of installations"), "{error}");
    assert_eq!(std::fs::read_to_string(&file.0).unwrap(), "my notes");
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_with_the_tokens_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let file = TemporaryFile::new("owner-only.json");
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Tested application"));
    let store = FileStore::open(&file.0).unwrap();
    let bot = App::new(EchoBot, Settings::local(credentials(&portal, &app))).store(store).start().await.unwrap();
    portal.install(&app.client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    assert_eq!(std::fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
    let kept = FileStore::open(&file.0).unwrap().all().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(!format!("{kept:?}").contains(&app.application_token), "tokens are not for logs");
}
