use serde_json::Value;

use crate::{failure::Failure, rest::innermost};

/// The stream of what changes on a portal.
#[derive(Debug)]
pub(crate) struct Changes {
    response: reqwest::Response,
    /// What has come of the next change.
    pending: Vec<u8>,
}

/// Something that changed: `message`, `typing`, `journal`, …
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) kind: String,
    pub(crate) data: Value,
}

impl Changes {
    pub(super) fn new(response: reqwest::Response) -> Self {
        Self { response, pending: Vec::new() }
    }

    /// The next change. Nothing is lost when whoever waits for it gives up.
    pub(crate) async fn next(&mut self) -> Result<Change, Failure> {
        loop {
            while let Some(end) = self.pending.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.pending.drain(..end + 2).collect();
                if let Some(change) = read(&String::from_utf8_lossy(&block)) {
                    return Ok(change);
                }
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.pending.extend_from_slice(&chunk),
                Ok(None) => return Err(Failure::Connection("the portal has stopped".to_owned())),
                Err(error) => return Err(Failure::Connection(format!("the portal is gone: {}", innermost(&error)))),
            }
        }
    }
}

/// An event of the stream; comments keep the connection alive and say nothing.
fn read(block: &str) -> Option<Change> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
    let data = serde_json::from_str(field("data: ")?).ok()?;
    Some(Change { kind: field("event: ")?.to_owned(), data })
}
