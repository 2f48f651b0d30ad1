//! Calls to a portal.

mod error;
mod session;
mod transport;

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    request::{Injected, Method, Request},
    types::BotId,
    wire::{FromNode, Node, Params},
};

pub use error::{Cause, Error, Refusal};
pub use session::{AppCredentials, Session};
#[cfg(feature = "imbot")]
pub(crate) use session::{Grant, Keep, RenewalError, Tokens};
pub(crate) use transport::Transport;
#[cfg(feature = "imbot")]
pub(crate) use transport::connections;

/// Makes calls to one portal. Cheap to clone.
///
/// ```no_run
/// # async fn example() -> Result<(), b24_runtime::Error> {
/// use b24_runtime::{Client, api, types::UserId};
///
/// let client = Client::webhook("https://example.bitrix24.com/rest/1/code/")?;
/// let title = client.call(api::imbot::dialog::get(UserId(5))).await?.title;
/// let deals = client.call_raw("crm.deal.list", serde_json::json!({"filter": {">ID": 0}})).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<Transport>,
    identity: Identity,
}

/// On whose behalf a client acts: what it fills in where a call leaves it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) bot: Option<BotId>,
    pub(crate) client_id: Option<String>,
}

impl Client {
    /// A client that calls through an incoming webhook, `https://portal/rest/1/code/`.
    ///
    /// # Errors
    /// When the address is not that of a webhook.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        Ok(Self::over(Transport::new(Session::webhook(address)?)?))
    }

    /// A client that calls with the tokens of an installed application.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(session: Session) -> Result<Self, Error> {
        Ok(Self::over(Transport::new(session)?))
    }

    pub(crate) fn over(transport: Transport) -> Self {
        Self { transport: Arc::new(transport), identity: Identity::default() }
    }

    pub(crate) fn acting_as(&self, identity: Identity) -> Self {
        Self { transport: Arc::clone(&self.transport), identity }
    }

    /// The same client acting as a bot: typed calls that leave `BOT_ID` out get this one.
    pub fn as_bot(&self, bot: BotId) -> Self {
        self.acting_as(Identity { bot: Some(bot), ..self.identity.clone() })
    }

    /// Makes a call and reads the answer.
    ///
    /// # Errors
    /// When the call is not valid (nothing is sent then), the portal cannot be reached or does not answer in time,
    /// the portal refuses, or the answer cannot be read.
    pub async fn call<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        let result = self.execute(R::METHOD, request.into_params()).await?;
        R::Output::from_node(Node::Json(&result)).map_err(|error| Error::new(R::METHOD.name, Cause::Decode(error)))
    }

    /// Makes a call that the bindings do not know, with just these parameters: nothing is filled in, not even the bot.
    /// The answer is what stands under `result`.
    ///
    /// # Errors
    /// As [`Client::call`]; parameters that are not a JSON object are not valid.
    pub async fn call_raw(&self, method: &str, params: Value) -> Result<Value, Error> {
        let params = match params {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            _ => return Err(Error::new(method, Cause::Invalid("the parameters must be a JSON object".to_owned()))),
        };
        self.transport.call(method, None, params).await
    }

    async fn execute(&self, method: &'static Method, mut params: Params) -> Result<Value, Error> {
        self.fill_in(method, &mut params);
        check(method, &params).map_err(|message| Error::new(method.name, Cause::Invalid(message)))?;
        self.transport.call(method.name, Some(method), params.into_map()).await
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
            }
        }
    }
}

/// What can be told to be wrong before anything is sent.
fn check(method: &Method, params: &Params) -> Result<(), String> {
    for need in method.needs {
        let mut parts = need.path.split('.').filter(|part| !part.is_empty());
        let object = match parts.next() {
            None => None,
            Some(first) => {
                let Some(value) = params.get(first) else { continue };
                match parts.try_fold(value, |value, part| value.get(part)) {
                    Some(value) => Some(value),
                    None => continue,
                }
            }
        };
        let has = |name: &&str| match object {
            None => params.has(name),
            Some(value) => value.get(*name).is_some(),
        };
        if !need.of.iter().any(|together| together.iter().all(has)) {
            let choices: Vec<String> = need.of.iter().map(|together| together.join(" with ")).collect();
            let place = if need.path.is_empty() { String::new() } else { format!(" in {}", need.path) };
            return Err(format!("one of {}{place} is needed", choices.join(", ")));
        }
    }
    for limit in method.limits {
        let size = params.get(limit.param).map_or(0, |value| value.to_string().len());
        if size > limit.bytes {
            let (param, most, code) = (limit.param, limit.bytes, limit.code);
            return Err(format!("{param} has {size} bytes, at most {most} are allowed ({code})"));
        }
    }
    Ok(())
}
