//! Connections that send what was written beforehand and hardly read the answers.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{Latencies, Wanted};
use crate::Result;

pub(super) struct Done {
    pub(super) latencies: Latencies,
    pub(super) took: Duration,
}

/// Sends the requests in turn over each connection, at the pace that is wanted.
pub(super) async fn run(address: &str, requests: &[Vec<u8>], connections: u32, wanted: Wanted) -> Result<Done> {
    let start = Instant::now();
    let mut senders = JoinSet::new();
    for number in 0..connections {
        let (address, requests) = (address.to_owned(), requests.to_vec());
        // The connections take turns, so that the calls come evenly.
        let interval = wanted.rate.map(|rate| Duration::from_secs(connections.into()) / rate.get());
        let first = start + interval.unwrap_or_default() * number / connections;
        senders.spawn(async move {
            let mut connection = Connection::open(&address).await?;
            let mut latencies = Latencies::none();
            let mut due = first;
            for request in requests.iter().cycle().skip(number as usize) {
                if let Some(interval) = interval {
                    sleep_until(due).await;
                    due += interval;
                }
                let sent = Instant::now();
                if sent.duration_since(start) >= wanted.time {
                    break;
                }
                connection.exchange(request).await?;
                latencies.add(sent.elapsed());
            }
            Result::Ok(latencies)
        });
    }
    let mut latencies = Latencies::none();
    while let Some(sender) = senders.join_next().await {
        latencies.add_all(&sender??);
    }
    Ok(Done { latencies, took: start.elapsed() })
}

/// A connection that is kept.
pub(super) struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(64 * 1024) })
    }

    /// The result of a call.
    pub(super) async fn call(&mut self, request: &[u8]) -> Result<Value> {
        let body = self.exchange(request).await?;
        let mut answer: Value = serde_json::from_slice(&self.answer[body..])?;
        Ok(answer["result"].take())
    }

    /// Sends a request and reads its answer; tells where the body begins.
    async fn exchange(&mut self, request: &[u8]) -> Result<usize> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.answer).await?;
            if let Some((body, end)) = bounds(&self.answer)
                && self.answer.len() >= end
            {
                return if self.answer.starts_with(b"HTTP/1.1 200 ") { Ok(body) } else { Err(self.complaint()) };
            }
            if read == 0 {
                return Err(self.complaint());
            }
        }
    }

    fn complaint(&self) -> Box<dyn std::error::Error + Send + Sync> {
        format!("the portal answered {:?}", String::from_utf8_lossy(&self.answer)).into()
    }
}

/// Where the body of an answer begins and ends, once its head is there.
fn bounds(answer: &[u8]) -> Option<(usize, usize)> {
    let body = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&answer[..body]).ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    Some((body, body + length.parse::<usize>().ok()?))
}
