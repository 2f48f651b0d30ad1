use b24_spec::Event;
use serde_json::{Value, json};

use crate::{
    events::is_address,
    ids::UserId,
    rest::{Call, Refusal},
    state::{State, subscriptions::Binding},
};

/// The event that an application sends to itself.
const APP_TEST: &str = "ONAPPTEST";

/// What a call wants to bind or unbind.
struct Wish {
    event: String,
    handler: String,
    is_offline: bool,
    /// The user that is named, 0 for nobody; nothing where none is named at all.
    user: Option<UserId>,
}

impl Wish {
    /// Reads it. Whoever is no administrator can only bind what is called for itself.
    fn read(state: &State, call: &Call<'_>) -> Result<Self, Refusal> {
        let args = &call.args;
        let is_offline = args.text("event_type") == Some("offline");
        let user = args.has("auth_type").then(|| args.id("auth_type").unwrap_or_default());
        let denied = |why: &str| Err(Refusal::because("ACCESS_DENIED", format!("Access denied! {why}")));
        if is_offline && !call.is_admin(state) {
            return denied("Only administrators have offline events");
        }
        let is_another = |user: UserId| user != UserId(0) && user != call.user();
        if user.is_some_and(is_another) && !call.is_admin(state) {
            return denied("Only administrators name another user as auth_type");
        }
        let event = args.text_or_empty("event").to_ascii_uppercase();
        Ok(Self { event, handler: args.text_or_empty("handler"), is_offline, user })
    }
}

pub(super) fn bind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let wish = Wish::read(state, call)?;
    let is_it = |event: &&Event| event.name == wish.event || event.aliases.contains(&wish.event);
    let event = state.spec.events.values().find(is_it).map(|event| event.name.clone());
    let event = event.ok_or_else(|| Refusal::new("ERROR_EVENT_NOT_FOUND"))?;
    let handler = if wish.is_offline { String::new() } else { wish.handler };
    if !wish.is_offline && !is_address(&handler) {
        return Err(Refusal::because("ERROR_ARGUMENT", format!("{handler:?} is no address to send events to")));
    }
    let own = Some(call.user()).filter(|_| !call.is_admin(state));
    let options = call.args.object("options");
    let binding = Binding {
        app,
        event,
        handler,
        user: wish.user.filter(|user| *user != UserId(0)).or(own),
        is_offline: wish.is_offline,
        source: call.args.text_or_empty("auth_connector"),
        pause: options.value("minTimeout").and_then(Value::as_i64).unwrap_or(1),
        last_note: None,
    };
    let is_same = |known: &Binding| {
        let has_same_address = known.handler == binding.handler && known.source == binding.source;
        (known.app, known.user, known.is_offline) == (app, binding.user, binding.is_offline)
            && known.event == binding.event
            && has_same_address
    };
    if state.subscriptions.bindings.iter().any(is_same) {
        return Err(Refusal::because("ERROR_CORE", "Unable to set event handler: Handler already binded"));
    }
    state.subscriptions.bindings.push(binding);
    Ok(true.into())
}

/// What the call does not name counts as any.
pub(super) fn unbind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let wish = Wish::read(state, call)?;
    let own = Some(call.user()).filter(|_| !call.is_admin(state));
    let is_any = |wanted: &str, known: &str| wanted.is_empty() || wanted == known;
    let is_meant = |binding: &Binding| {
        binding.app == app
            && binding.is_offline == wish.is_offline
            && is_any(&wish.event, &binding.event)
            && is_any(&wish.handler, &binding.handler)
            && wish.user.is_none_or(|user| binding.user.unwrap_or_default() == user)
            && own.is_none_or(|own| binding.user == Some(own))
    };
    let before = state.subscriptions.bindings.len();
    state.subscriptions.bindings.retain(|binding| !is_meant(binding));
    Ok(json!({"count": before - state.subscriptions.bindings.len()}))
}

/// Whoever is no administrator sees only what is called for itself.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let own = Some(call.user()).filter(|_| !call.is_admin(state));
    let is_shown = |binding: &&Binding| binding.app == app && own.is_none_or(|own| binding.user == Some(own));
    let row = |binding: &Binding| {
        let user = binding.user.unwrap_or_default().to_string();
        let offline = u8::from(binding.is_offline);
        json!({"event": binding.event, "handler": binding.handler, "auth_type": user, "offline": offline})
    };
    Ok(state.subscriptions.bindings.iter().filter(is_shown).map(row).collect())
}

/// The names of events: those of a scope, all, or those of the application's own scopes.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = state.apps.get(call.app()?).ok_or_else(|| Refusal::new("ACCESS_DENIED"))?;
    let wants_all = call.args.value("FULL").and_then(Value::as_bool).unwrap_or(false);
    let is_wanted = |scope: &str| match call.args.text("SCOPE") {
        Some(wanted) => scope == wanted,
        None => wants_all || scope.is_empty() || app.scopes.iter().any(|own| own == scope),
    };
    let events = state.spec.events.values().filter(|event| is_wanted(&event.scope));
    Ok(events.map(|event| event.name.clone()).collect())
}

/// Sends back to the application whatever it was called with.
pub(super) fn test(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let mut query = call.args.0.clone();
    query.extend(call.others.0.clone());
    state.happen_to(call.app()?, APP_TEST, call.user(), &json!({"QUERY": query}));
    Ok(1.into())
}
