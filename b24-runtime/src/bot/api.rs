use std::fmt;

use super::Registration;
use crate::{Client, Error, Since};

/// A generation of the bot API. Both reach the same bots; a bot gets its events in the form of the one that it is
/// registered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BotApi {
    /// `imbot.*`, which every portal has. Events come by POST.
    V1,
    /// `imbot.v2.*`, which portals have since im revision 33. Events come by POST or are fetched.
    V2,
}

impl fmt::Display for BotApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        })
    }
}

/// How a bot gets its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// The portal sends them to the bot's address.
    #[default]
    Post,
    /// The bot asks for them (`imbot.v2.Event.get`): no address is needed, and nothing is lost while it is away for
    /// less than a day.
    Fetch,
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Post => "post",
            Self::Fetch => "fetch",
        })
    }
}

/// The first revision that tells of the second API. It is older than that, but nobody can tell since when.
const SECOND: Since = Since { counter: "im", revision: 33 };

/// Which API a bot uses on a portal: the one that is wanted, or else the one that it uses there already, or else the
/// newest that the portal has.
///
/// # Errors
/// When the portal cannot be asked for its revision, or is too old for what is wanted.
pub(crate) async fn choose(
    wanted: Option<BotApi>,
    delivery: Delivery,
    client: &Client,
    known: Option<&Registration>,
) -> Result<BotApi, RegisterError> {
    let known = known.map(|known| known.api);
    match wanted {
        Some(BotApi::V1) => return Ok(BotApi::V1),
        // The portal has shown that it has it.
        Some(BotApi::V2) | None if known == Some(BotApi::V2) => return Ok(BotApi::V2),
        Some(BotApi::V2) | None => {}
    }
    let revision = client.revision(SECOND.counter).await?;
    let is_second = revision.is_some_and(|revision| revision >= SECOND.revision);
    let told = revision.map_or_else(|| "does not tell its own".to_owned(), |revision| format!("has {revision}"));
    match (wanted, delivery) {
        // Whoever insists may be right about a portal that does not tell.
        (Some(_), _) if is_second || revision.is_none() => Ok(BotApi::V2),
        (Some(_), _) => Err(RegisterError::TooOld {
            what: "B24_BOT_API=v2 asks for bot API v2",
            told,
            instead: "unset B24_BOT_API",
        }),
        (None, Delivery::Fetch) if !is_second => Err(RegisterError::TooOld {
            what: "events can be fetched with bot API v2 only",
            told,
            instead: "set B24_EVENTS=post, and B24_HANDLER_URL and B24_LISTEN so that the portal can send them",
        }),
        (None, Delivery::Post) if !is_second => {
            tracing::info!("bot API v1 is used: v2 needs {SECOND}, this portal {told}");
            Ok(BotApi::V1)
        }
        (None, Delivery::Post) if known == Some(BotApi::V1) => {
            tracing::info!("the bot stays with bot API v1; B24_BOT_API=v2 moves it, with its chats and commands");
            Ok(BotApi::V1)
        }
        (None, _) => Ok(BotApi::V2),
    }
}

/// Why a bot could not be registered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegisterError {
    #[error(transparent)]
    Call(#[from] Error),
    #[error("{what}, which needs {SECOND}; this portal {told}: {instead}")]
    TooOld { what: &'static str, told: String, instead: &'static str },
}
