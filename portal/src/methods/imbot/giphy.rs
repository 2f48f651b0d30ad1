use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// How many pictures an answer has where nobody asks for another number.
const PAGE: u64 = 25;
/// How many pictures there are of everything.
const PICTURES: u64 = 50;

/// The portal draws the pictures itself, so that the links work without the service of the vendor.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let words = call.args.object("filter").text_or_empty("search");
    let offset = call.args.number("offset").unwrap_or(0);
    Ok(pictures(state, &words, offset, call.args.number("limit").unwrap_or(PAGE)))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn list_popular(state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(pictures(state, "popular", 0, PAGE))
}

fn pictures(state: &State, words: &str, offset: u64, limit: u64) -> Value {
    let portal = state.settings.url();
    let name = utf8_percent_encode(words.trim(), NON_ALPHANUMERIC);
    let picture = |number: u64| {
        let address = format!("{portal}/giphy/{number}/{name}");
        json!({"preview": format!("{address}?small"), "original": address})
    };
    (offset..PICTURES.min(offset.saturating_add(limit))).map(picture).collect()
}
