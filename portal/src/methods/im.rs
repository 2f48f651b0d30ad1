//! `im.*`: the messenger in the name of a user.

mod department;
mod find;
mod revision;
mod user;

use super::Table;

pub(super) const METHODS: Table = &[
    ("im.department.colleagues.list", department::colleagues),
    ("im.department.employees.get", department::employees),
    ("im.department.get", department::get),
    ("im.department.managers.get", department::managers),
    ("im.revision.get", revision::get),
    ("im.search.department.list", find::departments),
    ("im.search.user.list", find::users),
    ("im.user.business.list", user::business),
    ("im.user.get", user::get),
    ("im.user.list.get", user::list),
    ("im.user.status.get", user::status),
    ("im.user.status.idle.end", user::come_back),
    ("im.user.status.idle.start", user::leave),
    ("im.user.status.set", user::set_status),
];
