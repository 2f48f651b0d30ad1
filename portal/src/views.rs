//! What the portal remembers in the words of the messenger's API: the `snake_case` objects of `im.*`, those of the second
//! bot API in `v2`, and the files of both.
//!
//! Each object has all members of the type of the spec that it is named after, in the order of the documentation.

mod chat;
mod department;
pub(crate) mod file;
mod lines;
mod message;
mod notice;
mod profile;
mod recent;
mod user;
pub(crate) mod v2;

use serde_json::{Map, Value};

pub(crate) use self::{
    chat::{chat, dialog},
    department::department,
    lines::lines,
    message::{found, message, people, reactions},
    notice::notice,
    profile::{Depth, FIELDS, OWN, profile},
    recent::{Text, recent, searched, updated},
    user::user,
};
use crate::state::clock::iso;

/// A moment, or null for never.
fn date(at: Option<jiff::Timestamp>) -> Value {
    at.map_or(Value::Null, |at| iso(at).into())
}

/// An object with its names in the spelling of later methods: `firstName` for `first_name`.
pub(crate) fn camel(view: Value) -> Value {
    match view {
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (in_camel_case(&name), value)).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn in_camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |joined, word| {
        let mut letters = word.chars();
        joined
            + &letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    })
}
