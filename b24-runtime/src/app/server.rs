//! HTTP within bounds: how many may be connected at once, and how long a sender may take.

use std::{pin::pin, time::Duration};

use axum::Router as Routes;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, task::JoinSet};

/// What a server takes from its clients.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// How many connections are open at once. Further ones wait until one ends.
    pub(super) connections: usize,
    /// How long the head of a request may take, and how long a connection may be silent before it. A sender that finds
    /// its connection closed may lose its event, so this is longer than proxies keep theirs.
    pub(super) head: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { connections: 1024, head: Duration::from_secs(75) }
    }
}

/// After a connection could not be accepted, because there are too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until it is told to stop; what is being answered then is answered. Where this is dropped, every connection
/// ends.
pub(super) async fn serve(listener: TcpListener, routes: Routes, bounds: Bounds, stopped: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head);
    let (mut connections, ending) = (JoinSet::new(), GracefulShutdown::new());
    let mut stopped = pin!(stopped);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept(), if connections.len() < bounds.connections => accepted,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // Without it, an answer may wait for a packet of the sender. An error says that it has gone.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone()));
        let connection = ending.watch(connection);
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
        });
    }
    drop(listener);
    ending.shutdown().await;
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use axum::Router as Routes;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        sync::oneshot,
    };

    use super::{Bounds, serve};

    async fn connect(bounds: Bounds) -> (TcpStream, std::net::SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let routes = Routes::new().fallback(async || "ok");
        tokio::spawn(async move { serve(listener, routes, bounds, pending()).await });
        (TcpStream::connect(address).await.expect("a connection"), address)
    }

    #[tokio::test]
    async fn a_sender_that_never_ends_its_head_loses_its_connection() {
        let (mut stream, _) = connect(Bounds { head: Duration::from_millis(20), ..Bounds::default() }).await;
        stream.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nX-Slow: ").await.expect("sent");
        let mut answer = Vec::new();
        // The end comes, with or without a word before it.
        let _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }

    #[tokio::test]
    async fn one_connection_too_many_waits_until_another_ends() {
        let (first, address) = connect(Bounds { connections: 1, ..Bounds::default() }).await;
        let mut second = TcpStream::connect(address).await.expect("a connection");
        second.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.expect("sent");
        let (told, heard) = oneshot::channel();
        let reading = tokio::spawn(async move {
            let mut answer = String::new();
            second.read_to_string(&mut answer).await.expect("an answer");
            let _ = told.send(());
            answer
        });
        tokio::task::yield_now().await;
        assert!(!reading.is_finished());
        drop(first);
        heard.await.expect("an answer");
        assert!(reading.await.expect("an answer").starts_with("HTTP/1.1 200"));
    }
}
