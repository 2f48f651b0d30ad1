use std::time::Duration;

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A call or an event is late by this much of the portal's time.
    Delay(Duration),
    /// The connection of a call is dropped before anything is done; an event is never sent.
    Lose,
    /// A call is done, and its connection dropped in place of an answer.
    LoseAnswer,
    /// A call is done, and half of the answer's body sent.
    Cut,
    /// A server in front of the portal answers a call with this HTTP status and a page.
    Status(u16),
    /// The portal has moved to this address, `http://localhost:8024`: a call by another name is sent there with 302.
    Moved(String),
    /// A call is refused with this code: one of the method, or `QUERY_LIMIT_EXCEEDED`, `INTERNAL_SERVER_ERROR` and
    /// their like.
    Error(String),
    /// The caller's token has expired when the call comes.
    Expire,
    /// A method takes so much longer; nobody waits for it, but it counts as time of the request and as `operating`.
    Busy(Duration),
    /// An event is sent twice.
    Repeat,
    /// The next event to the same address overtakes this one.
    Overtake,
}

/// Where something may go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// On the way of a request to the portal, or of its answer back.
    Request,
    /// Where a method is called, also by a command of a batch.
    Call,
    /// On the way of an event to its handler.
    Event,
}

impl Fault {
    pub(super) fn happens_at(&self, stage: Stage) -> bool {
        match self {
            Self::Delay(_) | Self::Lose => stage != Stage::Call,
            Self::LoseAnswer | Self::Cut | Self::Status(_) | Self::Moved(_) => stage == Stage::Request,
            Self::Error(_) | Self::Expire | Self::Busy(_) => stage == Stage::Call,
            Self::Repeat | Self::Overtake => stage == Stage::Event,
        }
    }

    /// Whether it sends callers to where this request has come already.
    pub(super) fn has_moved_to(&self, host: &str) -> bool {
        let Self::Moved(address) = self else { return false };
        address.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').eq_ignore_ascii_case(host))
    }
}
