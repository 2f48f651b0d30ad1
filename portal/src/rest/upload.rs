use axum::body::Bytes;
use serde_json::json;

use super::{
    Refusal,
    answer::{Answer, Format, refused, success},
    call::Done,
    stopwatch::Stopwatch,
};
use crate::{
    journal::{Kept, Outcome},
    methods::disk::upload,
    state::{State, disk::Ticket},
};

/// A file that comes to a signed address, noted in the journal like a call.
pub(crate) fn receive(state: &mut State, token: &str, files: Result<Vec<(String, Bytes)>, String>) -> Answer {
    let watch = Stopwatch::start(state);
    let ticket = state.admit_ticket(token).map_err(|why| Refusal::because("ACCESS_DENIED", why.to_string()));
    let who = match &ticket {
        Ok(Ticket::Upload { visitor, .. }) => state.user_name(visitor.user),
        _ => "unknown".to_owned(),
    };
    let request = match &files {
        Ok(files) => files.iter().map(|(name, bytes)| json!({"name": name, "size": bytes.len()})).collect(),
        Err(why) => json!(why),
    };
    let entry = state.note("upload", who, None, Kept::of(&json!({upload::FIELD: request})));
    let result = ticket.and_then(|ticket| {
        let files = files.map_err(|why| Refusal::because("ERROR_ARGUMENT", why))?;
        let lacking = || Refusal::because("ERROR_ARGUMENT", format!("send the file as {}", upload::FIELD));
        let (name, bytes) = files.into_iter().next().ok_or_else(lacking)?;
        upload::receive(state, ticket, &name, bytes)
    });
    let answer = match result {
        Ok(result) => Answer::new(200, success(Done::of(result), &watch)),
        Err(refusal) => refused(state, None, &refusal, Format::Json),
    };
    let error = answer.error().map(str::to_owned);
    state.conclude(entry, Outcome::new(answer.status, &answer.body, error, watch.elapsed()));
    Answer { entry: Some(entry), ..answer }
}
