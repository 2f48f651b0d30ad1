use serde_json::{Value, json};

use super::date;
use crate::{
    ids::UserId,
    state::{
        State,
        users::{Account, Presence, UserKind},
    },
};

/// A user, or null for nobody.
pub(crate) fn user(state: &State, id: UserId) -> Value {
    state.users.get(id).map_or(Value::Null, |account| told(state, account, &account.presence))
}

/// As [`user`], without what changes all the time.
pub(crate) fn user_in_event(state: &State, id: UserId) -> Value {
    let unseen = |presence: &Presence| Presence { idle_since: None, last_seen: None, ..presence.clone() };
    state.users.get(id).map_or(Value::Null, |account| told(state, account, &unseen(&account.presence)))
}

/// Those of them that exist.
pub(crate) fn users(state: &State, ids: impl IntoIterator<Item = UserId>) -> Vec<Value> {
    ids.into_iter().map(|id| user(state, id)).filter(|user| !user.is_null()).collect()
}

fn told(state: &State, account: &Account, presence: &Presence) -> Value {
    let (kind, sign_in) = match account.kind {
        UserKind::Employee => ("employee", "default"),
        UserKind::Extranet => ("extranet", "default"),
        UserKind::Bot => ("bot", "bot"),
        UserKind::Connector => ("extranet", "imconnector"),
    };
    let status = if presence.status.is_empty() { "online" } else { &presence.status };
    json!({
        "id": account.id,
        "active": account.active,
        "name": account.name(),
        "firstName": account.first_name,
        "lastName": account.last_name,
        "workPosition": account.position,
        "color": state.palette.hex(&account.color),
        "avatar": account.picture(),
        "gender": account.gender_letter(),
        "birthday": birthday(account.field("PERSONAL_BIRTHDAY")),
        "extranet": account.kind == UserKind::Extranet,
        "bot": account.is_bot(),
        "connector": account.kind == UserKind::Connector,
        "externalAuthId": sign_in,
        "status": status,
        "idle": date(presence.idle_since),
        "lastActivityDate": date(presence.last_seen),
        "mobileLastDate": false,
        "desktopLastDate": false,
        "absent": date(presence.absent_until),
        "departments": account.departments,
        "phones": phones(account),
        "type": kind,
        "website": account.field("PERSONAL_WWW"),
        "email": account.field("EMAIL"),
    })
}

/// Day and month of `1980-03-15`: `15-03`.
fn birthday(date: &str) -> String {
    let parts = date.get(..10).and_then(|date| date.split_once('-')).and_then(|(_, rest)| rest.split_once('-'));
    parts.map_or_else(String::new, |(month, day)| format!("{day}-{month}"))
}

/// The numbers by which somebody can be called, or false for none.
fn phones(account: &Account) -> Value {
    let numbers = [
        ("personalPhone", "PERSONAL_PHONE"),
        ("personalMobile", "PERSONAL_MOBILE"),
        ("workPhone", "WORK_PHONE"),
        ("innerPhone", "UF_PHONE_INNER"),
    ];
    let known = numbers.map(|(name, field)| (name, account.field(field))).into_iter().filter(|(_, it)| !it.is_empty());
    let known: serde_json::Map<_, _> = known.map(|(name, number)| (name.to_owned(), number.into())).collect();
    if known.is_empty() { Value::Bool(false) } else { known.into() }
}

#[cfg(test)]
mod tests {
    use super::birthday;

    #[test]
    fn a_birthday_hides_the_year() {
        assert_eq!(birthday("1980-03-15"), "15-03");
        assert_eq!((birthday(""), birthday("soon"), birthday("März 1980")), Default::default());
    }
}
