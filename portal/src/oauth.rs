use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::{
    hub::Hub,
    rest::{answer, parse_form},
    state::{self, apps::Grant, clock::seconds},
};

/// A form with four short fields.
const BODY_LIMIT: usize = 64 * 1024;

/// `/oauth/token/`: sells a new pair of tokens for a refresh token. GET with a query or POST with a form.
pub(crate) async fn token(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let mut params = parse_form(request.uri().query().unwrap_or_default().as_bytes());
    // A body that cannot be read lacks what it should hold.
    let body = to_bytes(request.into_body(), BODY_LIMIT).await.unwrap_or_default();
    params.extend(parse_form(&body));
    let (status, body) = match hub.with(|state| refresh(state, &params)) {
        Ok(grant) => (StatusCode::OK, grant),
        Err((code, why)) => (StatusCode::BAD_REQUEST, answer::error(code, why)),
    };
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], Body::from(body.to_string())).into_response()
}

type Error = (&'static str, &'static str);

fn refresh(state: &mut state::State, params: &Map<String, Value>) -> Result<Value, Error> {
    let param = |name: &str| params.get(name).and_then(Value::as_str).filter(|value| !value.is_empty());
    if param("grant_type") != Some("refresh_token") {
        return Err(("invalid_request", "grant_type must be refresh_token"));
    }
    let missing = ("invalid_request", "client_id, client_secret and refresh_token are needed");
    let client_id = param("client_id").ok_or(missing)?;
    let secret = param("client_secret").ok_or(missing)?;
    let token = param("refresh_token").ok_or(missing)?;
    let app = state.app_by_client(client_id).filter(|app| app.client_secret == secret);
    let app = app.ok_or(("invalid_client", "no application has this client_id and client_secret"))?;
    let (app, scope) = (app.id, app.scopes.join(","));
    let grant = state.refresh(app, token).ok_or(("invalid_grant", "the refresh token is unknown, used or too old"))?;
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
