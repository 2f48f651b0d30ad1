//! A bot in a process of its own, as it runs behind a real portal: the echo bot without the local one.

use std::{
    env, io,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use b24_portal::Portal;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Result, machine};

/// The code of the bot on the portal.
pub(crate) const CODE: &str = "echobot";

/// How long a bot may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Builds the bot and tells where it is.
pub(crate) fn build() -> Result<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--quiet", "--package", "echo-bot", "--no-default-features"]);
    cargo.args(["--message-format", "json"]).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let built = cargo.output()?;
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into());
    }
    let messages = String::from_utf8(built.stdout)?;
    let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let program = messages.find_map(|message| message["executable"].as_str().map(PathBuf::from));
    program.ok_or_else(|| "cargo built no program".into())
}

/// A bot behind a webhook that keeps its events in a file, until this is dropped.
pub(crate) struct Process {
    child: Child,
    listen: SocketAddr,
}

impl Process {
    /// Starts it and waits until it is registered.
    pub(crate) async fn start(program: &Path, portal: &Portal, folder: &Path) -> Result<Self> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("B24_")) {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .env("B24_WEBHOOK_URL", portal.webhook(portal.admin().id(), ["imbot", "im"]))
            .env("B24_HANDLER_URL", format!("http://{listen}/"))
            .env("B24_LISTEN", listen.to_string());
        let mut this = Self { child: command.spawn()?, listen };
        let since = Instant::now();
        // It takes events a little before its portal knows it.
        while !this.is_ready().await.unwrap_or_default() || portal.user("You").open(CODE).await.is_err() {
            if let Some(status) = this.child.try_wait()? {
                return Err(format!("the bot ended with {status}").into());
            }
            if since.elapsed() > PATIENCE {
                return Err(format!("the bot was not ready after {PATIENCE:?}").into());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(this)
    }

    async fn is_ready(&self) -> io::Result<bool> {
        let mut stream = TcpStream::connect(self.listen).await?;
        stream.write_all(b"GET /ready HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }

    /// What it holds in memory, in MB.
    pub(crate) fn memory(&self) -> Result<f64> {
        let memory = machine::memory(&self.child.id().to_string());
        memory.ok_or_else(|| "the system does not tell what a process holds in memory".into())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
