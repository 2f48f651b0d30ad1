use serde::{Deserialize, Serialize};

use super::{
    State,
    table::Table,
    users::{Account, UserKind},
};
use crate::ids::{DepartmentId, UserId};

/// The structure of the company.
pub(crate) type Departments = Table<DepartmentId, Department>;

/// The department above all others.
pub(crate) const TOP: DepartmentId = DepartmentId(1);
/// The place of a department whose place nobody told.
pub(crate) const USUAL_PLACE: i64 = 500;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Department {
    pub(crate) id: DepartmentId,
    pub(crate) name: String,
    /// Its place among its neighbours.
    pub(crate) sort: i64,
    /// The department above; only the top has none.
    pub(crate) parent: Option<DepartmentId>,
    pub(crate) head: Option<UserId>,
}

impl Department {
    pub(crate) fn new(id: DepartmentId, name: impl Into<String>, parent: Option<DepartmentId>) -> Self {
        Self { id, name: name.into(), sort: USUAL_PLACE, parent, head: None }
    }
}

impl State {
    /// The departments from this one up to the top.
    pub(crate) fn chain(&self, id: DepartmentId) -> impl Iterator<Item = &Department> {
        std::iter::successors(self.departments.get(id), |below| self.departments.get(below.parent?))
    }

    /// `Sales / Company`.
    pub(crate) fn full_name(&self, id: DepartmentId) -> String {
        self.chain(id).map(|department| department.name.as_str()).collect::<Vec<_>>().join(" / ")
    }

    /// Whether a department is the other one or stands somewhere below it.
    pub(crate) fn belongs_to(&self, id: DepartmentId, above: DepartmentId) -> bool {
        self.chain(id).any(|department| department.id == above)
    }

    /// Who works in a department itself, not below it.
    pub(crate) fn employees(&self, id: DepartmentId) -> impl Iterator<Item = &Account> {
        self.staff().filter(move |account| account.departments.contains(&id))
    }

    fn staff(&self) -> impl Iterator<Item = &Account> {
        self.users.values().filter(|account| account.active && account.kind == UserKind::Employee)
    }

    /// Who works with somebody: in the same departments, and who heads them. A head has all who work below it and all
    /// other heads.
    pub(crate) fn colleagues(&self, user: UserId) -> impl Iterator<Item = &Account> {
        let own = self.users.get(user).map(|account| account.departments.clone()).unwrap_or_default();
        let headed: Vec<DepartmentId> =
            self.departments.values().filter(|one| one.head == Some(user)).map(|one| one.id).collect();
        let heads: Vec<UserId> = self
            .departments
            .values()
            .filter(|one| !headed.is_empty() || own.contains(&one.id))
            .filter_map(|one| one.head)
            .collect();
        let works_with = move |account: &&Account| {
            let is_subordinate = |id: &DepartmentId| headed.iter().any(|above| self.belongs_to(*id, *above));
            let is_near = if headed.is_empty() {
                account.departments.iter().any(|id| own.contains(id))
            } else {
                account.departments.iter().any(is_subordinate)
            };
            is_near || heads.contains(&account.id)
        };
        self.staff().filter(move |account| account.id != user).filter(works_with)
    }

    /// Takes a department away. Whoever and whatever was in it moves to the one above. The top stays.
    pub(crate) fn remove_department(&mut self, id: DepartmentId) {
        let Some(above) = self.departments.get(id).and_then(|department| department.parent) else { return };
        self.departments.remove(id);
        for below in self.departments.values_mut().filter(|department| department.parent == Some(id)) {
            below.parent = Some(above);
        }
        for account in self.users.values_mut().filter(|account| account.departments.contains(&id)) {
            account.departments.retain(|department| *department != id);
            if account.departments.is_empty() {
                account.departments.push(above);
            }
        }
    }
}
