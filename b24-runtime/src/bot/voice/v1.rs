use super::Question;
use crate::{
    Client, Error, api,
    message::Reply,
    types::{DialogId, LikeAction, MessageId},
};

/// Adds to a request what belongs to a reply besides its text: three methods take the same parameters.
macro_rules! dress {
    ($request:expr, $reply:ident) => {{
        let mut request = $request;
        if let Some(attach) = $reply.attach {
            request = request.attach(attach);
        }
        if let Some(keyboard) = $reply.keyboard {
            request = request.keyboard(keyboard);
        }
        if let Some(menu) = $reply.menu {
            request = request.menu(menu);
        }
        if $reply.plain_links {
            request = request.url_preview(false);
        }
        request
    }};
}

pub(super) async fn send(client: &Client, dialog: DialogId, reply: Reply) -> Result<MessageId, Error> {
    let mut request = dress!(api::imbot::message::add(dialog, reply.text.to_string()), reply);
    if reply.system {
        request = request.system(true);
    }
    client.call(request).await
}

pub(super) async fn answer(client: &Client, question: Question, reply: Reply) -> Result<MessageId, Error> {
    let request = api::imbot::command::answer(question.command, question.message, reply.text.to_string());
    let mut request = dress!(request, reply);
    if reply.system {
        request = request.system(true);
    }
    client.call(request).await
}

pub(super) async fn edit(client: &Client, message: MessageId, reply: Reply) -> Result<(), Error> {
    let request = dress!(api::imbot::message::update(message).message(reply.text.to_string()), reply);
    client.call(request).await.map(drop)
}

pub(super) async fn delete(client: &Client, message: MessageId) -> Result<(), Error> {
    client.call(api::imbot::message::delete(message)).await.map(drop)
}

pub(super) async fn like(client: &Client, message: MessageId) -> Result<(), Error> {
    client.call(api::imbot::message::like(message).action(LikeAction::Plus)).await.map(drop)
}

pub(super) async fn typing(client: &Client, dialog: DialogId) -> Result<(), Error> {
    client.call(api::imbot::chat::send_typing(dialog)).await.map(drop)
}
