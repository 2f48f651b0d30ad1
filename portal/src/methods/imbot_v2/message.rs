use serde_json::{Map, Value, json};

use super::acting::{self, denied, done};
use crate::{
    ids::{ChatId, MessageId},
    methods::content,
    people::repeated,
    rest::{Args, Call, Refusal},
    state::{
        State,
        bots::Bot,
        chats::Denial,
        messages::{Content, Event, Removal},
    },
};

/// How many messages can be forwarded at once.
const FORWARDS: usize = 100;

pub(super) fn send(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let fields = call.args.object("fields");
    let mut content = content::read(&fields, &content::V2);
    let forwards = forwards(state, &bot, &fields)?;
    let is_empty = content.text.is_empty() && content.attach.is_empty();
    if is_empty && forwards.is_empty() {
        return Err(Refusal::new("EMPTY_MESSAGE"));
    }
    let chat = acting::chat(state, &bot, call)?;
    let is_here = |id: &MessageId| state.seen(bot.id, *id).is_ok_and(|message| message.chat == chat);
    content.reply = fields.id("replyId").filter(is_here);
    let sent = (!is_empty).then(|| post(state, chat, &bot, content, &fields.text_or_empty("templateId")));
    let mut map = Map::new();
    let mut forwarded = None;
    for (uuid, origin) in forwards {
        let id = post(state, chat, &bot, origin, &uuid);
        forwarded = forwarded.or(Some(id));
        map.insert(uuid, id.into());
    }
    Ok(json!({"id": sent.or(forwarded), "uuidMap": map}))
}

fn post(state: &mut State, chat: ChatId, bot: &Bot, mut content: Content, uuid: &str) -> MessageId {
    content.files = state.bring_files(bot.id, chat, &content.files);
    let id = state.post(chat, bot.id, content);
    if let Some(message) = state.messages.get_mut(id) {
        uuid.clone_into(&mut message.uuid);
    }
    id
}

/// What to forward, each under its UUID. The bot has to see all of it.
fn forwards(state: &State, bot: &Bot, fields: &Args) -> Result<Vec<(String, Content)>, Refusal> {
    let wanted = fields.object("forwardIds").0;
    if wanted.len() > FORWARDS {
        return Err(Refusal::because("SENDING_FAILED", "at most 100 messages can be forwarded at once"));
    }
    let message = |(uuid, id): (String, Value)| {
        let message = state.seen(bot.id, MessageId(id.as_u64().unwrap_or_default())).map_err(denied)?;
        Ok((uuid, repeated(message)))
    };
    wanted.into_iter().map(message).collect()
}

/// An empty text takes the message away, as everywhere on the platform. A system message is nobody's own.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let message = state.editable(bot.id, named(call)).map_err(denied)?;
    if message.content.is_system {
        return Err(denied(Denial::NotAuthor));
    }
    let id = message.id;
    let fields = call.args.object("fields");
    if fields.has("message") && fields.text("message").is_none() && fields.value("attach").is_none() {
        state.delete(id, Removal::Marked);
    } else {
        let revise = |content: &mut Content| content::revise(content, &fields, &content::V2);
        state.revise(bot.id, id, true, revise).map_err(denied)?;
    }
    Ok(done())
}

/// A bot that manages the chat deletes what others wrote, too. Other bots hear of that.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let message = state.deletable(bot.id, named(call)).map_err(denied)?.clone();
    if message.content.is_system {
        state.managed(bot.id, message.chat).map_err(denied)?;
    }
    let is_complete = call.args.flag("complete").unwrap_or(false);
    state.delete(message.id, if is_complete { Removal::Complete } else { Removal::Marked });
    state.announce_change(&message, Event::Delete);
    Ok(done())
}

pub(super) fn named(call: &Call<'_>) -> MessageId {
    call.args.id("messageId").unwrap_or_default()
}
