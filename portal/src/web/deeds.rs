//! What a person does in the page: `POST /portal/NAME` with a JSON body that says who it is.

mod chats;
mod journal;
mod lines;
mod messages;
mod notices;
mod placements;

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::Value;

use super::ask::{Ask, Refused};
use crate::{hub::Hub, ids::UserId, state};

/// Acts as `user` and tells the page what came of it.
type Deed = fn(&mut state::State, UserId, &Ask) -> Result<Value, Refused>;

type Table = &'static [(&'static str, Deed)];

const TABLES: [Table; 6] =
    [chats::DEEDS, journal::DEEDS, lines::DEEDS, messages::DEEDS, notices::DEEDS, placements::DEEDS];

pub(super) async fn act(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    ask: Ask,
) -> Result<Json<Value>, Refused> {
    let known = TABLES.iter().copied().flatten().find(|(known, _)| *known == name);
    let Some((_, deed)) = known else {
        return Err(Refused::new(StatusCode::NOT_FOUND, format!("nobody can {name} here")));
    };
    let user = ask.user()?;
    hub.with(|state| deed(state, user, &ask)).map(Json)
}
