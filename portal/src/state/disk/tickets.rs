//! Addresses that open without any other proof, because the portal has signed them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::hmac::{HMAC_SHA256, Key, sign, verify};
use serde::{Deserialize, Serialize};

use super::{Right, Visitor};
use crate::{ids::DiskId, state::State};

/// What an address is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ticket {
    /// To load a file, or one of its versions.
    Download {
        file: DiskId,
        version: Option<DiskId>,
        /// To look at, not to keep.
        inline: bool,
    },
    /// To send a file into a folder.
    Upload {
        folder: DiskId,
        /// What to call it, or empty for the name that it comes with.
        name: String,
        is_numbered: bool,
        rights: Vec<Right>,
        visitor: Visitor,
    },
}

/// Why an address does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("this portal has not signed the address, or it was changed")]
    Forged,
    #[error("the address is too old; ask for a new one")]
    Expired,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    ticket: Ticket,
    until: Timestamp,
}

impl State {
    fn signing_key(&self) -> Key {
        Key::new(HMAC_SHA256, self.disk.key.as_bytes())
    }

    /// A text that [`State::admit_ticket`] takes for as long as an access token lives.
    pub(crate) fn ticket(&self, ticket: Ticket) -> String {
        let now = self.clock.now();
        let until = now.checked_add(self.settings.token_life).unwrap_or(Timestamp::MAX);
        // Nothing in it can fail to be written.
        let text = serde_json::to_vec(&Signed { ticket, until }).unwrap_or_default();
        let signature = sign(&self.signing_key(), &text);
        let [text, signature] = [text.as_slice(), signature.as_ref()].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        format!("disk|{text}|{signature}")
    }

    pub(crate) fn admit_ticket(&self, token: &str) -> Result<Ticket, Unusable> {
        let mut parts = token.split('|').skip(1);
        let mut part = || BASE64_URL_SAFE_NO_PAD.decode(parts.next().unwrap_or_default());
        let (Ok(text), Ok(signature)) = (part(), part()) else { return Err(Unusable::Forged) };
        verify(&self.signing_key(), &text, &signature).map_err(|_| Unusable::Forged)?;
        let signed: Signed = serde_json::from_slice(&text).map_err(|_| Unusable::Forged)?;
        if signed.until < self.clock.now() { Err(Unusable::Expired) } else { Ok(signed.ticket) }
    }
}
