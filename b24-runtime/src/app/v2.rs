//! The events of `imbot.v2.*`, however they came.

use std::sync::Arc;

use super::{
    core::{Core, context},
    envelope::Envelope,
    inbox::{Lane, Work},
    portals::Portal,
};
use crate::{
    Bot, BotDeleted, CommandCalled, ContextGiven, Joined, MessageAdded, MessageDeleted, MessageUpdated,
    ReactionChanged,
    bot::FromSecond,
    events::Event,
    types::BotId,
    wire::{DecodeError, Node},
};

/// How the names of these events begin.
pub(super) const SECOND: &str = "ONIMBOTV2";

impl<B: Bot> Core<B> {
    /// What is to be done for an event of the second API.
    pub(super) fn second(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        name: &str,
        envelope: &Arc<Envelope>,
    ) -> Result<Vec<(Lane, Work)>, DecodeError> {
        let data = envelope.data();
        let Some(bot) = self.named(portal, data)? else { return Ok(Vec::new()) };
        macro_rules! handle {
            ($model:ident, $method:ident) => {{
                let event = $model::from_second(data, bot)?;
                Ok(vec![self.in_dialog(portal, event, bot, envelope, |core, cx| {
                    Box::pin(async move { core.router.$method(Arc::clone(&core.bot), cx).await })
                })])
            }};
        }
        match name {
            "ONIMBOTV2MESSAGEADD" => handle!(MessageAdded, message),
            "ONIMBOTV2MESSAGEUPDATE" => handle!(MessageUpdated, message_updated),
            "ONIMBOTV2MESSAGEDELETE" => handle!(MessageDeleted, message_deleted),
            "ONIMBOTV2COMMANDADD" => handle!(CommandCalled, command_called),
            "ONIMBOTV2JOINCHAT" => handle!(Joined, joined),
            "ONIMBOTV2REACTIONCHANGE" => handle!(ReactionChanged, reacted),
            "ONIMBOTV2CONTEXTGET" => handle!(ContextGiven, context_given),
            "ONIMBOTV2DELETE" => Ok(self.gone(portal, bot, Arc::clone(envelope))),
            _ => Event::decode(name, data).map(|event| self.rare(portal, event, Arc::clone(envelope))),
        }
    }

    /// The bot that an event is meant for, if it is ours. One that names none is meant for the only one that there is.
    fn named(&self, portal: &Portal, data: Node<'_>) -> Result<Option<BotId>, DecodeError> {
        let Some(bot) = data.get("bot") else {
            return Ok(portal.installation.registration.as_ref().map(|registration| registration.bot));
        };
        let object = bot.object().map_err(|error| error.at("bot"))?;
        let code: Option<String> = object.get("code").map_err(|error| error.at("bot"))?;
        if code.is_some_and(|code| code != self.router.profile.code) {
            tracing::warn!(code = self.router.profile.code, "an event for another bot came");
            return Ok(None);
        }
        object.need("id").map(Some).map_err(|error| error.at("bot"))
    }

    /// Forgets a bot that was removed, and tells it.
    pub(super) fn gone(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        bot: BotId,
        envelope: Arc<Envelope>,
    ) -> Vec<(Lane, Work)> {
        self.outside(portal, move |core, portal| {
            Box::pin(async move {
                let forgotten = core.portals.change(&portal.installation.member_id, |known| known.registration = None);
                if let Err(error) = forgotten.await {
                    tracing::error!("the removed bot could not be forgotten: {error}");
                }
                let deleted = BotDeleted { code: core.router.profile.code.clone() };
                let cx = context(&portal, deleted, Some(bot), envelope);
                core.router.deleted(Arc::clone(&core.bot), cx).await;
            })
        })
    }
}
