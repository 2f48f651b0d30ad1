use serde_json::Value;

use crate::{
    ids::UserId,
    state::{
        State,
        users::{Account, UserKind},
    },
    views,
};

/// What the older API tells of a user and this one does not.
const DROPPED: [&str; 3] = ["network", "avatarHr", "botData"];
/// What changes all the time; events leave it open.
const MOMENTARY: [&str; 4] = ["idle", "lastActivityDate", "mobileLastDate", "desktopLastDate"];

/// `V2User`, or null for nobody.
pub(crate) fn user(state: &State, id: UserId) -> Value {
    let Some(account) = state.users.get(id) else { return Value::Null };
    let Value::Object(mut view) = views::camel(views::user(state, id)) else { return Value::Null };
    for name in DROPPED {
        view.shift_remove(name);
    }
    if let Some(phones) = view.get_mut("phones") {
        *phones = views::camel(phones.take());
    }
    view.insert("type".to_owned(), kind(account).into());
    view.into()
}

/// As [`user`], without what changes all the time.
pub(crate) fn user_in_event(state: &State, id: UserId) -> Value {
    let mut view = user(state, id);
    if view.is_object() {
        for name in MOMENTARY {
            view[name] = false.into();
        }
    }
    view
}

/// Those of them that exist.
pub(crate) fn users(state: &State, ids: impl IntoIterator<Item = UserId>) -> Vec<Value> {
    ids.into_iter().map(|id| user(state, id)).filter(|user| !user.is_null()).collect()
}

fn kind(account: &Account) -> &'static str {
    match account.kind {
        UserKind::Employee => "employee",
        UserKind::Extranet | UserKind::Connector => "extranet",
        UserKind::Bot => "bot",
    }
}
