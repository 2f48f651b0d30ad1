//! Pages of chat applications: whether the portal signed the request, and what is answered.

use std::{fmt::Write, sync::Arc, time::Duration};

use axum::{
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use md5::{Digest, Md5};
use reqwest::Url;

use super::{core::Core, portals::Portal};
use crate::{
    Bot, Frame,
    bot::Voice,
    types::{DialogId, IframeParams, Language, Secret, UserId},
    wire::{Form, FromNode, Node},
};

/// A person waits for the page.
const TIME_TO_OPEN: Duration = Duration::from_secs(30);

/// Answers the request for a page. `None` where it asks for none.
pub(super) async fn open<B: Bot>(core: &Arc<Core<B>>, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let query = uri.query()?;
    let form = Form::parse(query.as_bytes()).ok()?;
    let params = IframeParams::from_node(Node::from(&form)).ok()?;
    let code = params.app_code.as_deref()?;
    let app = core.router.apps.get(code)?;
    let referrer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let frame = match verified(core, code, &params, referrer) {
        Ok(frame) => Frame { query: pairs(query), ..frame },
        Err(reason) => {
            tracing::warn!(app = code, "the request for a page was refused: {reason}");
            return Some((StatusCode::FORBIDDEN, format!("{reason}\n")).into_response());
        }
    };
    let ancestors = format!("frame-ancestors {}", frame.domain);
    // In a task of its own, so that a panic ends this page and nothing else.
    let opening = tokio::spawn(app.open(Arc::clone(&core.bot), frame));
    let page = match tokio::time::timeout(TIME_TO_OPEN, opening).await {
        Ok(Ok(Ok(page))) => page,
        Ok(Ok(Err(failure))) => return Some(failed(code, &failure.to_string())),
        Ok(Err(panic)) => return Some(failed(code, &panic.to_string())),
        Err(_) => return Some(failed(code, "it took too long")),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, ancestors.as_str()),
        // The address holds signatures: it is told to nobody but the bot itself.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Some((headers, String::from(page)).into_response())
}

fn failed(code: &str, reason: &str) -> Response {
    tracing::error!(app = code, "a page could not be made: {reason}");
    (StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made\n").into_response()
}

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// What the portal signs is its own host and the user, each by itself; what else the request holds is a wish.
fn verified<B: Bot>(
    core: &Core<B>,
    code: &str,
    params: &IframeParams,
    referrer: Option<&str>,
) -> Result<Frame, &'static str> {
    let address = params.domain.as_deref().and_then(|domain| Url::parse(domain).ok());
    let address = address.filter(|url| matches!(url.scheme(), "http" | "https")).ok_or("DOMAIN is no address")?;
    let host = address.host_str().ok_or("DOMAIN is no address")?;
    let domain_hash = params.domain_hash.as_deref().ok_or("DOMAIN_HASH is missing")?;
    let portals = core.portals.all();
    let signed = portals.iter().find(|portal| hash_of(portal, code).is_some_and(|hash| signs(hash, host, domain_hash)));
    let portal = signed.ok_or("DOMAIN_HASH is not that of a portal that has the application")?;
    let registration = portal.installation.registration.as_ref().ok_or("the bot is not registered")?;
    let hash = hash_of(portal, code).ok_or("the application is not registered")?;
    let user = params.user_id.filter(|user| *user != UserId(0)).ok_or("USER_ID is missing")?;
    let user_hash = params.user_hash.as_deref().ok_or("USER_HASH is missing")?;
    if !signs(hash, &user.to_string(), user_hash) {
        return Err("USER_HASH is not that of the user");
    }
    // From the messenger, or from a page that came from here before.
    let own = Url::parse(&core.settings.handler_url).ok();
    let origins = [Some(&address), own.as_ref()].map(|url| url.map(Url::origin));
    let referrer = referrer.and_then(|referrer| Url::parse(referrer).ok()).map(|url| url.origin());
    if referrer.is_none() || !origins.contains(&referrer) {
        return Err("the page was not opened from the portal");
    }
    let dialog = match params.dialog_id.ok_or("DIALOG_ID is missing")? {
        // The messenger names the other side of a private dialog, and for the bot that is the user.
        DialogId::User(other) if other.0 == registration.bot.0 => user.into(),
        dialog => dialog,
    };
    Ok(Frame {
        user,
        dialog,
        language: params.lang.clone().unwrap_or(Language::Other(String::new())),
        message: params.message_id,
        params: params.button_params.clone().unwrap_or_default(),
        domain: address.origin().ascii_serialization(),
        query: Vec::new(),
        voice: Voice { client: portal.client.as_bot(registration.bot), api: registration.api },
        bot: registration.bot,
    })
}

fn hash_of<'a>(portal: &'a Portal, code: &str) -> Option<&'a Secret> {
    portal.installation.registration.as_ref().and_then(|registration| registration.app_hash(code))
}

/// Whether this is the MD5 of a text that the application's secret follows.
fn signs(hash: &Secret, text: &str, signature: &str) -> bool {
    let digest = Md5::new_with_prefix(text).chain_update(hash.expose()).finalize();
    let digits = digest.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    Secret::from(digits).matches(&signature.to_ascii_lowercase())
}
