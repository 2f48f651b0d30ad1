use super::{
    Department, Kind, User, profile,
    sow::{Sower, Sown, keyed, unknown, wrong},
};
use crate::{
    ids::DepartmentId,
    state::{
        ADMIN,
        departments::{self as state, TOP},
        users::{Account, UserKind},
    },
};

/// What somebody may say of being there.
const STATUSES: [&str; 5] = ["", "online", "dnd", "away", "break"];

impl Sower<'_> {
    pub(super) fn departments(&mut self, departments: &[Department]) -> Sown {
        for (key, department) in keyed(departments, "departments") {
            if department.name.is_empty() || self.departments.contains_key(&department.name) {
                return wrong(format!("{key}.name"), "a department needs a name of its own");
            }
            let above = match &department.within {
                Some(name) => Some(self.department(name, &format!("{key}.within"))?),
                None => None,
            };
            // The one above all others is there already.
            let id = if self.departments.is_empty() {
                TOP
            } else {
                let above = above.unwrap_or(TOP);
                self.state.departments.insert(|id| state::Department::new(id, &department.name, Some(above)))
            };
            if let Some(known) = self.state.departments.get_mut(id) {
                known.name.clone_from(&department.name);
            }
            self.departments.insert(department.name.clone(), id);
        }
        Ok(())
    }

    /// Those who head the departments are known only after all people are.
    pub(super) fn heads(&mut self, departments: &[Department]) -> Sown {
        for (key, department) in keyed(departments, "departments") {
            let Some(head) = &department.head else { continue };
            let head = self.user(head, &format!("{key}.head"))?;
            let id = self.department(&department.name, &key)?;
            if let Some(department) = self.state.departments.get_mut(id) {
                department.head = Some(head);
            }
        }
        Ok(())
    }

    fn department(&self, name: &str, key: &str) -> Sown<DepartmentId> {
        let id = self.departments.get(name).copied();
        id.map_or_else(|| wrong(key, unknown("department above", name, self.departments.keys())), Ok)
    }

    pub(super) fn users(&mut self, you: Option<&User>, users: &[User]) -> Sown {
        if let Some(you) = you {
            let dress = self.clothes(you, "you")?;
            if let Some(account) = self.state.users.get_mut(ADMIN) {
                dress(account);
                account.is_admin = true;
            }
        }
        for (key, user) in keyed(users, "users") {
            if user.name.trim().is_empty() || self.users.contains_key(&user.name) {
                return wrong(format!("{key}.name"), "a user needs a name of its own");
            }
            let kind = match user.kind {
                Kind::Employee | Kind::Former => UserKind::Employee,
                Kind::Extranet => UserKind::Extranet,
                Kind::Client => UserKind::Connector,
            };
            let dress = self.clothes(user, &key)?;
            let id = self.state.add_account(kind, dress);
            self.users.insert(user.name.clone(), id);
        }
        Ok(())
    }

    /// What makes an account that of this user.
    fn clothes<'a>(&self, user: &'a User, key: &str) -> Sown<impl FnOnce(&mut Account) + use<'a>> {
        if !["", "F", "M"].contains(&user.gender.as_str()) {
            return wrong(format!("{key}.gender"), "a gender is F or M");
        }
        if !STATUSES.contains(&user.status.as_str()) {
            return wrong(format!("{key}.status"), "a status is online, dnd, away or break");
        }
        let is_of_the_house = matches!(user.kind, Kind::Employee | Kind::Former);
        let mut departments = Vec::new();
        if user.departments.is_empty() && is_of_the_house {
            departments.push(TOP);
        }
        for (key, name) in keyed(&user.departments, &format!("{key}.departments")) {
            departments.push(self.department(name, &key)?);
        }
        let (first, last) = user.name.trim().split_once(' ').unwrap_or((user.name.trim(), ""));
        Ok(move |account: &mut Account| {
            if !first.is_empty() {
                first.clone_into(&mut account.first_name);
                last.trim().clone_into(&mut account.last_name);
            }
            account.active = user.kind != Kind::Former;
            account.is_admin = user.admin;
            account.departments = departments;
            account.position.clone_from(&user.position);
            account.gender.clone_from(&user.gender);
            account.language.clone_from(&user.language);
            account.presence.status.clone_from(&user.status);
            account.fields = profile(&user.profile);
        })
    }
}
