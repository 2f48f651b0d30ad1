use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use reqwest::Url;

use super::{Params, go_wrong};
use crate::{
    hub::Hub,
    ids::UserId,
    rest::{Refusal, escape},
    state::{self, apps::KnownApp},
};

/// `/oauth/authorize/`: asks which user of the portal somebody is, and sends the browser back to the application with a
/// code. A program that knows the user already adds `user=5` and is sent back at once.
///
/// What goes wrong is told to the person alone: the application hears nothing of it.
pub(crate) async fn authorize(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let params = Params::read(request).await;
    hub.with(|state| match go_on(state, &params) {
        Ok(response) => response,
        Err(refusal) => {
            let why = escape(&refusal.description(&state.spec, None));
            let page = page(&format!("<h1>No access</h1><p>{why}</p><p><code>{}</code></p>", escape(&refusal.code)));
            let status = StatusCode::from_u16(refusal.status(&state.spec)).unwrap_or(StatusCode::BAD_REQUEST);
            (status, page).into_response()
        }
    })
}

fn go_on(state: &mut state::State, params: &Params) -> Result<Response, Refusal> {
    go_wrong(state, "oauth.authorize")?;
    let client_id = params.need("client_id")?;
    if let Some(other) = params.get("response_type").filter(|kind| *kind != "code") {
        return Err(Refusal::because("invalid_request", format!("there is no response_type {other:?}, only \"code\"")));
    }
    let app = state.app_by_client(client_id).cloned();
    let app = app.ok_or_else(|| Refusal::because("invalid_client", "the portal has no such application"))?;
    params.check_scope(&app)?;
    let Some(user) = params.get("user") else { return Ok(question(state, &app, params).into_response()) };
    let user = user.parse().ok().map(UserId).filter(|user| people(state).any(|(id, _)| id == *user));
    let user = user.ok_or_else(|| Refusal::because("invalid_request", "the portal has no such user"))?;
    let code = state.authorize(app.id, user);
    match params.get("redirect_uri").map(str::to_owned).or(app.redirect_uri.clone()) {
        Some(address) => Ok(back(state, &app, &address, &code, params.get("state"))?),
        None => Ok(page(&format!("<h1>Your code</h1><p>Give it to {}: <code>{code}</code></p>", escape(&app.name)))
            .into_response()),
    }
}

/// Those who could sit in front of the browser.
fn people(state: &state::State) -> impl Iterator<Item = (UserId, String)> {
    let people = state.users.values().filter(|user| user.active && !user.is_bot());
    people.map(|user| (user.id, user.name()))
}

fn question(state: &state::State, app: &KnownApp, params: &Params) -> Html<String> {
    let kept = params.0.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    let kept: String = kept.map(|(name, value)| hidden(name, value)).collect();
    let button = |(id, name): (UserId, String)| format!("<button name=user value={id}>{}</button>\n", escape(&name));
    let people = people(state).map(button).collect::<Vec<_>>().concat();
    let (name, scopes) = (escape(&app.name), escape(&app.scopes.join(", ")));
    page(&format!(
        "<h1>{name}</h1><p>wants to act in your name on this portal ({scopes}).</p>\
         <form><p>Who are you?</p>{kept}{people}</form>"
    ))
}

/// Brings a parameter along to the next request.
fn hidden(name: &str, value: &str) -> String {
    format!("<input type=hidden name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// To the application, with the code and what it needs to know of the portal.
fn back(
    state: &state::State,
    app: &KnownApp,
    address: &str,
    code: &str,
    memo: Option<&str>,
) -> Result<Response, Refusal> {
    let mut url = Url::parse(address)
        .map_err(|_| Refusal::because("invalid_request", format!("redirect_uri is no address: {address:?}")))?;
    let settings = &state.settings;
    url.query_pairs_mut().append_pair("code", code);
    if let Some(memo) = memo {
        url.query_pairs_mut().append_pair("state", memo);
    }
    url.query_pairs_mut()
        .append_pair("domain", &settings.domain)
        .append_pair("member_id", &settings.member_id)
        .append_pair("scope", &app.scopes.join(","))
        .append_pair("server_domain", &settings.domain);
    Ok((StatusCode::FOUND, [(header::LOCATION, url.to_string())]).into_response())
}

fn page(body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta name=color-scheme content=\"light dark\"><title>Authorization</title>\
         <style>body{{font:1rem/1.5 system-ui;max-width:24rem;margin:10vh auto;padding:0 1rem}}\
         button{{display:block;width:100%;margin:.5rem 0;padding:.6rem;font:inherit}}</style>{body}"
    ))
}
