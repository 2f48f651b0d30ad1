//! The echo bot as a process of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use b24_portal::{App as PortalApp, Portal};
use serde_json::Value;
use tokio::process::Child;

/// Where cargo puts the echo bot.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args([
            "build", "--quiet", "--offline", "--package", "echo-bot", "--features", "nats", "--message-format", "json",
        ]);
        let built = build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).unwrap();
        let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        messages.find_map(|message| message["executable"].as_str().map(PathBuf::from)).unwrap()
    })
}

/// A bot that takes settings from the environment.
pub(super) struct Process {
    child: Child,
    listen: SocketAddr,
}

impl Process {
    /// Starts the bot with more settings than it needs, and waits until it is ready.
    pub(super) async fn start(
        portal: &Portal,
        app: &PortalApp,
        listen: SocketAddr,
        folder: &Path,
        more: &[(&str, &str)],
    ) -> Self {
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
            .envs(more.iter().copied())
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
    pub(super) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits until it has handled everything that it has.
    pub(super) async fn settled(&self) {
        self.wait(|line| line == "b24_inbox_events 0").await;
    }

    /// Waits until it tells something of itself.
    pub(super) async fn wait(&self, told: impl Fn(&str) -> bool) {
        let waiting = async {
            loop {
                let metrics =
                    reqwest::get(format!("http://{}/metrics", self.listen)).await.unwrap().text().await.unwrap();
                if metrics.lines().any(&told) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_mins(2), waiting).await.expect("it tells that");
    }
}
