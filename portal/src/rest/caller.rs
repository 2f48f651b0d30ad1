use serde_json::{Map, Value};

use super::{Args, Refusal, decode::Access};
use crate::{
    ids::{AppId, UserId},
    state::{State, bots::Owner},
};

/// Who is calling, and what it may do.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) entry: Entrance,
    /// Whose rights it has.
    pub(crate) user: UserId,
    pub(crate) scopes: Vec<String>,
}

/// Which way a call came in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Entrance {
    App(AppId),
    Webhook(String),
}

impl Caller {
    pub(super) fn identify(state: &State, access: &Access) -> Result<Self, Refusal> {
        match access {
            Access::Nothing => Err(Refusal::new("NO_AUTH_FOUND")),
            Access::Token(token) => {
                let grant = state.grants.by_access(token).ok_or_else(|| Refusal::new("invalid_token"))?;
                if grant.expires <= state.clock.now() {
                    return Err(Refusal::new("expired_token"));
                }
                let app = state.apps.get(grant.app).ok_or_else(|| Refusal::new("invalid_token"))?;
                works_here(state, grant.user, "user_access_error")?;
                Ok(Self { entry: Entrance::App(app.id), user: grant.user, scopes: app.scopes.clone() })
            }
            Access::Webhook { user, code } => {
                let known = state.webhooks.iter().find(|webhook| webhook.user == *user && webhook.code == *code);
                let webhook = known.ok_or_else(|| Refusal::new("INVALID_CREDENTIALS"))?;
                works_here(state, webhook.user, "INVALID_CREDENTIALS")?;
                Ok(Self { entry: Entrance::Webhook(code.clone()), user: webhook.user, scopes: webhook.scopes.clone() })
            }
        }
    }

    pub(super) fn is_admin(&self, state: &State) -> bool {
        state.is_admin(self.user)
    }

    pub(crate) fn may_use(&self, scope: &str) -> bool {
        scope.is_empty() || self.scopes.iter().any(|own| own == scope)
    }

    /// Whose bots the call is about. A webhook client has to say which of them it is.
    pub(crate) fn owner(&self, args: &Args) -> Result<Owner, Refusal> {
        match &self.entry {
            Entrance::App(app) => Ok(Owner::App(*app)),
            Entrance::Webhook(_) => match args.text("CLIENT_ID") {
                Some(client) if !client.is_empty() => Ok(Owner::Client(client.to_owned())),
                _ => Err(Refusal::because("ACCESS_DENIED", "Client ID not specified")),
            },
        }
    }

    /// The application, where one is calling.
    pub(crate) fn app(&self) -> Result<AppId, Refusal> {
        match self.entry {
            Entrance::App(app) => Ok(app),
            Entrance::Webhook(_) => Err(Refusal::because("ACCESS_DENIED", "only an application can call this")),
        }
    }

    /// What the journal calls it: the bot where it is known, else the application or the webhook.
    pub(super) fn name(&self, state: &State, params: &Map<String, Value>) -> String {
        if state.bots.contains_key(&self.user) {
            return state.user_name(self.user);
        }
        let client = params.get("CLIENT_ID").or_else(|| params.get("botToken"));
        match (&self.entry, client.and_then(Value::as_str)) {
            (Entrance::App(app), _) => state.owner_name(&Owner::App(*app)),
            (Entrance::Webhook(_), Some(client)) => state.owner_name(&Owner::Client(client.to_owned())),
            (Entrance::Webhook(_), None) => format!("webhook of {}", state.user_name(self.user)),
        }
    }
}

/// Whoever was dismissed keeps tokens and webhooks, which open nothing any longer.
fn works_here(state: &State, user: UserId, code: &str) -> Result<(), Refusal> {
    let is_dismissed = state.users.get(user).is_some_and(|user| !user.active);
    if is_dismissed { Err(Refusal::because(code, format!("user {user} was dismissed"))) } else { Ok(()) }
}
