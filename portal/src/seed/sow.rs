//! Puts a seed into a state that has nothing but its administrator.

use std::collections::BTreeMap;

use super::{App, Seed, SeedError, Webhook};
use crate::{
    ids::{DepartmentId, UserId},
    portal::NewApp,
    state::{ADMIN, State, apps, secret},
};

/// What a seed calls the administrator.
const YOU: &str = "You";

/// A state that is being filled, and what the names of the seed mean in it.
pub(super) struct Sower<'a> {
    pub(super) state: &'a mut State,
    pub(super) users: BTreeMap<String, UserId>,
    pub(super) departments: BTreeMap<String, DepartmentId>,
}

pub(super) type Sown<T = ()> = Result<T, SeedError>;

pub(super) fn wrong<T>(key: impl Into<String>, problem: impl Into<String>) -> Sown<T> {
    Err(SeedError { key: key.into(), problem: problem.into() })
}

/// The items of a list, each with its key.
pub(super) fn keyed<'a, T>(list: &'a [T], key: &str) -> impl Iterator<Item = (String, &'a T)> {
    list.iter().enumerate().map(move |(index, item)| (format!("{key}[{index}]"), item))
}

impl State {
    /// Puts in what a portal is to start with; a state that has it already stays as it is. After a mistake the state is
    /// of no use.
    pub(crate) fn sow(&mut self, seed: &Seed) -> Sown {
        if self.seeded {
            tracing::info!("the state has been seeded before and stays as it is");
            return Ok(());
        }
        let users = BTreeMap::from([(YOU.to_owned(), ADMIN)]);
        let mut sower = Sower { state: self, users, departments: BTreeMap::new() };
        sower.departments(&seed.departments)?;
        sower.users(seed.you.as_ref(), &seed.users)?;
        sower.heads(&seed.departments)?;
        sower.chats(&seed.chats)?;
        sower.webhooks(&seed.webhooks)?;
        sower.apps(&seed.apps)?;
        self.seeded = true;
        Ok(())
    }
}

impl Sower<'_> {
    /// Somebody by name.
    pub(super) fn user(&self, name: &str, key: &str) -> Sown<UserId> {
        self.users.get(name).copied().map_or_else(|| wrong(key, unknown("user", name, self.users.keys())), Ok)
    }

    /// Several people by name, each once.
    pub(super) fn people(&self, names: &[String], key: &str) -> Sown<Vec<UserId>> {
        let mut people = Vec::new();
        for (key, name) in keyed(names, key) {
            let user = self.user(name, &key)?;
            if people.contains(&user) {
                return wrong(key, format!("{name:?} is there twice"));
            }
            people.push(user);
        }
        Ok(people)
    }

    fn webhooks(&mut self, webhooks: &[Webhook]) -> Sown {
        for (key, webhook) in keyed(webhooks, "webhooks") {
            let user = self.user(&webhook.user, &format!("{key}.user"))?;
            let code = if webhook.code.is_empty() { secret::hex(16) } else { webhook.code.clone() };
            if !code.chars().all(|c| c.is_ascii_alphanumeric()) {
                return wrong(format!("{key}.code"), "a code has letters and digits only");
            }
            let scopes = self.scopes(&webhook.scopes, &format!("{key}.scopes"))?;
            self.state.webhooks.push(apps::Webhook { user, code, scopes });
        }
        Ok(())
    }

    fn apps(&mut self, apps: &[App]) -> Sown {
        for (key, app) in keyed(apps, "apps") {
            if app.name.is_empty() || self.state.apps.values().any(|known| known.name == app.name) {
                return wrong(format!("{key}.name"), "an application needs a name of its own");
            }
            let mut new = NewApp::new(&app.name);
            if !app.scopes.is_empty() {
                new.scopes = self.scopes(&app.scopes, &format!("{key}.scopes"))?;
            }
            let id = self.state.add_app(new);
            let Some(known) = self.state.apps.get_mut(id) else { continue };
            for (own, given) in [(&mut known.client_id, &app.client_id), (&mut known.client_secret, &app.client_secret)]
            {
                if !given.is_empty() {
                    own.clone_from(given);
                }
            }
        }
        Ok(())
    }

    fn scopes(&self, scopes: &[String], key: &str) -> Sown<Vec<String>> {
        for (key, scope) in keyed(scopes, key) {
            if !self.state.spec.methods.values().any(|method| method.scope == *scope) {
                return wrong(key, format!("there is no scope {scope:?}"));
            }
        }
        Ok(scopes.to_vec())
    }
}

/// `there is no user "Bob"; the seed has "Ann Lee", "You"`
pub(super) fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known = known.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    format!("there is no {what} {name:?}; the seed has {}", if known.is_empty() { "none" } else { &known })
}
