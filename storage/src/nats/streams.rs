use std::{fmt, io};

use async_nats::{
    HeaderMap,
    header::NATS_MESSAGE_ID,
    jetstream::{
        Context,
        message::StreamMessage,
        stream::{RawMessageErrorKind, Stream},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use jiff::Timestamp;

use super::letter::{self, Aside};
use crate::{Delivery, Letter, Put, Seal, Taken};

/// Where the events of a bot are kept: what is to be handled, and what was set aside.
pub(super) struct Streams {
    pub(super) context: Context,
    pub(super) name: String,
    pub(super) seal: Seal,
    pub(super) events: Stream,
    pub(super) letters: Stream,
}

/// Events of one portal and dialog have one of so many subjects, each with a consumer that gives out one at a time. So
/// many handlers run at once in all processes together. It must be the same in all of them.
pub(super) const PARTITIONS: u64 = 64;

impl Streams {
    pub(super) async fn put(&self, delivery: Delivery) -> io::Result<Put> {
        // Any text can be a header so.
        let id = URL_SAFE_NO_PAD.encode([delivery.portal.as_str(), &delivery.identity].join("\0"));
        let (subject, payload) = (self.subject(partition(&delivery)), letter::write(&delivery, &self.seal, None)?);
        self.publish(subject, id, payload).await
    }

    /// What is written of an event that is set aside.
    pub(super) fn letter(&self, delivery: &Delivery, reason: String) -> io::Result<Bytes> {
        letter::write(delivery, &self.seal, Some(&Aside { reason, since: Timestamp::now() }))
    }

    /// Sets an event aside, once however often it is told.
    pub(super) async fn set_aside(&self, event: u64, letter: Bytes) -> io::Result<()> {
        match self.publish(format!("{}.letters", self.name), event.to_string(), letter).await? {
            Put::Full => Err(io::Error::new(io::ErrorKind::StorageFull, "too much was set aside already")),
            Put::Stored | Put::Duplicate => Ok(()),
        }
    }

    pub(super) async fn waiting(&self) -> io::Result<Vec<Taken>> {
        let read = |message: StreamMessage| {
            let (delivery, _) = letter::read(&message.payload, &self.seal)?;
            Ok(Taken { id: message.sequence, delivery })
        };
        all(&self.events).await?.into_iter().map(read).collect()
    }

    pub(super) async fn letters(&self) -> io::Result<Vec<Letter>> {
        let read = |message: StreamMessage| {
            let (delivery, Aside { reason, since }) = letter::read(&message.payload, &self.seal)?;
            Ok(Letter { id: message.sequence, reason, since, delivery })
        };
        all(&self.letters).await?.into_iter().map(read).collect()
    }

    pub(super) async fn replay(&self, letter: u64) -> io::Result<bool> {
        let message = match self.letters.get_raw_message(letter).await {
            Ok(message) => message,
            Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => return Ok(false),
            Err(error) => return Err(io::Error::other(error)),
        };
        let (delivery, _) = letter::read(&message.payload, &self.seal)?;
        let delivery = Delivery { attempts: 0, ..delivery };
        let (subject, payload) = (self.subject(partition(&delivery)), letter::write(&delivery, &self.seal, None)?);
        // Two who replay it at once have it handled once.
        let id = format!("letter {letter}");
        match self.publish(subject, id, payload).await? {
            Put::Full => Err(io::Error::new(io::ErrorKind::StorageFull, "too much waits already")),
            Put::Stored | Put::Duplicate => self.letters.delete_message(letter).await.map_err(io::Error::other),
        }
    }

    pub(super) fn subject(&self, partition: u64) -> String {
        format!("{}.events.{partition}", self.name)
    }

    async fn publish(&self, subject: String, id: String, payload: Bytes) -> io::Result<Put> {
        let mut headers = HeaderMap::new();
        headers.insert(NATS_MESSAGE_ID, id);
        let sent = self.context.publish_with_headers(subject, headers, payload).await.map_err(io::Error::other)?;
        match sent.await {
            Ok(kept) if kept.duplicate => Ok(Put::Duplicate),
            Ok(_) => Ok(Put::Stored),
            // The client has no kind for it.
            Err(error) if error.to_string().contains("maximum") => Ok(Put::Full),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

impl fmt::Debug for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Streams({})", self.name)
    }
}

/// Everything that a stream holds, the oldest first.
async fn all(stream: &Stream) -> io::Result<Vec<StreamMessage>> {
    let (mut all, mut next) = (Vec::new(), 1);
    loop {
        match stream.get_first_raw_message_by_subject(">", next).await {
            Ok(message) => {
                next = message.sequence + 1;
                all.push(message);
            }
            Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => return Ok(all),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

/// Where the events of a lane belong: FNV-1a, the same in every process, whatever it was built with.
fn partition(delivery: &Delivery) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    delivery.lane().bytes().fold(0xcbf2_9ce4_8422_2325, step) % PARTITIONS
}
