//! A bot in a process of its own, whose memory is its own: this program once more, with the settings of a real bot.

use std::{
    env,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command},
    time::{Duration, Instant},
};

use b24_portal::Portal;
use b24_runtime::{message::Text, prelude::*};
use tokio::runtime;

use crate::{Result, accept::bare, machine};

/// Says what was said.
struct Parrot;

#[bot(code = "parrot", name = "Parrot")]
impl Parrot {
    #[on(message)]
    fn message(&self, cx: &MessageCx) -> Text {
        Text::plain(cx.text())
    }
}

/// What a process does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A bot behind a webhook that keeps its events in a file.
    Bot,
    /// A server that reads bodies and does nothing with them.
    Bare,
}

/// How long a bot may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// The code of the bot on the portal.
pub(crate) const CODE: &str = "parrot";

/// Runs this process as a bot until it is killed.
pub(crate) fn run() -> Result<()> {
    runtime::Builder::new_multi_thread().enable_all().build()?.block_on(b24_runtime::run(Parrot))?;
    Ok(())
}

/// Runs this process as a bare server until it is killed.
pub(crate) fn run_bare() -> Result<()> {
    let address: SocketAddr = env::var("B24_LISTEN")?.parse()?;
    runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        bare::serve(tokio::net::TcpListener::bind(address).await?).await?;
        Ok(())
    })
}

/// A process that runs until this is dropped.
pub(crate) struct Process {
    child: Child,
    listen: SocketAddr,
}

impl Process {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(kind: Kind, portal: &Portal, folder: &Path) -> Result<Self> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(env::current_exe()?);
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("B24_")) {
            command.env_remove(name);
        }
        command
            .arg(match kind {
                Kind::Bot => "bot",
                Kind::Bare => "bare",
            })
            .current_dir(folder)
            .env("B24_WEBHOOK_URL", portal.webhook(portal.admin().id(), ["imbot", "im"]))
            .env("B24_HANDLER_URL", format!("http://{listen}/"))
            .env("B24_LISTEN", listen.to_string());
        let mut this = Self { child: command.spawn()?, listen };
        let since = Instant::now();
        while !this.answers().await {
            if let Some(status) = this.child.try_wait()? {
                return Err(format!("the process ended with {status}").into());
            }
            if since.elapsed() > PATIENCE {
                return Err(format!("the process was not ready after {PATIENCE:?}").into());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(this)
    }

    async fn answers(&self) -> bool {
        let answer = reqwest::get(format!("http://{}/ready", self.listen)).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// What it holds in memory, in MB.
    pub(crate) fn memory(&self) -> Result<f64> {
        machine::memory(&self.child.id().to_string())
            .ok_or_else(|| "the system does not tell the memory of a process".into())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
