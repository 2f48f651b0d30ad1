use std::{fmt, future::Future};

use super::LineMenu;
use crate::{
    BotApi, BoxFuture, Client, Error, Failure, IntoOutcome, MessageCx, Outcome, Result,
    api::{
        self,
        imopenlines::bot::session::{self, TransferTarget},
    },
    message::Text,
    types::{BotId, ChatId, LineId, UserId},
};

/// What an item of a [`LineMenu`] does.
///
/// One that hands the client over has the bot leave the chat, so that it hears no more of what is said there.
#[derive(Debug)]
pub struct Step<'a> {
    pub(super) deed: Deed<'a>,
    says: Option<Text>,
    shows_menu: bool,
}

pub(super) enum Deed<'a> {
    Stay,
    Open(LineMenu<'a>),
    Back,
    Top,
    Operator,
    Transfer(TransferTarget),
    Bot(String),
    Finish,
    Run(Box<dyn Fn(MessageCx) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'a>),
}

impl<'a> Step<'a> {
    fn new(deed: Deed<'a>) -> Self {
        let shows_menu = matches!(deed, Deed::Stay | Deed::Open(_) | Deed::Back | Deed::Top | Deed::Run(_));
        Self { deed, says: None, shows_menu }
    }

    /// Says something, and shows the menu again.
    pub fn say(text: impl Into<Text>) -> Self {
        Self::new(Deed::Stay).saying(text)
    }

    /// Opens a menu inside this one.
    pub fn open(menu: LineMenu<'a>) -> Self {
        Self::new(Deed::Open(menu))
    }

    /// Goes back to the menu around this one.
    pub fn back() -> Self {
        Self::new(Deed::Back)
    }

    /// Goes back to the menu around all.
    pub fn top() -> Self {
        Self::new(Deed::Top)
    }

    /// Hands the client to whichever operator of the line is free (`imopenlines.bot.session.operator`).
    pub fn operator() -> Self {
        Self::new(Deed::Operator)
    }

    /// Hands the client to the operators of another line (`imopenlines.bot.session.transfer`).
    pub fn line(line: impl Into<LineId>) -> Self {
        Self::new(Deed::Transfer(TransferTarget::QueueId(line.into())))
    }

    /// Hands the client to an operator (`imopenlines.bot.session.transfer`).
    pub fn user(operator: impl Into<UserId>) -> Self {
        Self::new(Deed::Transfer(TransferTarget::UserId(operator.into())))
    }

    /// Hands the client to another bot, by its code: brings it into the chat and leaves (`imbot.v2.Chat.User.add`,
    /// `imbot.chat.user.add`). Where the portal has no bot with this code that works in open lines, the client is told
    /// nothing, and the answer fails.
    pub fn bot(code: impl Into<String>) -> Self {
        Self::new(Deed::Bot(code.into()))
    }

    /// Ends the conversation (`imopenlines.bot.session.finish`).
    pub fn finish() -> Self {
        Self::new(Deed::Finish)
    }

    /// Calls a function, says what it answers, and shows the menu again.
    pub fn run<F, R>(function: impl Fn(MessageCx) -> F + Send + Sync + 'a) -> Self
    where
        F: Future<Output = R> + Send + 'a,
        R: IntoOutcome,
    {
        Self::new(Deed::Run(Box::new(move |cx| {
            let running = function(cx);
            Box::pin(async move { running.await.into_outcome() })
        })))
    }

    /// Says something first.
    pub fn saying(mut self, text: impl Into<Text>) -> Self {
        self.says = Some(text.into());
        self
    }

    /// Does not show the menu afterwards. The client still stands in it.
    pub fn without_menu(mut self) -> Self {
        self.shows_menu = false;
        self
    }

    /// Does it; tells whether the client stays with the bot.
    pub(super) async fn take(&self, cx: &MessageCx, chat: ChatId, menu: Text) -> Result<bool> {
        let shown = Some(menu).filter(|_| self.shows_menu);
        if let Deed::Run(function) = &self.deed {
            self.speak(cx, None).await?;
            cx.act(function(cx.clone()).await?).await?;
            if let Some(menu) = shown {
                cx.reply(menu).await?;
            }
            return Ok(true);
        }
        // Whom to fetch is known before the client is told of it.
        let bot = match &self.deed {
            Deed::Bot(code) => Some(find_bot(cx.client(), code).await?),
            _ => None,
        };
        self.speak(cx, shown).await?;
        match (&self.deed, bot) {
            (Deed::Operator, _) => match cx.client().call(session::operator(chat)).await {
                // Whoever typed 0 was handed over by the platform already.
                Err(error) if error.code() == Some("WRONG_CHAT") => {}
                handed => drop(handed?),
            },
            (Deed::Transfer(target), _) => {
                cx.client().call(session::transfer(target.clone(), chat).leave(true)).await?;
            }
            (Deed::Bot(_), Some(bot)) => invite(cx, chat, bot).await?,
            (Deed::Finish, _) => {
                cx.client().call(session::finish(chat)).await?;
                return Ok(false);
            }
            _ => return Ok(true),
        }
        leave(cx, chat).await;
        Ok(false)
    }

    async fn speak(&self, cx: &MessageCx, menu: Option<Text>) -> Result {
        let text = match (self.says.clone(), menu) {
            (Some(says), Some(menu)) => says.newline().newline().append(menu),
            (Some(text), None) | (None, Some(text)) => text,
            (None, None) => return Ok(()),
        };
        cx.reply(text).await
    }
}

/// Leaves the chat, unless the settings of the line have made the bot leave already.
async fn leave(cx: &MessageCx, chat: ChatId) {
    let left = match cx.api() {
        BotApi::V1 => leave_v1(cx.client(), chat).await,
        BotApi::V2 => cx.client().call(api::imbot::v2::chat::leave(cx.dialog())).await.map(drop),
    };
    if let Err(error) = left {
        tracing::debug!("the bot could not leave a chat that it handed over: {error}");
    }
}

#[expect(deprecated, reason = "this is the older bot API, for the portals that have no other")]
async fn leave_v1(client: &Client, chat: ChatId) -> Result<(), Error> {
    client.call(api::imbot::chat::leave(chat)).await.map(drop)
}

#[expect(deprecated, reason = "the newer bot API tells only the bots of one's own application")]
async fn find_bot(client: &Client, code: &str) -> Result<BotId> {
    let bots = client.call(api::imbot::bot::list()).await?;
    let found = bots.into_iter().find(|(_, bot)| bot.code == code && bot.openline);
    found.map(|(id, _)| id).ok_or_else(|| Failure::new(format!("there is no bot {code} that works in open lines")))
}

#[expect(deprecated, reason = "for the portals that have no other bot API")]
async fn invite(cx: &MessageCx, chat: ChatId, bot: BotId) -> Result {
    let bot = [UserId(bot.0)];
    match cx.api() {
        BotApi::V1 => cx.client().call(api::imbot::chat::user::add(chat, bot)).await.map(drop)?,
        BotApi::V2 => cx.client().call(api::imbot::v2::chat::user::add(cx.dialog(), bot)).await.map(drop)?,
    }
    Ok(())
}

impl fmt::Debug for Deed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stay => f.write_str("Stay"),
            Self::Open(menu) => f.debug_tuple("Open").field(menu).finish(),
            Self::Back => f.write_str("Back"),
            Self::Top => f.write_str("Top"),
            Self::Operator => f.write_str("Operator"),
            Self::Transfer(target) => f.debug_tuple("Transfer").field(target).finish(),
            Self::Bot(code) => f.debug_tuple("Bot").field(code).finish(),
            Self::Finish => f.write_str("Finish"),
            Self::Run(_) => f.write_str("Run"),
        }
    }
}
