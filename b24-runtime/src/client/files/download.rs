use std::{fmt, io, sync::OnceLock, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use reqwest::{Response, redirect};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::super::{
    Cause, Error, Repeats,
    retry::Attempts,
    transport::{CONNECT_TIMEOUT, connections, lost, refusal},
};

const NAME: &str = "download";
/// A server that sends nothing for so long is gone.
const SILENCE: Duration = Duration::from_mins(1);
/// Storages send each other on, but not for ever.
const MOST_REDIRECTS: usize = 5;
/// So much of an answer that is no file is read.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// A file that has begun to come. Made by [`Client::download`](crate::Client::download).
pub struct Download(Response);

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address holds a token.
        f.debug_struct("Download").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl Download {
    pub(super) async fn begin(address: &str, repeats: Repeats) -> Result<Self, Error> {
        let fail = |cause| Error::new(NAME, cause);
        let http = http().map_err(|error| fail(Cause::Connection(error)))?;
        let mut attempts = Attempts::new(repeats, true);
        loop {
            let error = match http.get(address).send().await {
                Ok(response) if response.status().is_success() => return Ok(Self(response)),
                Ok(response) => fail(refused(response).await),
                Err(error) => fail(lost(error)),
            };
            let Some(wait) = attempts.again(&error) else { return Err(error) };
            tokio::time::sleep(wait).await;
        }
    }

    /// How many bytes it has, where the server told.
    pub fn size(&self) -> Option<u64> {
        self.0.content_length()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks, or nothing comes for a minute.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        self.0.chunk().await.map_err(|error| Error::new(NAME, lost(error))).transpose()
    }

    /// The pieces as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, Error>> + Send {
        self.0.bytes_stream().map_err(|error| Error::new(NAME, lost(error)))
    }

    /// Writes all of it, and tells how many bytes that were.
    ///
    /// # Errors
    /// When the file does not come to its end, or cannot be written.
    pub async fn write_to(self, writer: &mut (impl AsyncWrite + Unpin + ?Sized)) -> io::Result<u64> {
        let mut pieces = std::pin::pin!(self.into_stream());
        let mut written = 0;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(io::Error::other)?;
            writer.write_all(&piece).await?;
            written += piece.len() as u64;
        }
        writer.flush().await?;
        Ok(written)
    }

    /// All of it, if it has at most so many bytes.
    ///
    /// # Errors
    /// When the file does not come to its end, or is larger.
    pub async fn bytes(mut self, most: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next().await {
            bytes.extend(piece?);
            if bytes.len() > most {
                return Err(Error::new(NAME, Cause::Invalid(format!("the file has more than {most} bytes"))));
            }
        }
        Ok(bytes)
    }
}

async fn refused(mut response: Response) -> Cause {
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LARGEST_REFUSAL {
            break;
        }
    }
    refusal(status, &bytes)
}

/// Connections for files: they may take long, and are sent on to where the files are.
fn http() -> Result<reqwest::Client, reqwest::Error> {
    static CONNECTIONS: OnceLock<reqwest::Client> = OnceLock::new();
    if let Some(made) = CONNECTIONS.get() {
        return Ok(made.clone());
    }
    // They install what TLS needs.
    connections()?;
    let policy = redirect::Policy::custom(|attempt| {
        let was_private = attempt.previous().last().is_some_and(|address| address.scheme() == "https");
        if attempt.previous().len() > MOST_REDIRECTS || (was_private && attempt.url().scheme() != "https") {
            attempt.stop()
        } else {
            attempt.follow()
        }
    });
    let made = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(SILENCE)
        .redirect(policy)
        .user_agent(concat!("b24/", env!("CARGO_PKG_VERSION")))
        .build()?;
    Ok(CONNECTIONS.get_or_init(|| made).clone())
}
