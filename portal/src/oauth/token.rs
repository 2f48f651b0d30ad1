use std::sync::Arc;

use axum::{
    extract::{Request, State},
    response::Response,
};
use serde_json::{Value, json};

use super::{Params, go_wrong};
use crate::{
    hub::Hub,
    rest::{
        Format, Refusal,
        answer::{Answer, refused},
    },
    state::{self, apps::Grant, clock::seconds},
};

/// `/oauth/token/`: sells a pair of tokens for a code or for a refresh token. GET with a query or POST with a form.
pub(crate) async fn token(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let params = Params::read(request).await;
    let answer = hub.with(|state| match sell(state, &params) {
        Ok(grant) => Answer::new(200, grant),
        Err(refusal) => refused(state, None, &refusal, Format::Json),
    });
    answer.into_response(Format::Json)
}

fn sell(state: &mut state::State, params: &Params) -> Result<Value, Refusal> {
    go_wrong(state, "oauth.token")?;
    let price = match params.need("grant_type")? {
        "authorization_code" => params.need("code"),
        "refresh_token" => params.need("refresh_token"),
        other => Err(Refusal::because("invalid_request", format!("there is no grant_type {other:?}"))),
    }?;
    let (client_id, secret) = (params.need("client_id")?, params.need("client_secret")?);
    let app = state.app_by_client(client_id).filter(|app| app.client_secret == secret);
    // The official PHP client takes whatever mentions a portal for a portal that is not there.
    let app = app.ok_or_else(|| {
        Refusal::because("invalid_client", "no application has this client_id and this client_secret")
    })?;
    params.check_scope(app)?;
    let (app, scope) = (app.id, app.scopes.join(","));
    let grant = match params.need("grant_type")? {
        "authorization_code" => state.redeem(app, price),
        _ => state.refresh(app, price),
    };
    let grant = grant.ok_or_else(|| Refusal::because("invalid_grant", "it is unknown, used or too old"))?;
    Ok(describe(state, &grant, &scope))
}

fn describe(state: &state::State, grant: &Grant, scope: &str) -> Value {
    let endpoint = format!("{}/rest/", state.settings.url());
    json!({
        "access_token": grant.access,
        "refresh_token": grant.refresh,
        "expires": grant.expires.as_second(),
        "expires_in": seconds(state.settings.token_life),
        "client_endpoint": endpoint,
        "server_endpoint": endpoint,
        "domain": state.settings.domain,
        "member_id": state.settings.member_id,
        "scope": scope,
        "status": "L",
        "user_id": grant.user,
    })
}
