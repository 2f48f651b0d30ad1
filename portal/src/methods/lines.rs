//! `imopenlines.*` and `imconnector.*`: open lines and what connects clients to them.

mod bot;
mod config;
mod connector;
mod crm;
mod dialog;
mod history;
mod message;
mod network;
mod operator;
mod session;

use serde_json::{Value, json};

use super::Table;
use crate::{
    ids::ChatId,
    rest::{Args, Call, Refusal},
    state::{
        State,
        lines::{Obstacle, Target},
    },
};

pub(super) const METHODS: Table = &[
    ("imconnector.activate", connector::activate),
    ("imconnector.chat.name.set", connector::messages::rename_chat),
    ("imconnector.connector.data.set", connector::set_data),
    ("imconnector.delete.messages", connector::messages::delete),
    ("imconnector.list", connector::list),
    ("imconnector.register", connector::register),
    ("imconnector.send.messages", connector::messages::send),
    ("imconnector.send.status.delivery", connector::messages::mark_delivered),
    ("imconnector.send.status.reading", connector::messages::mark_read),
    ("imconnector.status", connector::status),
    ("imconnector.unregister", connector::unregister),
    ("imconnector.update.messages", connector::messages::update),
    ("imopenlines.bot.session.finish", bot::finish),
    ("imopenlines.bot.session.message.send", bot::send),
    ("imopenlines.bot.session.operator", bot::operator),
    ("imopenlines.bot.session.transfer", bot::transfer),
    ("imopenlines.config.add", config::add),
    ("imopenlines.config.delete", config::delete),
    ("imopenlines.config.get", config::get),
    ("imopenlines.config.list.get", config::list::get),
    ("imopenlines.config.path.get", config::path),
    ("imopenlines.config.update", config::update),
    ("imopenlines.crm.chat.get", crm::chats),
    ("imopenlines.crm.chat.getLastId", crm::last_chat),
    ("imopenlines.crm.chat.user.add", crm::add_user),
    ("imopenlines.crm.chat.user.delete", crm::delete_user),
    ("imopenlines.crm.lead.create", crm::create_lead),
    ("imopenlines.crm.message.add", crm::add_message),
    ("imopenlines.dialog.get", dialog::get),
    ("imopenlines.message.quick.save", message::save),
    ("imopenlines.message.session.start", message::start_session),
    ("imopenlines.network.join", network::join),
    ("imopenlines.network.message.add", network::add_message),
    ("imopenlines.operator.another.finish", operator::finish_any),
    ("imopenlines.operator.answer", operator::answer),
    ("imopenlines.operator.finish", operator::finish),
    ("imopenlines.operator.skip", operator::skip),
    ("imopenlines.operator.spam", operator::spam),
    ("imopenlines.operator.transfer", operator::transfer),
    ("imopenlines.revision.get", revision),
    ("imopenlines.session.head.vote", session::grade),
    ("imopenlines.session.history.get", history::get),
    ("imopenlines.session.intercept", session::intercept),
    ("imopenlines.session.join", session::join),
    ("imopenlines.session.mode.pin", session::pin),
    ("imopenlines.session.mode.pinAll", session::pin_all),
    ("imopenlines.session.mode.silent", session::hush),
    ("imopenlines.session.mode.unpinAll", session::unpin_all),
    ("imopenlines.session.open", dialog::open),
    ("imopenlines.session.start", session::start),
];

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
fn revision(state: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(json!({"rest": state.settings.revisions().lines, "web": 1, "mobile": 1}))
}

fn chat(call: &Call<'_>) -> ChatId {
    call.args.id("CHAT_ID").unwrap_or_default()
}

/// `true`, or the refusal with the codes that most of these methods share.
fn done(outcome: Result<(), Obstacle>) -> Result<Value, Refusal> {
    outcome.map(|()| true.into()).map_err(refused)
}

fn refused(obstacle: Obstacle) -> Refusal {
    let code = match obstacle {
        Obstacle::NoChat => "CHAT_ID",
        Obstacle::NotALine => "CHAT_TYPE",
        _ => "ACCESS_DENIED",
    };
    Refusal::because(code, obstacle.to_string()).with_status(400)
}

/// To whom a call hands a conversation: `USER_ID` counts first, then `QUEUE_ID`, then `TRANSFER_ID`.
fn target(args: &Args) -> Result<Target, Refusal> {
    for (name, target) in
        [("USER_ID", (|id| Target::User(id.into())) as fn(u64) -> Target), ("QUEUE_ID", |id| Target::Line(id.into()))]
    {
        match args.number(name) {
            Some(0) => return Err(Refusal::new(format!("{name}_EMPTY"))),
            Some(id) => return Ok(target(id)),
            None if args.has(name) => return Err(Refusal::new(format!("{name}_EMPTY"))),
            None => {}
        }
    }
    let given = match args.value("TRANSFER_ID") {
        Some(Value::Number(user)) => user.as_u64().map(|user| Target::User(user.into())),
        Some(Value::String(text)) => {
            let line = text.trim().strip_prefix("queue").map(str::parse::<u64>);
            let user = || text.trim().parse::<u64>().ok().map(|user| Target::User(user.into()));
            line.map_or_else(user, |line| line.ok().map(|line| Target::Line(line.into())))
        }
        _ => None,
    };
    given.ok_or_else(|| Refusal::new("TRANSFER_ID_EMPTY"))
}
