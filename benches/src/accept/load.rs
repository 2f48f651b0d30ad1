//! A generator of load that leaves the processor to the server: requests are written beforehand, answers hardly read.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::Instant,
};

use crate::Result;

/// Posts each form again and again over a connection of its own, and counts the answers.
///
/// # Errors
/// When an answer is not 200: what was refused was not accepted.
pub(super) async fn run(address: SocketAddr, forms: &[Vec<u8>], time: Duration) -> Result<u32> {
    let until = Instant::now() + time;
    let mut senders = JoinSet::new();
    for form in forms {
        let request = request(form);
        senders.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut count = 0;
            while Instant::now() < until {
                connection.exchange(&request).await?;
                count += 1;
            }
            Result::Ok(count)
        });
    }
    let mut count = 0;
    while let Some(sender) = senders.join_next().await {
        count += sender??;
    }
    Ok(count)
}

/// Posts one form.
pub(super) async fn post(address: SocketAddr, form: &[u8]) -> Result<()> {
    Connection::open(address).await?.exchange(&request(form)).await
}

struct Connection {
    stream: TcpStream,
    answer: [u8; 1024],
}

impl Connection {
    async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: [0; 1024] })
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).await?;
        let mut length = 0;
        loop {
            let read = self.stream.read(&mut self.answer[length..]).await?;
            length += read;
            let answer = &self.answer[..length];
            // Both servers answer 200 with an empty body, so the answer ends where its head does.
            if answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\r\n\r\n") {
                return Ok(());
            }
            if read == 0 || (length >= 12 && !answer.starts_with(b"HTTP/1.1 200")) {
                return Err(format!("the server answered {:?}", String::from_utf8_lossy(answer)).into());
            }
        }
    }
}

fn request(form: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Bitrix24 Webhook Engine\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        form.len()
    );
    [head.as_bytes(), form].concat()
}
