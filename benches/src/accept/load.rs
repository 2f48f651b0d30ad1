//! A generator of load that leaves the processor to the server: requests are written beforehand, answers hardly read.

use std::{
    net::SocketAddr,
    ops::Range,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

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
        let mut request = Request::new(form);
        senders.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut count = 0;
            while Instant::now() < until {
                connection.exchange(request.next()).await?;
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
    Connection::open(address).await?.exchange(Request::new(form).next()).await
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

/// A request that is another each time: what comes again is not accepted as a new event.
struct Request {
    bytes: Vec<u8>,
    /// Where the number of the message stands; installations have none.
    number: Option<Range<usize>>,
}

impl Request {
    fn new(form: &[u8]) -> Self {
        const KEY: &[u8] = b"%5BMESSAGE_ID%5D=";
        let head = format!(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Bitrix24 Webhook Engine\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            form.len()
        );
        let bytes = [head.as_bytes(), form].concat();
        let start = bytes.windows(KEY.len()).position(|part| part == KEY).map(|at| at + KEY.len());
        let number =
            start.map(|start| start..start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count());
        Self { bytes, number }
    }

    fn next(&mut self) -> &[u8] {
        static LAST: AtomicU32 = AtomicU32::new(100_000_000);
        if let Some(number) = self.number.clone() {
            let next = LAST.fetch_add(1, Ordering::Relaxed).to_string();
            self.bytes[number].copy_from_slice(next.as_bytes());
        }
        &self.bytes
    }
}
