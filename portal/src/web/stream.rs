use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::State,
    response::{
        Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, stream};
use serde_json::{Value, json};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    ask::{Ask, Refused},
    view,
};
use crate::{
    hub::Hub,
    ids::UserId,
    state::{self, Change, messages},
    views,
};

/// The changes from now on, as `user` sees them.
pub(super) async fn open(
    State(hub): State<Arc<Hub>>,
    ask: Ask,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let me = ask.user()?;
    hub.with(|state| state.sign_in(me));
    let changes = hub.watch();
    let events = stream::unfold((hub, changes), move |(hub, mut changes)| async move {
        let event = next(&hub, &mut changes, me).await?;
        Some((Ok(event), (hub, changes)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

async fn next(hub: &Arc<Hub>, changes: &mut Receiver<Change>, me: UserId) -> Option<Event> {
    loop {
        let change = match changes.recv().await {
            // A page that fell behind is cut off: it connects anew and reads the state as it is by then.
            Ok(Change::Closing) | Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            Ok(change) => change,
        };
        if let Some((kind, data)) = hub.with(|state| seen(state, &change, me)) {
            return Some(Event::default().event(kind).data(data.to_string()));
        }
    }
}

/// A change in the words of the page, if it concerns `me`.
fn seen(state: &state::State, change: &Change, me: UserId) -> Option<(&'static str, Value)> {
    let mine = |id| state.chats.get(id).filter(|chat| state.shows(chat, me));
    Some(match change {
        Change::User(id) => match state.users.get(*id) {
            Some(account) => ("user", view::user(state, account)),
            None => ("user_gone", json!({"id": id})),
        },
        Change::Chat(id) => ("dialog", view::dialog(state, mine(*id)?, me)),
        Change::ChatGone { chat, user } if *user == me => ("dialog_gone", json!({"id": format!("chat{chat}")})),
        Change::DialogGone { with, user } if *user == me => ("dialog_gone", json!({"id": with.to_string()})),
        Change::Notices(user) if *user == me => ("notices", json!({"notices": view::notices(state, me)})),
        Change::Notices(_) | Change::ChatGone { .. } | Change::DialogGone { .. } | Change::Closing => return None,
        Change::Placements => ("placements", view::placements(state, me)),
        Change::Message(id, event) => {
            let message = state.messages.get(*id)?;
            let chat = mine(message.chat)?;
            let change = match event {
                messages::Event::New => "new",
                messages::Event::Edit => "edit",
                messages::Event::Delete => "delete",
                messages::Event::Reaction => "reaction",
            };
            ("message", json!({"message": view::message(state, chat, message, me), "change": change}))
        }
        Change::Typing { chat, user } => {
            let chat = mine(*chat).filter(|_| *user != me)?;
            ("typing", json!({"dialog": chat.dialog(me).to_string(), "user": user.0}))
        }
        Change::Busy { chat, user, action, seconds } => {
            let dialog = mine(*chat)?.dialog(me).to_string();
            ("busy", json!({"dialog": dialog, "user": user.0, "action": action, "seconds": seconds}))
        }
        Change::Blocked(id) => {
            mine(state.messages.get(*id)?.chat)?;
            ("blocked", json!({"message": id.0}))
        }
        Change::Commands => ("offers", view::offers(state, me)),
        Change::Lines => ("lines", views::lines(state, me)),
        Change::Journal(id) => ("journal", state.journal.get(*id)?.to_json()),
    })
}
