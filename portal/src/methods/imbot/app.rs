use serde_json::Value;

use super::bot;
use crate::{
    ids::ChatAppId,
    picture,
    rest::{Args, Call, Refusal},
    state::{
        State,
        chat_apps::{AppAction, AppText, ChatApp},
    },
};

/// The size of a page that asks for none, in pixels.
const SIZE: (u64, u64) = (350, 150);
/// The smallest page, in pixels.
const SMALLEST: (u64, u64) = (250, 50);
/// The length of a hash and of the code of an open line.
const CODE: usize = 32;

pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let args = &call.args;
    let action = match script(args) {
        Some(script) => script?,
        None => page(args, None)?,
    };
    if args.list("LANG").is_empty() && !args.flag("HIDDEN").unwrap_or(false) {
        return Err(Refusal::new("LANG_ERROR"));
    }
    let code = args.text_or_empty("CODE");
    let known = state.chat_apps.of(bot.id).find(|app| app.code == code).map(|app| app.id);
    let app = |id| ChatApp {
        id,
        bot: bot.id,
        code,
        action,
        context: args.text("CONTEXT").unwrap_or("ALL").to_owned(),
        icon: icon(args).unwrap_or_default(),
        is_hidden: args.flag("HIDDEN").unwrap_or(false),
        extranet: args.flag("EXTRANET_SUPPORT").unwrap_or(false),
        livechat: args.flag("LIVECHAT_SUPPORT").unwrap_or(false),
        is_popup: args.flag("IFRAME_POPUP").unwrap_or(false),
        texts: texts(args),
    };
    // Registered again, it keeps its number.
    Ok(match known.and_then(|id| state.chat_apps.0.get_mut(id)) {
        Some(known) => {
            *known = app(known.id);
            known.id.into()
        }
        None => state.chat_apps.0.insert(app).into(),
    })
}

/// Where a command and a page are given, the command counts.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = chosen(state, call)?;
    let fields = call.args.object("FIELDS");
    let refused = |mut refusal: Refusal| {
        if refusal.code != "IFRAME_HTTPS" {
            "WRONG_REQUEST".clone_into(&mut refusal.code);
        }
        refusal
    };
    let is_page = ["IFRAME", "IFRAME_WIDTH", "IFRAME_HEIGHT", "HASH"].iter().any(|name| fields.has(name));
    let action = match script(&fields) {
        Some(script) => script.map_err(refused)?,
        None if is_page => page(&fields, Some(&app.action)).map_err(refused)?,
        None => app.action,
    };
    if let Some(app) = state.chat_apps.0.get_mut(app.id) {
        app.action = action;
        app.context = fields.text("CONTEXT").map_or_else(|| app.context.clone(), str::to_owned);
        app.icon = icon(&fields).unwrap_or_else(|| app.icon.clone());
        app.extranet = fields.flag("EXTRANET_SUPPORT").unwrap_or(app.extranet);
        app.livechat = fields.flag("LIVECHAT_SUPPORT").unwrap_or(app.livechat);
        app.is_popup = fields.flag("IFRAME_POPUP").unwrap_or(app.is_popup);
        if !fields.list("LANG").is_empty() {
            app.texts = texts(&fields);
        }
    }
    Ok(true.into())
}

pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = chosen(state, call)?;
    state.chat_apps.0.remove(app.id);
    Ok(true.into())
}

fn chosen(state: &State, call: &Call<'_>) -> Result<ChatApp, Refusal> {
    let owner = call.owner()?;
    let app = call.args.id("APP_ID").and_then(|id: ChatAppId| state.chat_apps.0.get(id));
    let app = app.ok_or_else(|| Refusal::new("CHAT_APP_ID_ERROR"))?;
    let is_own = state.bots.get(&app.bot).is_some_and(|bot| bot.owner == owner);
    if is_own { Ok(app.clone()) } else { Err(Refusal::new("APP_ID_ERROR")) }
}

fn wrong(detail: &str) -> Refusal {
    Refusal::because("PARAMS_ERROR", detail)
}

/// What the click does, where it is a command.
fn script(args: &Args) -> Option<Result<AppAction, Refusal>> {
    let method = args.text("JS_METHOD")?;
    let param = args.text_or_empty("JS_PARAM").trim().to_owned();
    let (is_right, wanted) = match method {
        "PUT" | "SEND" => (is_command(&param), "JS_PARAM is to be a command of Latin letters, digits and - + _ /"),
        "SUPPORT" => (param.chars().count() == CODE, "JS_PARAM is to be the code of an open line, 32 characters"),
        "CALL" => (is_phone(&param), "JS_PARAM is to be a phone number"),
        _ => (false, "JS_METHOD is to be PUT, SEND, CALL or SUPPORT"),
    };
    Some(if is_right { Ok(AppAction::Script { method: method.to_owned(), param }) } else { Err(wrong(wanted)) })
}

fn is_command(text: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-+_/ ".contains(letter);
    !text.is_empty() && text.chars().all(is_allowed)
}

fn is_phone(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
        && text.chars().all(|letter| "0123456789+-() ".contains(letter))
}

/// The page to open. What is not sent stays as it was.
fn page(args: &Args, before: Option<&AppAction>) -> Result<AppAction, Refusal> {
    let (old_url, old_size, old_hash) = match before {
        Some(AppAction::Page { url, width, height, hash }) => (url.as_str(), (*width, *height), hash.as_str()),
        _ => ("", SIZE, ""),
    };
    let url = args.text("IFRAME").unwrap_or(old_url).to_owned();
    let hash = args.text("HASH").unwrap_or(old_hash).to_owned();
    let width = args.number("IFRAME_WIDTH").unwrap_or(old_size.0);
    let height = args.number("IFRAME_HEIGHT").unwrap_or(old_size.1);
    if url.is_empty() {
        return Err(wrong("IFRAME is missing or empty"));
    }
    if !is_safe(&url) {
        return Err(Refusal::new("IFRAME_HTTPS"));
    }
    // An update may give a shorter one.
    let shortest = if before.is_some() { 1 } else { CODE };
    if !(shortest..=CODE).contains(&hash.chars().count()) {
        return Err(Refusal::because("HASH_ERROR", "HASH is to have 32 characters"));
    }
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return Err(wrong("a page is at least 250 pixels wide and 50 pixels high"));
    }
    Ok(AppAction::Page { url, width, height, hash })
}

/// Whether browsers trust an address: HTTPS, or this very machine, for which nobody gives out certificates.
fn is_safe(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&url.host_str().unwrap_or_default());
    url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && is_here))
}

fn icon(args: &Args) -> Option<String> {
    args.text("ICON_FILE").and_then(|icon| picture::checked(icon).ok()).map(str::to_owned)
}

fn texts(args: &Args) -> Vec<AppText> {
    let text = |value: &Value| {
        let args = Args(value.as_object().cloned().unwrap_or_default());
        AppText {
            language: args.text_or_empty("LANGUAGE_ID"),
            title: args.text_or_empty("TITLE"),
            description: args.text_or_empty("DESCRIPTION"),
            copyright: args.text_or_empty("COPYRIGHT"),
        }
    };
    args.list("LANG").iter().map(text).collect()
}
