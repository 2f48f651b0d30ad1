//! What an earlier call of a batch answers, used in a later one.

use std::{fmt, sync::LazyLock};

use serde_json::{Map, Value};

use super::Outcome;
use crate::{secret::Secret, wire::Node};

/// What an earlier call of the same batch answers, to be used in a later one with
/// [`Request::with`](crate::Request::with): alone or as a part of a text.
///
/// ```
/// # use b24_runtime::{Client, Error, Earlier, Request, api, types::ChatId};
/// # async fn example(client: Client) -> Result<(), Error> {
/// let (chat, message) = client
///     .batch((
///         api::im::chat::add().title("Release"),
///         api::im::message::add(ChatId(0)).message("It is out").with("DIALOG_ID", format!("chat{}", Earlier::call(0))),
///     ))
///     .await?;
/// # let _ = (chat?, message?);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    index: usize,
    way: Vec<String>,
}

/// What references begin with until they are sent. Nobody else can know it: a text that a person typed is never taken
/// for a reference.
static MARK: LazyLock<String> = LazyLock::new(|| {
    // Without random numbers a text of a person could be taken for one.
    let random = Secret::random().map_or_else(|_| "b24".to_owned(), |random| random.expose().to_owned());
    format!("$result-{random}")
});

/// What a portal takes for the beginning of a reference, wherever it stands.
const REFERENCE: &str = "$result[";

impl Earlier {
    /// The result of a call, by its place in the batch, counted from 0.
    pub fn call(index: usize) -> Self {
        Self { index, way: Vec::new() }
    }

    /// A member of it, or an item by its index.
    pub fn field(mut self, name: impl fmt::Display) -> Self {
        self.way.push(name.to_string());
        self
    }
}

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", *MARK, self.index)?;
        self.way.iter().try_for_each(|name| write!(f, "[{name}]"))
    }
}

/// What a command is called in the batch: a name, so that the answer is an object and never a list, and one that is in
/// order where names are sorted.
pub(super) fn key(index: usize) -> String {
    format!("c{index:06}")
}

/// Writes references as the portal reads them. What they name is done by the portal where it stands in the same call,
/// which begins after `done`, and looked up in what the calls before it gave where not.
pub(super) fn resolve(params: &mut Map<String, Value>, done: &[Outcome]) -> Result<(), String> {
    params.values_mut().try_for_each(|value| resolve_value(value, done))
}

fn resolve_value(value: &mut Value, done: &[Outcome]) -> Result<(), String> {
    match value {
        Value::String(text) if text.contains('$') => {
            if text.contains(REFERENCE) {
                let message = "a text holds `$result[`, which a portal replaces in a batch: make this call by itself";
                return Err(message.to_owned());
            }
            while let Some((before, reference)) = text.split_once(MARK.as_str()) {
                let (index, way, after) = parse(reference).ok_or("a reference to an earlier call is broken")?;
                let found = match done.get(index) {
                    None => format!("{REFERENCE}{}]{}", key(index), brackets(&way)),
                    Some(outcome) => look_up(index, &way, outcome)?,
                };
                *text = format!("{before}{found}{after}");
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| resolve_value(item, done)),
        Value::Object(members) => members.values_mut().try_for_each(|member| resolve_value(member, done)),
        _ => Ok(()),
    }
}

/// `[0][ID]` and what comes after it.
fn parse(reference: &str) -> Option<(usize, Vec<&str>, &str)> {
    let (index, mut rest) = bracket(reference)?;
    let mut way = Vec::new();
    while let Some((name, after)) = bracket(rest) {
        way.push(name);
        rest = after;
    }
    Some((index.parse().ok()?, way, rest))
}

fn bracket(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('[')?.split_once(']')
}

fn brackets(way: &[&str]) -> String {
    way.iter().flat_map(|name| ["[", name, "]"]).collect()
}

fn look_up(index: usize, way: &[&str], outcome: &Outcome) -> Result<String, String> {
    let Outcome(Ok(answer)) = outcome else { return Err(format!("it refers to call {index}, which failed")) };
    let found = way.iter().try_fold(Node::Json(&answer.result), |node, name| node.get(name));
    match found.and_then(Node::text) {
        // A text of a person, which the portal would replace in its turn.
        Some(text) if text.contains(REFERENCE) => Err(format!("what it refers to in call {index} holds `{REFERENCE}`")),
        Some(text) => Ok(text.into_owned()),
        None => Err(format!("it refers to {} of call {index}, which is no text", brackets(way))),
    }
}
