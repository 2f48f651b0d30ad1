use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{State, departments::TOP};
use crate::ids::{DepartmentId, Dialog, UserId};

/// A person, a bot or a client of an open line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: UserId,
    pub(crate) kind: UserKind,
    /// Whether it still works here; one that does not is seen but cannot do anything.
    pub(crate) active: bool,
    pub(crate) is_admin: bool,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) position: String,
    pub(crate) gender: String,
    /// The name of a colour, `MINT`.
    pub(crate) color: String,
    /// A picture in Base64, or empty.
    pub(crate) avatar: String,
    /// The language of its messenger, or empty for that of the portal.
    pub(crate) language: String,
    pub(crate) departments: Vec<DepartmentId>,
    pub(crate) presence: Presence,
    pub(crate) registered: Timestamp,
    /// Whether it has never come to the portal yet.
    #[serde(default)]
    pub(crate) is_invited: bool,
    /// The dialogs that it searched for, the latest first.
    #[serde(default)]
    pub(crate) searched: Vec<Dialog>,
    /// The rest of the profile, by the names that `user.get` has for it: `EMAIL`, `WORK_PHONE`, `UF_…`.
    pub(crate) fields: Map<String, Value>,
}

/// What kind of user somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum UserKind {
    Employee,
    /// Sees only whom and what it has been let in to.
    Extranet,
    Bot,
    /// Writes through an open line.
    Connector,
}

impl UserKind {
    /// How such a user signs in, the `external_auth_id` on the wire.
    pub(crate) fn way_in(self) -> &'static str {
        match self {
            Self::Employee | Self::Extranet => "default",
            Self::Bot => "bot",
            Self::Connector => "imconnector",
        }
    }
}

/// Whether somebody is there.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Presence {
    /// `online`, `dnd`, `away`, `break`; empty for `online`.
    pub(crate) status: String,
    pub(crate) idle_since: Option<Timestamp>,
    pub(crate) last_seen: Option<Timestamp>,
    pub(crate) absent_until: Option<Timestamp>,
}

impl Account {
    pub(crate) fn new(id: UserId, kind: UserKind, registered: Timestamp) -> Self {
        Self {
            id,
            kind,
            active: true,
            is_admin: false,
            first_name: String::new(),
            last_name: String::new(),
            position: String::new(),
            gender: String::new(),
            color: String::new(),
            avatar: String::new(),
            language: String::new(),
            departments: Vec::new(),
            presence: Presence::default(),
            registered,
            is_invited: false,
            searched: Vec::new(),
            fields: Map::new(),
        }
    }

    /// `F` or `M`, which the platform takes whoever said nothing for.
    pub(crate) fn gender_letter(&self) -> &'static str {
        if self.gender == "F" { "F" } else { "M" }
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    pub(crate) fn is_bot(&self) -> bool {
        self.kind == UserKind::Bot
    }

    /// The picture as an address that a page can show, or nothing.
    pub(crate) fn picture(&self) -> String {
        picture(&self.avatar)
    }

    /// A text of the profile that nothing but `user.get` has a name for, or nothing.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// A picture in Base64 as an address that a page can show; nothing stays nothing.
pub(crate) fn picture(base64: &str) -> String {
    if base64.is_empty() { String::new() } else { format!("data:image/png;base64,{base64}") }
}

impl State {
    /// The person with this full name, made if there is none yet.
    pub(crate) fn person(&mut self, name: &str) -> UserId {
        let known = self.users.values().find(|user| !user.is_bot() && user.name() == name.trim());
        if let Some(user) = known {
            return user.id;
        }
        let (first, last) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
        let (first, last) = (first.to_owned(), last.trim().to_owned());
        self.add_account(UserKind::Employee, |account| {
            account.first_name = first;
            account.last_name = last;
            account.departments = vec![TOP];
            account.is_invited = true;
        })
    }

    /// The words by which somebody is found: names, position, departments.
    pub(crate) fn describe(&self, account: &Account) -> String {
        let departments = account.departments.iter().filter_map(|id| self.departments.get(*id));
        let departments = departments.map(|department| department.name.as_str()).collect::<Vec<_>>().join(" ");
        format!("{} {} {} {departments}", account.name(), account.field("SECOND_NAME"), account.position)
    }

    pub(crate) fn add_account(&mut self, kind: UserKind, dress: impl FnOnce(&mut Account)) -> UserId {
        let now = self.clock.now();
        let id = self.users.insert(|id| Account::new(id, kind, now));
        let color = self.palette.pick(id.0);
        if let Some(account) = self.users.get_mut(id) {
            dress(account);
            if account.color.is_empty() {
                account.color = color;
            }
        }
        self.changes.push(super::Change::User(id));
        id
    }

    pub(crate) fn user_name(&self, id: UserId) -> String {
        self.users.get(id).map_or_else(|| format!("user {id}"), Account::name)
    }

    /// The language in which somebody reads.
    pub(crate) fn language_of(&self, id: UserId) -> &str {
        let own = self.users.get(id).map(|account| account.language.as_str()).filter(|own| !own.is_empty());
        own.unwrap_or(&self.settings.language)
    }
}
