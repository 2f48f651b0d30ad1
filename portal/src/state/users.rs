use super::State;
use crate::ids::UserId;

/// A person or a bot.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: UserId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) position: String,
    pub(crate) gender: String,
    /// The name of a colour, `MINT`.
    pub(crate) color: String,
    /// A picture in Base64, or empty.
    pub(crate) avatar: String,
    pub(crate) is_bot: bool,
}

impl Account {
    /// `F` or `M`, which the platform takes whoever said nothing for.
    pub(crate) fn gender_letter(&self) -> &'static str {
        if self.gender == "F" { "F" } else { "M" }
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

impl State {
    /// The person with this full name, made if there is none yet.
    pub(crate) fn person(&mut self, name: &str) -> UserId {
        let known = self.users.values().find(|user| !user.is_bot && user.name() == name.trim());
        if let Some(user) = known {
            return user.id;
        }
        let (first, last) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
        let (first, last) = (first.to_owned(), last.trim().to_owned());
        self.add_account(|id| Account {
            id,
            first_name: first,
            last_name: last,
            position: String::new(),
            gender: String::new(),
            color: String::new(),
            avatar: String::new(),
            is_bot: false,
        })
    }

    pub(crate) fn add_account(&mut self, account: impl FnOnce(UserId) -> Account) -> UserId {
        let id = self.users.insert(account);
        let color = self.palette.pick(id.0);
        if let Some(user) = self.users.get_mut(id)
            && user.color.is_empty()
        {
            user.color = color;
        }
        self.changes.push(super::Change::User(id));
        id
    }

    pub(crate) fn user_name(&self, id: UserId) -> String {
        self.users.get(id).map_or_else(|| format!("user {id}"), Account::name)
    }
}
