use serde_json::{Map, Value};

use crate::{
    ids::UserId,
    state::State,
    views::{self, Depth},
};

const USER_ADD: &str = "ONUSERADD";
/// What the event tells of a user, as far as the application may know it.
const TOLD: [&str; 10] = [
    "EMAIL", "NAME", "LAST_NAME", "PERSONAL_GENDER", "PERSONAL_BIRTHDAY", "UF_DEPARTMENT", "DATE_REGISTER",
    "WORK_POSITION", "UF_EMPLOYMENT_DATE", "ID",
];

impl State {
    /// Somebody joined the portal.
    pub(crate) fn announce_user(&mut self, user: UserId) {
        self.happen(USER_ADD, user, |state, app| {
            let depth = state.apps.get(app).and_then(|app| Depth::of(&app.scopes));
            let Some(account) = state.users.get(user) else { return Value::Null };
            let profile = views::profile(state, account);
            let is_told = |name: &String| TOLD.contains(&name.as_str()) && depth.is_some_and(|depth| depth.shows(name));
            let mut data: Map<String, Value> = profile.into_iter().filter(|(name, _)| is_told(name)).collect();
            data.insert("ID".to_owned(), user.into());
            data.insert("ACTIVE".to_owned(), if account.active { "Y" } else { "N" }.into());
            for name in ["PERSONAL_BIRTHDAY", "UF_EMPLOYMENT_DATE"] {
                if let Some(date) = data.get_mut(name) {
                    *date = date.as_str().and_then(|date| date.get(..10)).into();
                }
            }
            data.into()
        });
    }
}
