//! `user.*`: the people of the company.

mod change;
mod field;
mod list;

use super::Table;

pub(super) const METHODS: Table = &[
    ("user.add", change::add),
    ("user.current", list::current),
    ("user.fields", list::fields),
    ("user.get", list::get),
    ("user.search", list::search),
    ("user.update", change::update),
    ("user.userfield.add", field::add),
    ("user.userfield.delete", field::delete),
    ("user.userfield.file.get", field::file),
    ("user.userfield.list", field::list),
    ("user.userfield.update", field::update),
];
