//! `placement.*` and `userfieldtype.*`: places where an application shows up.

mod field_type;
mod options;
mod page;
mod place;

use super::Table;

pub(super) const METHODS: Table = &[
    ("placement.bind", page::bind),
    ("placement.get", page::get),
    ("placement.list", place::list),
    ("placement.unbind", page::unbind),
    ("userfieldtype.add", field_type::add),
    ("userfieldtype.delete", field_type::delete),
    ("userfieldtype.list", field_type::list),
    ("userfieldtype.update", field_type::update),
];
