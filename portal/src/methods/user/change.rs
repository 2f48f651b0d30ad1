use serde_json::Value;

use super::field;
use crate::{
    ids::{DepartmentId, UserId},
    rest::{Call, Refusal},
    state::{
        Change, State,
        clock::iso,
        users::{Account, UserKind, picture},
    },
};

/// Parameters that are none of the profile.
const OTHER: [&str; 3] = ["ID", "EXTRANET", "SONET_GROUP_ID"];

/// Invites somebody, who joins the portal when signing in for the first time.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let wrong = |why: &str| Refusal::because("ERROR_ARGUMENT", why);
    let email = call.args.text("EMAIL").unwrap_or_default();
    if !is_email(email) {
        return Err(wrong("wrong_email"));
    }
    if state.users.values().any(|account| account.field("EMAIL").eq_ignore_ascii_case(email)) {
        return Err(wrong("A user with this email already exists"));
    }
    let kind = if call.args.flag("EXTRANET") == Some(true) { UserKind::Extranet } else { UserKind::Employee };
    if kind == UserKind::Extranet && !call.args.list("SONET_GROUP_ID").iter().all(|group| group.as_u64() > Some(0)) {
        return Err(Refusal::new("ERROR_NO_GROUP"));
    }
    check_departments(state, call)?;
    let id = state.add_account(kind, |account| account.is_invited = true);
    write(state, call, id);
    Ok(id.into())
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let denied = || Refusal::because("ERROR_CORE", "access_denied");
    let id: UserId = call.args.id("ID").unwrap_or_default();
    let is_person = |account: &&Account| matches!(account.kind, UserKind::Employee | UserKind::Extranet);
    state.users.get(id).filter(is_person).ok_or_else(denied)?;
    if call.args.text("EMAIL").is_some_and(|email| !is_email(email)) {
        return Err(Refusal::because("ERROR_CORE", "wrong_email"));
    }
    check_departments(state, call)?;
    write(state, call, id);
    Ok(true.into())
}

fn is_email(text: &str) -> bool {
    let is_plain = !text.contains(char::is_whitespace);
    is_plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn departments(call: &Call<'_>) -> Vec<DepartmentId> {
    call.args.list("UF_DEPARTMENT").iter().filter_map(Value::as_u64).map(DepartmentId).collect()
}

fn check_departments(state: &State, call: &Call<'_>) -> Result<(), Refusal> {
    match departments(call).iter().find(|id| !state.departments.contains(**id)) {
        Some(id) => Err(Refusal::because("ERROR_CORE", format!("there is no department {id}"))),
        None => Ok(()),
    }
}

/// Writes the fields that the call sent. An empty one is emptied.
fn write(state: &mut State, call: &Call<'_>, id: UserId) {
    let own = field::values(state, &call.others);
    let now = iso(state.clock.now());
    let Some(account) = state.users.get_mut(id) else { return };
    for (name, value) in call.args.0.iter().filter(|(name, _)| !OTHER.contains(&name.as_str())) {
        let text = || value.as_str().unwrap_or_default().to_owned();
        match name.as_str() {
            "ACTIVE" => account.active = value == "Y",
            "NAME" => account.first_name = text(),
            "LAST_NAME" => account.last_name = text(),
            "WORK_POSITION" => account.position = text(),
            "PERSONAL_GENDER" => account.gender = text(),
            "PERSONAL_PHOTO" => account.avatar = content(value),
            "UF_DEPARTMENT" => account.departments = departments(call),
            "WORK_LOGO" => drop(account.fields.insert(name.clone(), picture(&content(value)).into())),
            _ if value.is_null() => drop(account.fields.shift_remove(name)),
            _ => drop(account.fields.insert(name.clone(), value.clone())),
        }
    }
    for (name, value) in own {
        if value.is_null() {
            account.fields.shift_remove(&name);
        } else {
            account.fields.insert(name, value);
        }
    }
    account.fields.insert("TIMESTAMP_X".to_owned(), now.into());
    state.changes.push(Change::User(id));
}

/// The Base64 of a pair of a file's name and its content.
fn content(pair: &Value) -> String {
    let content = pair.as_array().and_then(|pair| pair.last()).or(Some(pair)).and_then(Value::as_str);
    content.unwrap_or_default().to_owned()
}
