//! A bot of several processes, which share a NATS server.

use std::{
    net::{SocketAddr, TcpListener},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use b24_portal::{NewApp, Portal};
use b24_runtime::{App, BotApi, Handling, Running, Settings, prelude::Failure};
use tempfile::TempDir;
use tokio::{net::TcpStream, process::Child, sync::Notify};

use super::{Notes, Script};
use crate::home::credentials;

/// A server that keeps its streams in a folder of its own.
struct Server {
    _child: Child,
    _folder: TempDir,
    url: String,
}

impl Server {
    async fn start() -> Self {
        let address = free();
        let folder = TempDir::new().unwrap();
        let mut command = tokio::process::Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", &address.port().to_string(), "--jetstream", "--store_dir"]);
        command.arg(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let child = command.spawn().expect("nats-server is there: `cargo xtask test` installs it");
        let ready = async {
            while TcpStream::connect(address).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), ready).await.expect("the server is ready");
        Self { _child: child, _folder: folder, url: format!("nats://{address}") }
    }
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A portal with an application, whose bot runs as often as a test likes.
struct Fleet {
    server: Server,
    portal: Portal,
    settings: Settings,
}

impl Fleet {
    async fn assemble() -> (Self, String) {
        let (server, portal) = (Server::start().await, Portal::start().await.unwrap());
        let app = portal.add_app(NewApp::new("Shared application"));
        let settings = Settings {
            nats_url: Some(server.url.as_str().into()),
            bot_api: Some(BotApi::V1),
            handling: Handling { pause: Duration::from_millis(1), ..Handling::default() },
            ..Settings::local(credentials(&portal, &app))
        };
        (Self { server, portal, settings }, app.client_id)
    }

    async fn run(&self, listen: SocketAddr, script: Script) -> Running {
        let settings = Settings { listen, ..self.settings.clone() };
        App::new(script, settings).start().await.unwrap()
    }
}

#[tokio::test]
async fn two_processes_share_the_work_and_a_dialog_keeps_its_order() {
    let (fleet, client_id) = Fleet::assemble().await;
    let notes = Notes::default();
    let noting = |name: &'static str| {
        let notes = notes.clone();
        Script::new(move |cx| {
            notes.add(format!("{} {}", cx.dialog(), cx.text()));
            async move { cx.reply(name).await }
        })
    };
    let first = fleet.run(free(), noting("one")).await;
    let second = fleet.run(free(), noting("two")).await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross"] {
        chats.push(fleet.portal.user(person).open("script").await.unwrap());
    }
    for number in 0..5 {
        for chat in &chats {
            chat.say(&number.to_string()).await.unwrap();
        }
    }
    fleet.portal.settled().await;
    first.settled().await;
    let notes = notes.all();
    assert_eq!(notes.len(), 20, "each is handled once");
    for chat in &chats {
        let dialog = format!("{} ", chat.messages()[0].author_id().0);
        let seen: Vec<&str> = notes.iter().filter_map(|note| note.strip_prefix(&dialog)).collect();
        assert_eq!(seen, ["0", "1", "2", "3", "4"]);
    }
    let answered = |name: &str| chats.iter().any(|chat| chat.messages().iter().any(|message| message.text() == name));
    assert!(answered("one") && answered("two"), "both work");
    drop((first, second, fleet.server));
}

#[tokio::test]
async fn what_a_process_leaves_behind_another_handles() {
    let (fleet, client_id) = Fleet::assemble().await;
    let begun = Arc::new(Notify::new());
    let hanging = Arc::clone(&begun);
    let first = fleet
        .run(
            free(),
            Script::new(move |_| {
                hanging.notify_one();
                std::future::pending()
            }),
        )
        .await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("hello").await.unwrap();
    begun.notified().await;
    drop(first);
    let second = fleet.run(free(), Script::new(|cx| async move { cx.reply(cx.text()).await })).await;
    second.settled().await;
    let said: Vec<String> = chat.messages().iter().map(|message| message.text().to_owned()).collect();
    assert_eq!(said, ["hello", "hello"]);
}

#[tokio::test]
async fn an_event_that_comes_twice_and_one_that_cannot_be_handled() {
    let (fleet, client_id) = Fleet::assemble().await;
    let notes = Notes::default();
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        let count = seen.add(cx.text());
        async move { if count <= 4 { Err(Failure::new("the table is gone")) } else { cx.reply(cx.text()).await } }
    });
    let bot = fleet.run(free(), script).await;
    fleet.portal.install(&client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    fleet.portal.faults().add("repeat on=ONIMBOTMESSAGEADD".parse().unwrap());
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("poison").await.unwrap();
    chat.say("next").await.unwrap();
    fleet.portal.settled().await;
    bot.settled().await;
    assert_eq!(notes.all(), ["poison", "poison", "poison", "poison", "next"]);
    let letters = bot.inbox().letters().await.unwrap();
    assert_eq!((letters.len(), letters[0].reason.as_str()), (1, "the table is gone"));
    assert!(bot.inbox().replay(letters[0].id).await.unwrap());
    assert_eq!(
        chat.wait(|message| message.text() == "poison" && message.author() == "Script").await.unwrap().text(),
        "poison"
    );
    assert!(bot.inbox().letters().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_process_that_starts_later_knows_the_portals_of_the_others() {
    let (fleet, client_id) = Fleet::assemble().await;
    let address = free();
    let echo = || Script::new(|cx| async move { cx.reply(cx.text()).await });
    let first = fleet.run(address, echo()).await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    first.shutdown().await;
    let second = fleet.run(address, echo()).await;
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("still here?").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "still here?");
    drop(second);
}
