use std::{collections::BTreeMap, future::Future, sync::Arc};

use super::{
    AppInstalled, AppUpdated, BotDeleted, ChatApp, Command, CommandCalled, ContextGiven, Cx, Failure, InDialog,
    IntoOutcome, Joined, MessageAdded, MessageDeleted, MessageUpdated, OtherEvent, Outcome, Profile, ReactionChanged,
    Result,
};
use crate::{future::BoxFuture, message::Text};

/// A bot: a state and the handlers that `#[bot]` or hand-written code gives it.
///
/// ```
/// use std::sync::Arc;
///
/// use b24_runtime::{Bot, Command, CommandCx, MessageCx, Profile, Router};
///
/// struct Parrot;
///
/// impl Bot for Parrot {
///     fn router() -> Router<Self> {
///         Router::new(Profile::new("parrot", "Parrot"))
///             .command(
///                 Command::new("say").title("en", "Repeat the text").rest_argument::<String>("text"),
///                 |_: Arc<Self>, cx: CommandCx| async move { cx.args().rest::<String>("text") },
///             )
///             .on_message(|_: Arc<Self>, cx: MessageCx| async move { cx.text().to_owned() })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a bot",
    note = "put `#[bot(code = \"…\", name = \"…\")]` on an `impl` block of it"
)]
pub trait Bot: Sized + Send + Sync + 'static {
    /// What the bot is called and what it listens to.
    fn router() -> Router<Self>;
}

/// The handlers of a bot. The macros write one; it can be written by hand as well.
pub struct Router<S> {
    pub(crate) profile: Profile,
    pub(crate) commands: BTreeMap<String, (Command, Handler<S, CommandCalled>)>,
    pub(crate) apps: BTreeMap<String, ChatApp<S>>,
    message: Option<Handler<S, MessageAdded>>,
    message_update: Option<Handler<S, MessageUpdated>>,
    message_delete: Option<Handler<S, MessageDeleted>>,
    join: Option<Handler<S, Joined>>,
    reaction: Option<Handler<S, ReactionChanged>>,
    context: Option<Handler<S, ContextGiven>>,
    install: Option<Handler<S, AppInstalled>>,
    update: Option<Handler<S, AppUpdated>>,
    delete: Option<Handler<S, BotDeleted>>,
    other: Option<Handler<S, OtherEvent>>,
}

pub(crate) type Handler<S, E> = Box<dyn Fn(Arc<S>, Cx<E>) -> BoxFuture<'static, Result<Outcome>> + Send + Sync>;

macro_rules! handlers {
    ($($(#[$doc:meta])* $set:ident, $field:ident: $event:ty;)*) => {$(
        $(#[$doc])*
        pub fn $set<F, R>(mut self, handler: impl Fn(Arc<S>, Cx<$event>) -> F + Send + Sync + 'static) -> Self
        where
            F: Future<Output = R> + Send + 'static,
            R: IntoOutcome,
        {
            self.$field = Some(boxed(handler));
            self
        }
    )*};
}

fn boxed<S, E, F, R>(handler: impl Fn(Arc<S>, Cx<E>) -> F + Send + Sync + 'static) -> Handler<S, E>
where
    F: Future<Output = R> + Send + 'static,
    R: IntoOutcome,
{
    Box::new(move |state, cx| {
        let running = handler(state, cx);
        Box::pin(async move { running.await.into_outcome() })
    })
}

impl<S: Send + Sync + 'static> Router<S> {
    /// A bot that listens to nothing yet.
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            commands: BTreeMap::new(),
            apps: BTreeMap::new(),
            message: None,
            message_update: None,
            message_delete: None,
            join: None,
            reaction: None,
            context: None,
            install: None,
            update: None,
            delete: None,
            other: None,
        }
    }

    /// Adds a command. One of the same name replaces it.
    pub fn command<F, R>(
        mut self,
        command: Command,
        handler: impl Fn(Arc<S>, Cx<CommandCalled>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: IntoOutcome,
    {
        self.commands.insert(command.name.clone(), (command, boxed(handler)));
        self
    }

    /// Adds a chat application. One with the same code replaces it.
    pub fn app(mut self, app: ChatApp<S>) -> Self {
        self.apps.insert(app.code.clone(), app);
        self
    }

    handlers! {
        /// Messages to the bot that are no command of its own (`ONIMBOTV2MESSAGEADD`, `ONIMBOTMESSAGEADD`).
        on_message, message: MessageAdded;
        /// Changed messages (`ONIMBOTV2MESSAGEUPDATE`, `ONIMBOTMESSAGEUPDATE`).
        on_message_update, message_update: MessageUpdated;
        /// Deleted messages (`ONIMBOTV2MESSAGEDELETE`, `ONIMBOTMESSAGEDELETE`).
        on_message_delete, message_delete: MessageDeleted;
        /// Opened dialogs and invitations to chats (`ONIMBOTV2JOINCHAT`, `ONIMBOTJOINCHAT`).
        on_join, join: Joined;
        /// Reactions to the bot's messages (`ONIMBOTV2REACTIONCHANGE`); bot API v1 does not tell of them.
        on_reaction, reaction: ReactionChanged;
        /// Dialogs that were opened with data for the bot (`ONIMBOTV2CONTEXTGET`); bot API v1 does not tell of them.
        on_context, context: ContextGiven;
        /// The installation of the application, after the bot is registered (`ONAPPINSTALL`).
        on_install, install: AppInstalled;
        /// An update of the application (`ONAPPUPDATE`).
        on_update, update: AppUpdated;
        /// The removal of the bot (`ONIMBOTV2DELETE`, `ONIMBOTDELETE`). The portal takes no more calls for it.
        on_delete, delete: BotDeleted;
        /// Events that have no handler of their own, those that this build does not know included.
        on_other, other: OtherEvent;
    }

    /// Runs a command. Who used it wrongly is told how to use it.
    pub(crate) async fn command_called(&self, state: Arc<S>, cx: Cx<CommandCalled>) -> Result {
        let name = &cx.event().name;
        let Some((command, handler)) = self.commands.get(name) else {
            tracing::warn!(command = name, "a command that this bot does not have was called");
            return Ok(());
        };
        match handler(state, cx.clone()).await {
            Ok(outcome) => cx.act(outcome).await,
            Err(Failure::Usage(error)) => {
                let usage = Text::plain(error.to_string()).newline().push(format!("Usage: {}", command.usage()));
                cx.reply(usage).await
            }
            Err(failure) => Err(failure),
        }
    }

    pub(crate) async fn message(&self, state: Arc<S>, cx: Cx<MessageAdded>) -> Result {
        run(self.message.as_ref(), state, cx).await
    }

    pub(crate) async fn message_updated(&self, state: Arc<S>, cx: Cx<MessageUpdated>) -> Result {
        run(self.message_update.as_ref(), state, cx).await
    }

    pub(crate) async fn message_deleted(&self, state: Arc<S>, cx: Cx<MessageDeleted>) -> Result {
        run(self.message_delete.as_ref(), state, cx).await
    }

    pub(crate) async fn joined(&self, state: Arc<S>, cx: Cx<Joined>) -> Result {
        run(self.join.as_ref(), state, cx).await
    }

    pub(crate) async fn reacted(&self, state: Arc<S>, cx: Cx<ReactionChanged>) -> Result {
        run(self.reaction.as_ref(), state, cx).await
    }

    pub(crate) async fn context_given(&self, state: Arc<S>, cx: Cx<ContextGiven>) -> Result {
        run(self.context.as_ref(), state, cx).await
    }

    pub(crate) async fn installed(&self, state: Arc<S>, cx: Cx<AppInstalled>) -> Result {
        run_outside("install", self.install.as_ref(), state, cx).await
    }

    pub(crate) async fn updated(&self, state: Arc<S>, cx: Cx<AppUpdated>) -> Result {
        run_outside("update", self.update.as_ref(), state, cx).await
    }

    pub(crate) async fn deleted(&self, state: Arc<S>, cx: Cx<BotDeleted>) -> Result {
        run_outside("delete", self.delete.as_ref(), state, cx).await
    }

    pub(crate) async fn other(&self, state: Arc<S>, cx: Cx<OtherEvent>) -> Result {
        if self.other.is_none() {
            tracing::debug!(event = cx.event().name, "an event without a handler");
        }
        run_outside("other", self.other.as_ref(), state, cx).await
    }
}

/// Runs a handler whose answer goes to the dialog of the event.
async fn run<S, E: InDialog>(handler: Option<&Handler<S, E>>, state: Arc<S>, cx: Cx<E>) -> Result {
    let Some(handler) = handler else { return Ok(()) };
    cx.act(handler(state, cx.clone()).await?).await
}

/// Runs a handler whose event has no dialog to answer in.
async fn run_outside<S, E>(name: &str, handler: Option<&Handler<S, E>>, state: Arc<S>, cx: Cx<E>) -> Result {
    let Some(handler) = handler else { return Ok(()) };
    if let Outcome::Reply(_) = handler(state, cx).await? {
        tracing::warn!(handler = name, "the answer was dropped: the event has no dialog");
    }
    Ok(())
}
