//! What a bot says and does in its dialogs, through the API that it is registered with.

#[expect(deprecated, reason = "this is the older bot API, for the portals that have no other")]
mod v1;
mod v2;

use super::{BotApi, Result};
use crate::{
    Client, Error,
    message::Reply,
    types::{CommandId, DialogId, MessageId, V2Reaction},
};

/// A client that acts as a bot.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub(crate) client: Client,
    pub(crate) api: BotApi,
}

/// A command that waits for its answer, where it was called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub(crate) command: CommandId,
    pub(crate) message: MessageId,
    pub(crate) dialog: DialogId,
}

impl Voice {
    pub(crate) async fn send(&self, dialog: DialogId, reply: Reply) -> Result<MessageId> {
        reply.check()?;
        Ok(match self.api {
            // The second API sends no menus, and the first one takes the same bot.
            BotApi::V2 if reply.menu.is_none() => v2::send(&self.client, dialog, reply).await?,
            BotApi::V1 | BotApi::V2 => v1::send(&self.client, dialog, reply).await?,
        })
    }

    /// Answers a command, also in a chat that the bot is not in.
    pub(crate) async fn answer(&self, question: Question, reply: Reply) -> Result {
        reply.check()?;
        match self.api {
            BotApi::V2 if reply.answers.is_some() => self.send(question.dialog, reply).await.map(drop),
            BotApi::V2 if reply.menu.is_none() => Ok(v2::answer(&self.client, question, reply).await?),
            BotApi::V1 | BotApi::V2 => Ok(v1::answer(&self.client, question, reply).await.map(drop)?),
        }
    }

    /// As [`Voice::answer`], and tells the number of the new message. The second API tells it of messages only.
    pub(crate) async fn answer_told(&self, question: Question, reply: Reply) -> Result<MessageId> {
        match self.api {
            BotApi::V1 => {
                reply.check()?;
                Ok(v1::answer(&self.client, question, reply).await?)
            }
            BotApi::V2 => self.send(question.dialog, reply).await,
        }
    }

    pub(crate) async fn edit(&self, message: MessageId, mut reply: Reply) -> Result {
        reply.check()?;
        // An empty one takes away what was there; one that is left out leaves it.
        reply.attach.get_or_insert_default();
        reply.keyboard.get_or_insert_default();
        match self.api {
            BotApi::V2 if reply.menu.is_none() => v2::edit(&self.client, message, reply).await?,
            BotApi::V1 | BotApi::V2 => {
                reply.menu.get_or_insert_default();
                v1::edit(&self.client, message, reply).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn delete(&self, message: MessageId) -> Result<(), Error> {
        match self.api {
            BotApi::V1 => v1::delete(&self.client, message).await,
            BotApi::V2 => v2::delete(&self.client, message).await,
        }
    }

    pub(crate) async fn react(&self, message: MessageId, reaction: V2Reaction) -> Result<(), Error> {
        match self.api {
            BotApi::V1 => v1::like(&self.client, message).await,
            BotApi::V2 => v2::react(&self.client, message, reaction).await,
        }
    }

    pub(crate) async fn typing(&self, dialog: DialogId) -> Result<(), Error> {
        match self.api {
            BotApi::V1 => v1::typing(&self.client, dialog).await,
            BotApi::V2 => v2::typing(&self.client, dialog).await,
        }
    }
}
