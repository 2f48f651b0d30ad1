//! Open lines and their conversations, in the words of the page.

use serde_json::{Value, json};

use crate::{
    ids::UserId,
    state::{
        State,
        clock::iso,
        lines::{Line, Session, Stage},
    },
};

/// All lines, each with the conversations that `me` has to do with, the newest first.
pub(crate) fn lines(state: &State, me: UserId) -> Value {
    state.lines.lines.values().map(|one| line(state, one, me)).collect()
}

fn line(state: &State, line: &Line, me: UserId) -> Value {
    let sessions = state.lines.sessions.values().rev().filter(|session| session.line == line.id);
    let mine = sessions.filter(|session| state.may_handle(me, session));
    let channels = state.lines.channels.iter().filter(|channel| channel.line == line.id);
    let answers = state.lines.quick_answers.iter().filter(|answer| answer.line == line.id);
    json!({
        "id": line.id,
        "name": line.name(),
        "active": line.is_active(),
        "code": line.code,
        "operators": state.operators(line.id).into_iter().map(|(user, _)| user).collect::<Vec<_>>(),
        "connectors": channels.map(|channel| {
            json!({
                "id": channel.connector,
                "name": state.connector_name(&channel.connector),
                "active": channel.is_active,
            })
        }).collect::<Vec<_>>(),
        "sessions": mine.map(|one| session(state, one, me)).collect::<Vec<_>>(),
        "answers": answers.map(|answer| answer.text.as_str()).collect::<Vec<_>>(),
    })
}

fn session(state: &State, session: &Session, me: UserId) -> Value {
    let (stage, user) = match session.stage {
        Stage::Bot(bot) => ("bot", Some(bot)),
        Stage::Queue => ("queue", None),
        Stage::Operator(user) => ("operator", Some(user)),
        Stage::Closed => ("closed", None),
    };
    json!({
        "id": session.id,
        "dialog": format!("chat{}", session.chat),
        "client": session.client,
        "connector": session.code.connector,
        "stage": stage,
        "user": user,
        "asked": session.asked.contains(&me),
        "joined": state.chats.get(session.chat).is_some_and(|chat| chat.has(me)),
        "pinned": session.is_pinned,
        "silent": session.is_silent,
        "spam": session.is_spam,
        "vote": session.vote,
        "created": iso(session.created),
    })
}
