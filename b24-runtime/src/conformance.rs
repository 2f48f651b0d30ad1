//! What tests hold the bindings against: tables that the generator writes, and what reads them; and what tests and fuzzers
//! feed with bytes.

use std::fmt::Debug;

use serde_json::Value;

use crate::{
    client::answered,
    request::Request,
    wire::{DecodeError, FromNode, Node, Params, ToValue},
};

#[cfg(feature = "imbot")]
pub use crate::app::job::read_event;

pub use self::{decoders::*, samples::*};

/// Reads an answer, and says what is wrong with it.
pub type Decoder = fn(Node<'_>) -> Result<(), DecodeError>;

/// Reads a word and writes it again; also how it looks to a developer.
pub type RoundTrip = fn(&str) -> (Value, String);

/// Makes a call with everything set.
pub type Sample = fn() -> Params;

fn decode<R: Request>(node: Node<'_>) -> Result<(), DecodeError> {
    R::Output::from_node(node).map(drop)
}

fn round_trip<T: FromNode + ToValue + Debug>(word: &str) -> (Value, String) {
    let word = Value::from(word);
    match T::from_node(Node::Json(&word)) {
        Ok(value) => {
            let shown = format!("{value:?}");
            (value.to_value(), shown)
        }
        Err(error) => (Value::Null, error.to_string()),
    }
}

/// Reads bytes that a portal may answer, as a call does: the name of the method stands before them, in a line of its own.
pub fn read_answer(bytes: &[u8]) -> Result<(), String> {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let name = parts.next().and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
    let find = |(known, _): &&(&str, Decoder)| *known == name;
    let (name, decode) = RESULTS.iter().find(find).ok_or("there is no such method")?;
    let result = answered(name, parts.next().unwrap_or_default()).map_err(|cause| cause.to_string())?;
    decode(Node::Json(&result)).map_err(|error| error.to_string())
}

mod decoders {
    include!(concat!(env!("OUT_DIR"), "/decoders.rs"));
}

#[allow(deprecated, unused_qualifications, clippy::pedantic)]
mod samples {
    include!(concat!(env!("OUT_DIR"), "/samples.rs"));
}
