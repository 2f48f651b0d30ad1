use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{Refusal, answer::Format, forms, v3};
use crate::ids::UserId;

/// The largest body in bytes: a file of 100 MB in Base64, and some more.
pub(crate) const BODY_LIMIT: usize = 150 * 1024 * 1024;

/// A call, whatever encoding it came in.
pub(super) struct Incoming {
    /// As written, in any letter case.
    pub(super) method: String,
    pub(super) access: Access,
    pub(super) params: Map<String, Value>,
    pub(super) format: Format,
    /// Whether it is meant for the authorization server.
    pub(super) is_for_authority: bool,
}

/// What a caller shows to be let in.
pub(super) enum Access {
    Webhook { user: UserId, code: String },
    Token(String),
    Nothing,
}

/// Whether the path is one of REST. Nothing has to stand between `rest` and the method: the classic PHP sample forgets
/// the slash.
pub(crate) fn is_call(path: &str) -> bool {
    path.trim_start_matches('/').starts_with("rest")
}

/// The method that an address calls, as written there.
pub(crate) fn method_at(path: &str) -> String {
    target(path).0
}

pub(super) async fn read(request: Request) -> Result<Incoming, (Refusal, Format)> {
    let (method, format, webhook) = target(request.uri().path());
    let is_for_authority = host(&request).starts_with("oauth.");
    let mut params = forms::parse(request.uri().query().unwrap_or_default().as_bytes());
    let bearer = bearer(request.headers());
    if format == Format::V3 {
        // Nothing but the token is read from the address.
        params.retain(|name, _| name == "auth");
        params.extend(v3_body(request, &method).await.map_err(|refusal| (refusal, format))?);
    } else {
        params.extend(body(request).await.map_err(|refusal| (refusal, format))?);
    }
    let token = take_token(&mut params).or(bearer);
    let access = webhook.or_else(|| token.map(Access::Token)).unwrap_or(Access::Nothing);
    Ok(Incoming { method, access, params, format, is_for_authority })
}

/// What the client calls this server.
fn host(request: &Request) -> &str {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    request.uri().host().or(named).unwrap_or_default()
}

/// `/rest/imbot.register.json`, `/rest//imbot.register/`, `/rest/1/code/imbot.register`.
fn target(path: &str) -> (String, Format, Option<Access>) {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("rest").unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (is_v3, parts) = match parts.as_slice() {
        ["api", parts @ ..] => (true, parts),
        parts => (false, parts),
    };
    let (webhook, method) = match parts {
        [user, code, method, ..] => {
            let user = UserId(user.parse().unwrap_or_default());
            (Some(Access::Webhook { user, code: (*code).to_owned() }), *method)
        }
        [.., method] => (None, *method),
        [] => (None, ""),
    };
    let (method, format) = match method.rsplit_once('.') {
        _ if is_v3 => (method, Format::V3),
        Some((name, suffix)) if suffix.eq_ignore_ascii_case("xml") => (name, Format::Xml),
        Some((name, suffix)) if suffix.eq_ignore_ascii_case("json") => (name, Format::Json),
        _ => (method, Format::Json),
    };
    (method.to_owned(), format, webhook)
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// `auth`, which is the token or the whole `auth` block of an event.
fn take_token(params: &mut Map<String, Value>) -> Option<String> {
    let token = match params.shift_remove("auth")? {
        Value::String(token) => token,
        Value::Object(mut block) => block.remove("access_token")?.as_str()?.to_owned(),
        _ => return None,
    };
    (!token.is_empty()).then_some(token)
}

/// JSON, or nothing where there are no parameters. The calls of a batch stand under no name.
async fn v3_body(request: Request, method: &str) -> Result<Map<String, Value>, Refusal> {
    let is_batch = method.eq_ignore_ascii_case("batch");
    let bytes = bytes(request).await?;
    if bytes.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Array(calls)) if is_batch => Ok(Map::from_iter([(String::new(), Value::Array(calls))])),
        Ok(Value::Object(params)) if is_batch => numbered(params),
        Ok(_) if is_batch => Err(v3::no_calls()),
        Ok(Value::Object(params)) => Ok(params),
        Ok(_) => Err(v3::no_json("the body is JSON but not an object")),
        Err(error) => Err(v3::no_json(format!("the body is not JSON: {error}"))),
    }
}

/// A list that became an object, because the token had to stand beside its calls.
fn numbered(mut params: Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let auth = params.shift_remove_entry("auth");
    if params.keys().any(|key| key.parse::<u64>().is_err()) {
        return Err(v3::no_calls());
    }
    let calls = params.into_iter().map(|(_, call)| call).collect();
    Ok(auth.into_iter().chain([(String::new(), calls)]).collect())
}

async fn bytes(request: Request) -> Result<Bytes, Refusal> {
    let too_large = |_| Refusal::because("ERROR_ARGUMENT", format!("the body is larger than {BODY_LIMIT} bytes"));
    to_bytes(request.into_body(), BODY_LIMIT).await.map_err(too_large)
}

async fn body(request: Request) -> Result<Map<String, Value>, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        return multipart(request).await;
    }
    let bytes = bytes(request).await?;
    let looks_like_json = bytes.trim_ascii_start().starts_with(b"{");
    if kind.contains("json") || (kind.is_empty() && looks_like_json) {
        return json(&bytes);
    }
    Ok(forms::parse(&bytes))
}

fn json(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(params)) => Ok(params),
        // `[]` is how PHP writes no parameters.
        Ok(Value::Array(items)) if items.is_empty() => Ok(Map::new()),
        Ok(_) => Err(Refusal::because("ERROR_ARGUMENT", "the body is JSON but not an object")),
        Err(error) => Err(Refusal::because("ERROR_ARGUMENT", format!("the body is not JSON: {error}"))),
    }
}

async fn multipart(request: Request) -> Result<Map<String, Value>, Refusal> {
    let broken = |error: String| Refusal::because("ERROR_ARGUMENT", format!("the multipart body is broken: {error}"));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| broken(error.body_text()))?;
    let mut pairs = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|error| broken(error.body_text()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| broken(error.body_text()))?;
        match (file, String::from_utf8(bytes.to_vec())) {
            (None, Ok(text)) => pairs.push((name, text)),
            (None, Err(_)) => pairs.push((name, BASE64_STANDARD.encode(&bytes))),
            // A file stands where the other encodings have a pair of its name and its Base64.
            (Some(file), _) => {
                pairs.push((format!("{name}[0]"), file));
                pairs.push((format!("{name}[1]"), BASE64_STANDARD.encode(&bytes)));
            }
        }
    }
    Ok(forms::tree(pairs))
}
