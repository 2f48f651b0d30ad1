//! The authorization server. A portal of the cloud asks `oauth.bitrix.info`; this one is its own.

mod app;
mod authorize;
mod token;

use axum::body::to_bytes;
use axum::extract::Request;
use serde_json::{Map, Value};

pub(crate) use self::{app::tell as tell_app, authorize::authorize, token::token};
use crate::{
    faults::{Fault, Stage},
    rest::{Refusal, parse_form},
    state::{State, apps::KnownApp},
};

/// A form with a few short fields.
const BODY_LIMIT: usize = 64 * 1024;

/// What a request says, in its address or in a form.
struct Params(Map<String, Value>);

impl Params {
    async fn read(request: Request) -> Self {
        let mut params = parse_form(request.uri().query().unwrap_or_default().as_bytes());
        // A body that cannot be read lacks what it should hold.
        let body = to_bytes(request.into_body(), BODY_LIMIT).await.unwrap_or_default();
        params.extend(parse_form(&body));
        Self(params)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::because("invalid_request", format!("{name} is missing")))
    }

    /// Whoever names scopes cannot have others than the application has.
    fn check_scope(&self, app: &KnownApp) -> Result<(), Refusal> {
        let asked = self.get("scope").unwrap_or_default().split([',', ' ']).filter(|scope| !scope.is_empty());
        match asked.into_iter().find(|scope| !app.scopes.iter().any(|own| own == scope)) {
            Some(scope) => Err(Refusal::because("invalid_scope", format!("the application has no scope {scope:?}"))),
            None => Ok(()),
        }
    }
}

/// Lets go wrong what somebody wants to see go wrong.
fn go_wrong(state: &mut State, name: &str) -> Result<(), Refusal> {
    let faults = state.faults.strike(Stage::Call, name, |fault| matches!(fault, Fault::Error(_)));
    match faults.into_iter().next() {
        Some(Fault::Error(code)) => Err(Refusal::new(code)),
        _ => Ok(()),
    }
}
