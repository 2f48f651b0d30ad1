//! What the generator writes for small specs, and that the committed listing is up to date.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod card;
mod diff;
mod documentation;
mod fixture;
mod formatting;
mod golden;
mod import;
mod listing;
mod methods;
mod reference;
mod scopes;
mod search;
mod types;
mod verdicts;
