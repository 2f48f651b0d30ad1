//! Rules that several blocks share. `owner` is what a mistake is found in, as the message calls it.

use serde_json::Value;

use crate::{
    message::{InvalidMessage, Span, address::check_address},
    wire::Params,
};

/// The text of a block knows some BB codes only.
pub(super) fn check_text(owner: &str, text: &str) -> Result<(), InvalidMessage> {
    let Some(code) = Span::not_for_attachments(&Span::read(text)) else { return Ok(()) };
    Err(InvalidMessage::new(format!("{owner} uses [{code}], which attachments do not know; put it into the message")))
}

/// Addresses that are there must be such.
pub(super) fn check_addresses<const N: usize>(
    owner: &str,
    params: &Params,
    keys: [&str; N],
) -> Result<(), InvalidMessage> {
    let mut given = keys.into_iter().filter_map(|key| params.get(key).and_then(Value::as_str));
    given.try_for_each(|address| check_address(owner, address))
}

/// A click can lead to one place.
pub(super) fn check_targets(owner: &str, params: &Params) -> Result<(), InvalidMessage> {
    const TARGETS: [&str; 5] = ["LINK", "USER_ID", "BOT_ID", "CHAT_ID", "NETWORK_ID"];
    if TARGETS.into_iter().filter(|key| params.get(key).is_some()).count() <= 1 {
        return Ok(());
    }
    Err(InvalidMessage::new(format!("{owner} leads to several places, a click can lead to one")))
}
