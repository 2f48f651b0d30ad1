//! What was said, what became of it, and what should have.

use std::collections::HashSet;

use b24_portal::{Entry, Portal};
use serde_json::Value;

/// Everything by the number of the message.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Who said it, in the order in which it was said.
    pub(super) said: Vec<(usize, u64)>,
    /// What the bot answered with 200, or was there to be fetched.
    acknowledged: HashSet<u64>,
    /// What the portal sent and the bot did not take, with what the journal tells of it.
    refused: Vec<(u64, String)>,
    /// What the bot took.
    pub(super) kept: Vec<u64>,
    /// What its handler began with, as often as it did.
    pub(super) runs: Vec<u64>,
    /// In whose dialog an answer stands.
    pub(super) answers: Vec<(usize, u64)>,
    /// What was set aside, and why.
    pub(super) letters: Vec<(u64, String)>,
    /// The answers of which the bot cannot know whether they were given, as the journal tells them.
    unknown: Vec<String>,
}

/// As many entries as the journal keeps.
const JOURNAL: usize = 2000;

impl Ledger {
    /// Reads the journal of the portal.
    pub(super) fn note_portal(&mut self, portal: &Portal, is_fetched: bool) {
        let (calls, events) = (portal.calls(), portal.events());
        assert!(calls.len() + events.len() < JOURNAL, "the journal has forgotten something: fewer messages are enough");
        self.unknown = calls.iter().filter(|call| is_answer(call) && is_unknown(call)).map(Entry::to_string).collect();
        if is_fetched {
            self.acknowledged = self.said.iter().map(|(_, id)| *id).collect();
        }
        for event in &events {
            let Some(id) = message_of(event.request()) else { continue };
            match (event.status(), event.error()) {
                (Some(200), _) => drop(self.acknowledged.insert(id)),
                (_, Some("lost: fault: lose")) => {}
                _ => self.refused.push((id, event.to_string())),
            }
        }
    }

    /// What did not hold, a line each.
    pub(super) fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (index, (person, id)) in self.said.iter().enumerate() {
            let mut complain = |what: &str| {
                let story = self.story(*id);
                complaints.push(format!("line {index}, message {id} of person {person}: {what} ({story})"));
            };
            let count = |all: &[u64]| all.iter().filter(|other| *other == id).count();
            let (kept, runs) = (count(&self.kept), count(&self.runs));
            let answers = self.answers.iter().filter(|answer| *answer == &(*person, *id)).count();
            let letters = self.letters.iter().filter(|(letter, _)| letter == id).count();
            if self.acknowledged.contains(id) != (kept > 0) {
                complain("taken without being acknowledged, or the reverse");
            }
            if kept > 1 || letters > 1 {
                complain("taken more than once");
            }
            if (kept > 0) != (runs > 0) {
                complain("taken and not handled, or the reverse");
            }
            match letters {
                0 if kept > 0 && answers != 1 => complain("handled without an answer, or with several"),
                _ if answers > 1 => complain("answered more than once"),
                _ if kept == 0 && answers > 0 => complain("answered without being taken"),
                _ => {}
            }
        }
        complaints.extend(self.refused.iter().map(|(id, entry)| format!("message {id} was not taken: {entry}")));
        if self.answers.len() > self.kept.len() {
            complaints.push(format!("{} answers to {} messages", self.answers.len(), self.kept.len()));
        }
        // A call whose outcome is unknown is never repeated: each costs one event, and nothing else does.
        if self.letters.len() != self.unknown.len() {
            complaints.push(format!(
                "{} events were set aside for {} answers that may have been given:\n  {:?}\n  {:?}",
                self.letters.len(),
                self.unknown.len(),
                self.letters,
                self.unknown
            ));
        }
        complaints.extend(self.disorder());
        complaints
    }

    /// Dialogs in which the handler did not follow the order in which the events came.
    fn disorder(&self) -> Vec<String> {
        let people: HashSet<usize> = self.said.iter().map(|(person, _)| *person).collect();
        let mut found = Vec::new();
        for person in people {
            let is_here = |id: &&u64| self.said.contains(&(person, **id));
            let came: Vec<u64> = self.kept.iter().filter(is_here).copied().collect();
            let mut handled: Vec<u64> = self.runs.iter().filter(is_here).copied().collect();
            // Run again before the next one is.
            handled.dedup();
            if came != handled {
                found.push(format!("dialog of person {person}: came {came:?}, handled {handled:?}"));
            }
            let answered: Vec<u64> =
                self.answers.iter().filter(|(whose, _)| *whose == person).map(|(_, id)| *id).collect();
            let mut in_order = came.iter();
            if !answered.iter().all(|id| in_order.any(|other| other == id)) {
                found.push(format!("dialog of person {person}: came {came:?}, answered {answered:?}"));
            }
        }
        found
    }

    /// What is known of a message.
    fn story(&self, id: u64) -> String {
        let places = |all: &[u64]| -> Vec<usize> { (0..all.len()).filter(|at| all[*at] == id).collect() };
        let letter = self.letters.iter().find(|(letter, _)| *letter == id).map(|(_, reason)| reason);
        let answers = self.answers.iter().filter(|(_, answer)| *answer == id).count();
        format!(
            "acknowledged {}, taken at {:?}, run at {:?}, {answers} answers, set aside {letter:?}",
            self.acknowledged.contains(&id),
            places(&self.kept),
            places(&self.runs)
        )
    }
}

/// The message that an event of either bot API is about.
fn message_of(event: &Value) -> Option<u64> {
    let data = &event["data"];
    let id = [&data["PARAMS"]["MESSAGE_ID"], &data["message"]["id"]].into_iter().find(|id| !id.is_null())?;
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}

fn is_answer(call: &Entry) -> bool {
    ["imbot.message.add", "imbot.v2.Chat.Message.send"].contains(&call.name())
}

/// Whether the caller cannot know what came of it.
fn is_unknown(call: &Entry) -> bool {
    let faults = ["fault: lose", "fault: lose_answer", "fault: cut", "fault: status=502", "INTERNAL_SERVER_ERROR"];
    call.error().is_some_and(|error| faults.contains(&error))
}
