//! What is said and heard, in the order in which it happens.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use b24_portal::terminal;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::place::Place;
use crate::{
    failure::Failure,
    local::{Change, Changes, Local},
};

/// How long nothing has to happen for an answer to be complete: a bot may say more than one thing.
const LULL: Duration = Duration::from_millis(300);

/// A conversation of one person in one dialog.
pub(super) struct Conversation {
    portal: Local,
    place: Place,
    changes: Changes,
    patience: Duration,
    /// Events that are on their way to a bot, and calls that are being answered.
    under_way: BTreeSet<u64>,
    /// Why the latest event did not reach its bot.
    lost: Option<String>,
}

/// What a change means for whoever waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Somebody else said something.
    Answer,
    /// Something goes on that may end in an answer.
    Activity,
    Nothing,
}

impl Conversation {
    pub(super) async fn begin(portal: Local, place: Place, patience: Duration) -> Result<Self, Failure> {
        // Before anything is done, so that nothing is missed.
        let changes = portal.changes(place.user).await?;
        let (user, dialog, is_known) = (place.user, place.dialog.clone(), place.is_known);
        let mut conversation = Self { portal, place, changes, patience, under_way: BTreeSet::new(), lost: None };
        conversation.portal.act("open", user, json!({"dialog": dialog})).await?;
        if !is_known {
            // A greeting answers nothing that is said.
            conversation.listen(false).await?;
        }
        Ok(conversation)
    }

    /// Whom one speaks with.
    pub(super) fn partner(&self) -> String {
        let id = self.place.dialog.parse::<u64>().ok();
        id.map_or_else(|| self.place.dialog.clone(), |id| self.name(id))
    }

    /// Says a line, or presses a button, and prints it with what is answered.
    pub(super) async fn say(&mut self, line: &str) -> Result<(), Failure> {
        if line.trim().is_empty() {
            return Ok(());
        }
        println!("{}: {}", self.name(self.place.user), line.trim());
        self.enter(line).await?;
        if self.listen(true).await? { Ok(()) } else { Err(self.silence()) }
    }

    /// Says a line, or presses a button: `#1` is the first one of the latest keyboard.
    pub(super) async fn enter(&mut self, line: &str) -> Result<(), Failure> {
        let (user, line) = (self.place.user, line.trim());
        if line.is_empty() {
            return Ok(());
        }
        self.lost = None;
        if let Some(number) = line.strip_prefix('#').and_then(|number| number.parse().ok()) {
            let press = self.button(number).await?;
            return self.portal.act("press", user, press).await.map(drop);
        }
        self.portal.act("say", user, json!({"dialog": self.place.dialog, "text": line})).await.map(drop)
    }

    /// Prints what others say next.
    pub(super) async fn overhear(&mut self) -> Result<(), Failure> {
        loop {
            let change = self.changes.next().await?;
            if self.take(&change) == Meaning::Answer {
                return Ok(());
            }
        }
    }

    /// Prints what is answered, until nothing more is to be expected. Tells whether there was an answer. One that is
    /// not expected is not waited for.
    async fn listen(&mut self, is_expected: bool) -> Result<bool, Failure> {
        let end = Instant::now() + self.patience;
        let mut is_answered = false;
        let mut lull = Instant::now() + LULL;
        loop {
            let is_over = self.under_way.is_empty() && (is_answered || self.lost.is_some() || !is_expected);
            let until = if is_over { lull } else { end };
            match timeout_at(until, self.changes.next()).await {
                Ok(change) => match self.take(&change?) {
                    Meaning::Nothing => {}
                    meaning => {
                        is_answered |= meaning == Meaning::Answer;
                        lull = Instant::now() + LULL;
                    }
                },
                Err(_) => return Ok(is_answered),
            }
        }
    }

    /// Prints a change where it is one for the eye.
    fn take(&mut self, change: &Change) -> Meaning {
        let data = &change.data;
        match change.kind.as_str() {
            "message" => self.hear(data),
            "user" => {
                if let (Some(id), Some(name)) = (number(data, "id"), text(data, "name")) {
                    self.place.names.insert(id, name.to_owned());
                }
                Meaning::Nothing
            }
            "journal" => {
                self.follow(data);
                Meaning::Activity
            }
            "typing" if text(data, "dialog") == Some(&self.place.dialog) => Meaning::Activity,
            _ => Meaning::Nothing,
        }
    }

    fn hear(&mut self, data: &Value) -> Meaning {
        let Some(message) = data.get("message") else { return Meaning::Nothing };
        let is_here = text(message, "dialog") == Some(&self.place.dialog);
        let is_words = matches!(text(data, "change"), Some("new" | "edit"));
        let author = number(message, "author").unwrap_or_default();
        if !is_here || !is_words || author == self.place.user {
            return Meaning::Nothing;
        }
        println!("{}", terminal::show(&self.name(author), message));
        Meaning::Answer
    }

    /// Follows an event or a call to its end.
    fn follow(&mut self, entry: &Value) {
        let Some(id) = number(entry, "id") else { return };
        let error = text(entry, "error");
        if entry.get("status").is_some_and(Value::is_null) && error.is_none() {
            self.under_way.insert(id);
            return;
        }
        self.under_way.remove(&id);
        if let (Some("event"), Some(error)) = (text(entry, "kind"), error) {
            let (name, whom) = (text(entry, "name").unwrap_or_default(), text(entry, "who").unwrap_or_default());
            self.lost = Some(format!("{name} to {whom}: {error}"));
        }
    }

    async fn button(&self, number: usize) -> Result<Value, Failure> {
        let history = self.portal.history(self.place.user, &self.place.dialog).await?;
        let messages = history.get("messages").and_then(Value::as_array).cloned().unwrap_or_default();
        let keyboard = |message: &Value| message.get("keyboard")?.as_array().cloned();
        let latest = messages.iter().rev().find_map(|message| Some((message.get("id")?.clone(), keyboard(message)?)));
        let (message, keyboard) = latest.unwrap_or((Value::Null, Vec::new()));
        // Line breaks stand among the buttons.
        let mut buttons = keyboard.iter().enumerate().filter(|(_, button)| button.get("TEXT").is_some());
        match number.checked_sub(1).and_then(|index| buttons.nth(index)) {
            Some((place, _)) => Ok(json!({"message": message, "button": place})),
            None => Err(Failure::Refused(format!("the latest keyboard has no button {number}"))),
        }
    }

    fn silence(&self) -> Failure {
        let Some(lost) = &self.lost else {
            let waited = self.patience.as_secs();
            return Failure::Refused(format!(
                "no answer within {waited} s: `b24 doctor` tells why a bot hears nothing"
            ));
        };
        Failure::Refused(format!("the bot was not reached: {lost}; `b24 doctor` tells more"))
    }

    fn name(&self, id: u64) -> String {
        let names: &BTreeMap<u64, String> = &self.place.names;
        match id {
            0 => "System".to_owned(),
            id => names.get(&id).cloned().unwrap_or_else(|| format!("User {id}")),
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name)?.as_u64()
}
