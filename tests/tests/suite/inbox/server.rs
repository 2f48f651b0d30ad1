//! A NATS server that keeps its streams in a folder of its own.

use std::{
    net::{SocketAddr, TcpListener},
    process::Stdio,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    net::TcpStream,
    process::{Child, Command},
};

pub(super) struct Server {
    child: Child,
    folder: Option<TempDir>,
    address: SocketAddr,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::with(Some(TempDir::new().unwrap())).await
    }

    /// One that has no `JetStream`.
    pub(super) async fn without_streams() -> Self {
        Self::with(None).await
    }

    async fn with(folder: Option<TempDir>) -> Self {
        let address = free();
        Self { child: run(address, folder.as_ref()).await, folder, address }
    }

    pub(super) fn url(&self) -> String {
        format!("nats://{}", self.address)
    }

    /// `kill -9`.
    pub(super) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// In its place, with what it kept.
    pub(super) async fn start_again(&mut self) {
        self.child = run(self.address, self.folder.as_ref()).await;
    }
}

async fn run(address: SocketAddr, folder: Option<&TempDir>) -> Child {
    let mut command = Command::new("nats-server");
    command.args(["--addr", "127.0.0.1", "--port", &address.port().to_string()]);
    if let Some(folder) = folder {
        command.args(["--jetstream", "--store_dir"]).arg(folder.path());
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().expect("nats-server is there: `cargo xtask test` installs it");
    let ready = async {
        while TcpStream::connect(address).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ready).await.expect("the server is ready");
    child
}

/// A free port of this machine.
pub(super) fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
