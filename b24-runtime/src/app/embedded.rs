//! A bot without settings: a local portal, the bot installed into it, and the terminal as a messenger.

use std::io::{self, BufRead, IsTerminal};

use b24_portal::{Portal, terminal};
use tokio::io::{AsyncWriteExt, BufReader, DuplexStream};

use super::{StartError, hosted::host};
use crate::Bot;

const STDIN_BUFFER: usize = 64 * 1024;

pub(super) async fn run<B: Bot>(bot: B) -> Result<(), StartError> {
    let portal = Portal::start().await.map_err(StartError::portal)?;
    let hosted = host(&portal, bot).await?;
    let chat = portal.admin().open(&hosted).await.map_err(StartError::portal)?;
    eprintln!("Messenger: {}", portal.messenger_url());
    let interactive = io::stdin().is_terminal();
    if interactive {
        eprintln!("Write to the bot here or there. #1 presses the first button, Ctrl-D ends.");
    }
    let settled = async || portal.settled().await;
    let talk = terminal::run(chat, BufReader::new(standard_input()), io::stdout(), interactive, settled);
    tokio::select! {
        talked = talk => talked.map_err(StartError::portal)?,
        _ = tokio::signal::ctrl_c() => {}
    }
    hosted.shutdown().await;
    Ok(())
}

/// The standard input, read by a thread that nobody waits for: the process can end while it waits for a line.
fn standard_input() -> DuplexStream {
    let (mut write, read) = tokio::io::duplex(STDIN_BUFFER);
    let runtime = tokio::runtime::Handle::current();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let taken = match input.fill_buf() {
                Ok([]) | Err(_) => return,
                Ok(bytes) => match runtime.block_on(write.write_all(bytes)) {
                    Ok(()) => bytes.len(),
                    Err(_) => return,
                },
            };
            input.consume(taken);
        }
    });
    read
}

impl StartError {
    fn portal(error: impl std::fmt::Display) -> Self {
        Self::Portal(error.to_string())
    }
}
