//! `im.notify.*`: notifications.

mod add;
mod answer;
mod list;
mod mark;

use super::Table;

pub(super) const METHODS: Table = &[
    ("im.notify", add::any),
    ("im.notify.answer", answer::answer),
    ("im.notify.confirm", answer::confirm),
    ("im.notify.delete", mark::delete),
    ("im.notify.get", list::get),
    ("im.notify.history.search", list::search),
    ("im.notify.personal.add", add::personal),
    ("im.notify.read", mark::read),
    ("im.notify.read.all", mark::read_all),
    ("im.notify.read.list", mark::read_list),
    ("im.notify.schema.get", list::schema),
    ("im.notify.system.add", add::system),
];
