use serde_json::{Map, Value, json};

use crate::{
    ids::UserId,
    state::{
        State,
        bots::{Bot, BotKind},
        clock::iso,
        users::{Account, UserKind},
    },
};

/// The telephone numbers by the name in the profile and the name on the wire.
const PHONES: [(&str, &str); 4] = [
    ("WORK_PHONE", "work_phone"),
    ("PERSONAL_MOBILE", "personal_mobile"),
    ("PERSONAL_PHONE", "personal_phone"),
    ("UF_PHONE_INNER", "inner_phone"),
];

/// `ImUser`; nobody is a user with the id 0 and nothing else.
pub(crate) fn user(state: &State, id: UserId) -> Value {
    let Some(account) = state.users.get(id) else { return json!({"id": 0}) };
    let presence = &account.presence;
    let date = |at: Option<jiff::Timestamp>| at.map_or(Value::Bool(false), |at| iso(at).into());
    let status = if presence.status.is_empty() { "online" } else { &presence.status };
    json!({
        "id": account.id,
        "active": account.active,
        "name": account.name(),
        "first_name": account.first_name,
        "last_name": account.last_name,
        "work_position": account.position,
        "color": state.palette.hex(&account.color),
        "avatar": account.picture(),
        "avatar_hr": account.picture(),
        "gender": account.gender_letter(),
        "birthday": birthday(account),
        "extranet": account.kind == UserKind::Extranet,
        "network": false,
        "bot": account.is_bot(),
        "connector": account.kind == UserKind::Connector,
        "external_auth_id": account.kind.way_in(),
        "status": status,
        "idle": date(presence.idle_since),
        "last_activity_date": date(presence.last_seen),
        "mobile_last_date": false,
        "desktop_last_date": false,
        "absent": date(presence.absent_until),
        "departments": account.departments,
        "phones": phones(account),
        "bot_data": state.bots.get(&id).map(bot_data),
        "type": kind(account),
        "website": account.field("PERSONAL_WWW"),
        "email": account.field("EMAIL"),
    })
}

fn kind(account: &Account) -> &'static str {
    match account.kind {
        UserKind::Employee => "user",
        UserKind::Extranet => "extranet",
        UserKind::Bot => "bot",
        UserKind::Connector => "connector",
    }
}

/// `26-01` of `1980-01-26`.
fn birthday(account: &Account) -> String {
    let date = account.field("PERSONAL_BIRTHDAY").get(..10).and_then(|date| date.parse::<jiff::civil::Date>().ok());
    date.map_or_else(String::new, |date| format!("{:02}-{:02}", date.day(), date.month()))
}

/// The numbers that are known, or `false` where none is.
fn phones(account: &Account) -> Value {
    let known = PHONES.iter().filter(|(field, _)| !account.field(field).is_empty());
    let phones: Map<String, Value> =
        known.map(|(field, name)| ((*name).to_owned(), account.field(field).into())).collect();
    if phones.is_empty() { false.into() } else { phones.into() }
}

fn bot_data(bot: &Bot) -> Value {
    let kind = match bot.kind {
        BotKind::Bot => "bot",
        BotKind::Human => "human",
        BotKind::OpenLine => "openline",
        BotKind::Supervisor => "supervisor",
        BotKind::Personal => "personal",
        BotKind::Network => "network",
    };
    json!({
        "code": bot.code,
        "type": kind,
        "app_id": "",
        "is_hidden": bot.is_hidden,
        "is_support_openline": bot.openline,
    })
}
