use serde_json::{Value, json};

use crate::{
    events::{is_address, name},
    ids::UserId,
    picture,
    rest::{Args, Call, Refusal, answer::php_array},
    state::{
        Change, State,
        bots::{Api, Bot, BotKind, Handlers, NewBot},
        users::Account,
    },
};

/// How many bots an application may have.
const BOTS: usize = 5;

/// The parameter of each address and the event that goes there.
const HANDLERS: [(&str, &str); 5] = [
    ("EVENT_MESSAGE_ADD", name::MESSAGE_ADD),
    ("EVENT_MESSAGE_UPDATE", name::MESSAGE_UPDATE),
    ("EVENT_MESSAGE_DELETE", name::MESSAGE_DELETE),
    ("EVENT_WELCOME_MESSAGE", name::JOIN_CHAT),
    ("EVENT_BOT_DELETE", name::BOT_DELETE),
];

/// The events whose addresses all bots of an application have in common.
const SHARED: [&str; 3] = [name::MESSAGE_ADD, name::JOIN_CHAT, name::BOT_DELETE];

/// The bot that a call is about: the one it names, or else the first of its application.
pub(super) fn chosen(state: &State, call: &Call<'_>) -> Result<Bot, Refusal> {
    let owner = call.owner()?;
    let not_found = || Refusal::new("BOT_ID_ERROR");
    let named = call.args.id("BOT_ID").filter(|id| *id != UserId(0));
    let Some(id) = named else {
        return state.bots_of(&owner).next().cloned().ok_or_else(not_found);
    };
    let bot = state.bots.get(&id).ok_or_else(not_found)?;
    if bot.owner == owner { Ok(bot.clone()) } else { Err(Refusal::new("APP_ID_ERROR")) }
}

pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = call.owner()?;
    let code = call.args.text_or_empty("CODE");
    let kind = match call.args.text("TYPE") {
        Some("H") => BotKind::Human,
        Some("O") => BotKind::OpenLine,
        Some("S") => BotKind::Supervisor,
        _ => BotKind::Bot,
    };
    let openline = kind == BotKind::OpenLine || call.args.flag("OPENLINE").unwrap_or_default();
    let mut handlers = handlers(&call.args)?;
    if matches!(kind, BotKind::Bot | BotKind::Human) && !openline {
        // Such a bot hears of edits and deletions only after `imbot.update` has named an address for them.
        handlers.retain(|event, _| ![name::MESSAGE_UPDATE, name::MESSAGE_DELETE].contains(&event.as_str()));
    }
    let known = state.bots_of(&owner).find(|bot| bot.code == code).map(|bot| bot.id);
    if let Some(id) = known {
        // A repeated registration changes nothing but where the events go.
        if let Some(bot) = state.bots.get_mut(&id) {
            bot.handlers.extend(handlers);
        }
        return Ok(id.into());
    }
    if state.bots_of(&owner).count() >= BOTS {
        return Err(Refusal::new("MAX_COUNT_ERROR"));
    }
    if let Some(first) = state.bots_of(&owner).find(|bot| bot.api == Api::V1) {
        share(first, &handlers)?;
    }
    let properties = call.args.object("PROPERTIES");
    let new = NewBot { owner, api: Api::V1, code, kind, openline, handlers };
    Ok(state.add_bot(new, |account| dress(account, &properties)).into())
}

/// Who says where the events of this API go moves a bot of the second one here.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = chosen(state, call)?;
    let fields = call.args.object("FIELDS");
    let handlers = handlers(&fields)?;
    let code = fields.text("CODE").map_or_else(|| bot.code.clone(), str::to_owned);
    if state.bots_of(&bot.owner).any(|other| other.id != bot.id && other.code == code) {
        return Err(Refusal::because("WRONG_REQUEST", format!("another bot of the application has the code {code:?}")));
    }
    if let Some(account) = state.users.get_mut(bot.id) {
        dress(account, &fields.object("PROPERTIES"));
    }
    if let Some(bot) = state.bots.get_mut(&bot.id) {
        bot.code = code;
        if !handlers.is_empty() {
            bot.api = Api::V1;
            bot.webhook = None;
        }
        bot.handlers.extend(handlers);
    }
    state.changes.push(Change::User(bot.id));
    Ok(true.into())
}

/// The application itself takes its bot away, so it is not told by an event.
pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = chosen(state, call)?;
    state.remove_bot(bot.id);
    Ok(true.into())
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = call.owner()?;
    let bots = state.bots_of(&owner).map(|bot| {
        let openline = if bot.openline { "Y" } else { "N" };
        let data = json!({"ID": bot.id, "NAME": state.user_name(bot.id), "CODE": bot.code, "OPENLINE": openline});
        (bot.id.to_string(), data)
    });
    Ok(php_array(bots.collect()))
}

/// The addresses by event. `EVENT_HANDLER` is the address of all that have none of their own.
fn handlers(args: &Args) -> Result<Handlers, Refusal> {
    let mut handlers = Handlers::new();
    for (param, event) in HANDLERS {
        let Some(url) = args.text(param).or_else(|| args.text("EVENT_HANDLER")) else { continue };
        if !is_address(url) {
            return Err(Refusal::because(format!("{param}_ERROR"), format!("{url:?} is no address to send events to")));
        }
        handlers.insert(event.to_owned(), url.to_owned());
    }
    Ok(handlers)
}

/// A portal keeps one set of addresses for an application: its next bots name those of the first.
fn share(first: &Bot, handlers: &Handlers) -> Result<(), Refusal> {
    let differs =
        |(_, event): &(&str, &str)| SHARED.contains(event) && handlers.get(*event) != first.handlers.get(*event);
    let Some((param, event)) = HANDLERS.into_iter().find(differs) else { return Ok(()) };
    let known = first.handlers.get(event).map_or("nowhere", String::as_str);
    let detail =
        format!("the bots of an application share their addresses; this event of {:?} goes to {known}", first.code);
    Err(Refusal::because(format!("{param}_ERROR"), detail))
}

/// The parts of the profile that were sent. A picture that is none is left out, as the platform does.
fn dress(account: &mut Account, properties: &Args) {
    let pairs = [
        ("NAME", &mut account.first_name),
        ("LAST_NAME", &mut account.last_name),
        ("WORK_POSITION", &mut account.position),
        ("PERSONAL_GENDER", &mut account.gender),
        ("COLOR", &mut account.color),
    ];
    for (name, slot) in pairs {
        if properties.has(name) {
            *slot = properties.text_or_empty(name);
        }
    }
    if let Some(picture) = properties.text("PERSONAL_PHOTO").and_then(|photo| picture::checked(photo).ok()) {
        picture.clone_into(&mut account.avatar);
    }
    for name in ["EMAIL", "PERSONAL_BIRTHDAY", "PERSONAL_WWW"] {
        if properties.has(name) {
            account.fields.insert(name.to_owned(), properties.text_or_empty(name).into());
        }
    }
}
