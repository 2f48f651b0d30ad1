//! Calls to a portal.

mod authorization;
mod batch;
mod bulk;
mod check;
mod effects;
mod error;
mod files;
mod limiter;
mod oauth;
mod pages;
mod retry;
mod revision;
mod session;
mod tally;
mod transport;

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    generated_methods::METHODS,
    request::{Injected, Method, Paged, Request},
    secret::Secret,
    types::BotId,
    wire::{FromNode, Node, Params},
};
use limiter::Priority;
use transport::{Answer, Call, Manner};

pub use authorization::Authorization;
pub use batch::{Batch, Earlier, Requests};
pub use bulk::{Bulk, Progress};
pub(crate) use effects::Effects;
pub use error::{Cause, Error, Refusal};
pub use files::{Content, Download};
pub use limiter::CallLimit;
#[cfg(feature = "imbot")]
pub(crate) use limiter::in_lane;
#[cfg(feature = "imbot")]
pub(crate) use oauth::Price;
pub use oauth::{AppCredentials, Grant, GrantError, Tokens};
pub use pages::Pages;
pub use retry::Repeats;
pub use revision::RevisionPolicy;
pub use session::Session;
#[cfg(feature = "imbot")]
pub(crate) use session::{Purchase, Replace, tell_unkept};
#[cfg(feature = "imbot")]
pub(crate) use tally::OUTCOMES;
pub(crate) use tally::Tally;
pub(crate) use transport::Transport;
#[cfg(feature = "conformance")]
pub(crate) use transport::answered;
#[cfg(feature = "imbot")]
pub(crate) use transport::connections;

/// Makes calls to one portal. Cheap to clone.
///
/// ```no_run
/// # async fn example() -> Result<(), b24_runtime::Error> {
/// use b24_runtime::{Client, api, types::UserId};
///
/// let client = Client::webhook("https://example.bitrix24.com/rest/1/code/")?;
/// let chat = client.call(api::im::chat::add().users([UserId(5)]).title("Release")).await?;
/// let deals = client.call_raw("crm.deal.list", serde_json::json!({"filter": {">ID": 0}})).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<Transport>,
    identity: Identity,
    policy: RevisionPolicy,
    effects: Effects,
    manner: Manner,
}

/// The limits that are kept, where they are not the usual ones, and where calls are counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    pub(crate) limit: Option<CallLimit>,
    pub(crate) tally: Arc<Tally>,
}

/// On whose behalf a client acts: what it fills in where a call leaves it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) bot: Option<BotId>,
    pub(crate) client_id: Option<String>,
    pub(crate) bot_token: Option<Secret>,
}

impl Client {
    /// A client that calls through an incoming webhook, `https://portal/rest/1/code/`.
    ///
    /// # Errors
    /// When the address is not that of a webhook.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Session::webhook(address)?)
    }

    /// A client that calls with the tokens of an installed application.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(session: Session) -> Result<Self, Error> {
        Self::under(session, Conditions::default())
    }

    /// A client for a portal with other limits than the [standard](CallLimit::standard) ones, which hold for every
    /// portal that is not on this machine. All clients of a portal that live in this process share its limits; the
    /// newest one that names them decides.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn limited(session: Session, limit: CallLimit) -> Result<Self, Error> {
        Self::under(session, Conditions { limit: Some(limit), ..Conditions::default() })
    }

    pub(crate) fn under(session: Session, conditions: Conditions) -> Result<Self, Error> {
        let transport = Transport::new(session, conditions)?;
        Ok(Self {
            transport: Arc::new(transport),
            identity: Identity::default(),
            policy: RevisionPolicy::default(),
            effects: Effects::default(),
            manner: Manner::default(),
        })
    }

    pub(crate) fn acting_as(&self, identity: Identity) -> Self {
        Self { identity, ..self.clone() }
    }

    /// The same client, noting what it changes here.
    #[cfg(feature = "imbot")]
    pub(crate) fn noting(&self, effects: Effects) -> Self {
        Self { effects, ..self.clone() }
    }

    /// The same client acting as a bot: typed calls that leave `BOT_ID` out get this one.
    pub fn as_bot(&self, bot: BotId) -> Self {
        self.acting_as(Identity { bot: Some(bot), ..self.identity.clone() })
    }

    /// The same client naming its bot by this token, as `imbot.v2.*` wants it from webhooks: typed calls that leave
    /// `botToken` out get this one.
    pub fn with_bot_token(&self, token: impl Into<Secret>) -> Self {
        self.acting_as(Identity { bot_token: Some(token.into()), ..self.identity.clone() })
    }

    /// The same client for work that nobody waits for: its calls give way to those of others.
    pub fn in_background(&self) -> Self {
        Self { manner: Manner { priority: Priority::Background, ..self.manner }, ..self.clone() }
    }

    /// The same client with another way to treat calls that came to nothing.
    pub fn with_repeats(&self, repeats: Repeats) -> Self {
        Self { manner: Manner { repeats, ..self.manner }, ..self.clone() }
    }

    /// The token by which it names its bot, if it has one.
    #[cfg(feature = "imbot")]
    pub(crate) fn bot_token(&self) -> Option<&Secret> {
        self.identity.bot_token.as_ref()
    }

    /// The same client with another way to treat calls that the portal's revision does not know.
    pub fn with_revision_policy(&self, policy: RevisionPolicy) -> Self {
        Self { policy, ..self.clone() }
    }

    /// Makes a call and reads the answer.
    ///
    /// # Errors
    /// When the call is not valid (nothing is sent then), the portal cannot be reached or does not answer in time,
    /// the portal refuses, or the answer cannot be read.
    pub async fn call<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        let answer = self.execute(R::METHOD, request.into_params()).await?;
        R::Output::from_node(Node::Json(&answer.result))
            .map_err(|error| Error::new(R::METHOD.name, Cause::Decode(error)))
    }

    /// The items of a list, however the method pages it: each page is fetched when its first item is asked for.
    ///
    /// ```no_run
    /// # use b24_runtime::{Client, Error, api};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut found = client.pages(api::im::search::user::list("Ann"));
    /// while let Some(user) = found.next().await {
    ///     println!("{:?}", user?.name);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R::Item> {
        Pages::new(self.clone(), R::METHOD, request.into_params())
    }

    /// Makes a call that the bindings do not know, with just these parameters: nothing is filled in, not even the bot.
    /// The answer is what stands under `result`. Of a method that they do know, what the platform will stop to take is
    /// told to the log.
    ///
    /// # Errors
    /// As [`Client::call`]; parameters that are not a JSON object are not valid.
    pub async fn call_raw(&self, method: &str, params: Value) -> Result<Value, Error> {
        let params = match params {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            _ => return Err(Error::new(method, Cause::Invalid("the parameters must be a JSON object".to_owned()))),
        };
        let params = Params::from(params);
        let known = METHODS.iter().copied().find(|known| known.name.eq_ignore_ascii_case(method));
        let is_idempotent = known.is_some_and(|known| known.idempotent);
        if let Some(known) = known {
            self.transport.notices.tell(check::endings(known, &params));
        }
        let (params, manner) = (params.into_map(), self.manner);
        let call = Call { name: method, method: known, is_idempotent, params, manner };
        self.send(call).await.map(|answer| answer.result)
    }

    async fn execute(&self, method: &'static Method, params: Params) -> Result<Answer, Error> {
        let params = self.prepare(method, params).await?;
        let (name, is_idempotent, manner) = (method.name, method.idempotent, self.manner);
        self.send(Call { name, method: Some(method), is_idempotent, params, manner }).await
    }

    async fn send(&self, call: Call<'_>) -> Result<Answer, Error> {
        self.effects.note(call.is_idempotent, self.transport.call(call)).await
    }

    /// What is sent, unless it can be told beforehand that the portal would refuse it.
    async fn prepare(&self, method: &'static Method, mut params: Params) -> Result<Map<String, Value>, Error> {
        self.fill_in(method, &mut params);
        let notices = check::before_sending(method, &params)
            .map_err(|message| Error::new(method.name, Cause::Invalid(message)))?;
        self.transport.notices.tell(notices);
        self.check_revision(method, &params).await?;
        Ok(params.into_map())
    }

    fn fill_in(&self, method: &Method, params: &mut Params) {
        for inject in method.inject {
            match inject.from {
                Injected::BotId => {
                    if let Some(bot) = self.identity.bot {
                        params.set_default(inject.param, bot);
                    }
                }
                Injected::ClientId => {
                    if let Some(client_id) = &self.identity.client_id {
                        params.set_default(inject.param, client_id.as_str());
                    }
                }
                Injected::BotToken => {
                    if let Some(token) = &self.identity.bot_token {
                        params.set_default(inject.param, token.expose());
                    }
                }
            }
        }
    }
}
