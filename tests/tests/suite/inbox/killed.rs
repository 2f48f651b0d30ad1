//! The echo bot as a process of its own, which is killed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use b24_portal::{App as PortalApp, Chat, NewApp, Portal};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Child;

/// Where cargo puts the echo bot.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--offline", "--package", "echo-bot", "--message-format", "json"]);
        let built = build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).unwrap();
        let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        messages.find_map(|message| message["executable"].as_str().map(PathBuf::from)).unwrap()
    })
}

struct Process {
    child: Child,
    listen: SocketAddr,
}

impl Process {
    /// Starts the bot and waits until it is ready.
    async fn start(portal: &Portal, app: &PortalApp, listen: SocketAddr, folder: &Path) -> Self {
        let mut command = tokio::process::Command::new(program());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("B24_")) {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .env("B24_CLIENT_ID", &app.client_id)
            .env("B24_CLIENT_SECRET", &app.client_secret)
            .env("B24_OAUTH_URL", portal.url())
            .env("B24_HANDLER_URL", format!("http://{listen}/"))
            .env("B24_BOT_API", "v1")
            .env("B24_LISTEN", listen.to_string())
            .kill_on_drop(true);
        let this = Self { child: command.spawn().unwrap(), listen };
        // The runtime does so, in the bot's process; an error says that it has in this one, too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let ready = async {
            loop {
                match reqwest::get(format!("http://{listen}/ready")).await {
                    Ok(response) if response.status().is_success() => return,
                    _ => tokio::task::yield_now().await,
                }
            }
        };
        tokio::time::timeout(Duration::from_mins(1), ready).await.expect("the bot is ready");
        this
    }

    /// `kill -9`.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits until it has handled everything.
    async fn settled(&self) {
        let settled = async {
            loop {
                let metrics =
                    reqwest::get(format!("http://{}/metrics", self.listen)).await.unwrap().text().await.unwrap();
                if metrics.lines().any(|line| line == "b24_inbox_events 0") {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_mins(2), settled).await.expect("everything is handled");
    }
}

/// What the bot answered, in order, each answer once.
fn answers(chat: &Chat) -> Vec<u32> {
    let mut answers = Vec::new();
    for message in chat.messages().iter().filter(|message| message.author() == "EchoBot") {
        if let Ok(number) = message.text().parse()
            && !answers.contains(&number)
        {
            answers.push(number);
        }
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_killed_again_and_again_loses_nothing_that_it_acknowledged() {
    const ROUNDS: u32 = 3;
    const LINES: u32 = 4;
    let folder = TempDir::new().unwrap();
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Killed application"));
    let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut bot = Process::start(&portal, &app, listen, folder.path()).await;
    portal.install(&app.client_id, &format!("http://{listen}/")).await.unwrap();
    bot.settled().await;

    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross"] {
        let chat = portal.user(person).open("echobot").await.unwrap();
        chat.reply().await.unwrap();
        chats.push(chat);
    }
    for round in 0..ROUNDS {
        for line in 0..LINES {
            for chat in &chats {
                chat.say(&format!("/echo {}", round * LINES + line)).await.unwrap();
            }
        }
        // Killed while the last are still on their way to it.
        while acknowledged(&portal).len() < ((round + 1) * LINES * 4 - 6) as usize && !is_idle(&portal) {
            tokio::task::yield_now().await;
        }
        bot.kill().await;
        portal.settled().await;
        bot = Process::start(&portal, &app, listen, folder.path()).await;
    }
    bot.settled().await;

    let acknowledged = acknowledged(&portal);
    assert!(acknowledged.len() > 20, "{acknowledged:?}");
    for chat in &chats {
        let answers = answers(chat);
        assert!(answers.is_sorted(), "{answers:?}");
    }
    for (person, number) in &acknowledged {
        let chat = chats
            .iter()
            .find(|chat| chat.messages().iter().any(|message| message.author_id().0.to_string() == *person));
        assert!(
            chat.is_some_and(|chat| answers(chat).contains(number)),
            "/echo {number} of {person} was acknowledged and lost"
        );
    }
}

fn is_idle(portal: &Portal) -> bool {
    portal.events().iter().all(b24_portal::Entry::is_finished)
}

/// Who called `/echo` with which number, of the events that were answered with 200.
fn acknowledged(portal: &Portal) -> Vec<(String, u32)> {
    let events = portal.events();
    let commands = events.iter().filter(|event| event.name() == "ONIMCOMMANDADD" && event.status() == Some(200));
    let read = |event: &b24_portal::Entry| {
        let params = &event.request()["data"]["PARAMS"];
        let user = params["FROM_USER_ID"].as_str().map_or_else(|| params["FROM_USER_ID"].to_string(), str::to_owned);
        let number = params["MESSAGE"].as_str()?.strip_prefix("/echo ")?.parse().ok()?;
        Some((user, number))
    };
    commands.filter_map(read).collect()
}
