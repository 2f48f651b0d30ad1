//! What tests hold the bindings against: tables that the generator writes, and what reads them.

use std::fmt::Debug;

use serde_json::Value;

use crate::{
    request::Request,
    wire::{DecodeError, FromNode, Node, Params, ToValue},
};

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

mod decoders {
    include!(concat!(env!("OUT_DIR"), "/decoders.rs"));
}

#[allow(deprecated, unused_qualifications, clippy::pedantic)]
mod samples {
    include!(concat!(env!("OUT_DIR"), "/samples.rs"));
}
