use super::Question;
use crate::{
    Client, Error,
    api::imbot::v2::{
        chat::{input_action, message},
        command,
    },
    message::Reply,
    types::{DialogId, MessageId, V2Reaction},
};

/// Says what a reply says: three methods take the same fields, each as a type of its own.
macro_rules! dress {
    ($fields:expr, $reply:ident) => {{
        let mut fields = $fields.message($reply.text.to_string());
        if let Some(attach) = $reply.attach {
            fields = fields.attach(attach);
        }
        if let Some(keyboard) = $reply.keyboard {
            fields = fields.keyboard(keyboard);
        }
        if $reply.plain_links {
            fields = fields.url_preview(false);
        }
        fields
    }};
}

pub(super) async fn send(client: &Client, dialog: DialogId, reply: Reply) -> Result<MessageId, Error> {
    let mut fields = dress!(message::SendFields::new(), reply);
    if reply.system {
        fields = fields.system(true);
    }
    if let Some(answered) = reply.answers {
        fields = fields.reply_id(answered);
    }
    client.call(message::send(dialog).fields(fields)).await.map(|sent| sent.id)
}

pub(super) async fn answer(client: &Client, question: Question, reply: Reply) -> Result<(), Error> {
    let mut fields = dress!(command::AnswerFields::new(), reply);
    if reply.system {
        fields = fields.system(true);
    }
    let Question { command, message, dialog } = question;
    client.call(command::answer(command, message, dialog).fields(fields)).await.map(drop)
}

pub(super) async fn edit(client: &Client, message: MessageId, reply: Reply) -> Result<(), Error> {
    let fields = dress!(message::UpdateFields::new(), reply);
    client.call(message::update(message, fields)).await.map(drop)
}

pub(super) async fn delete(client: &Client, message: MessageId) -> Result<(), Error> {
    client.call(message::delete(message)).await.map(drop)
}

pub(super) async fn react(client: &Client, message: MessageId, reaction: V2Reaction) -> Result<(), Error> {
    client.call(message::reaction::add(message, reaction)).await.map(drop)
}

pub(super) async fn typing(client: &Client, dialog: DialogId) -> Result<(), Error> {
    client.call(input_action::notify(dialog)).await.map(drop)
}
