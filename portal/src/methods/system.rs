//! What every application may ask for: itself, its user, its events, its options.

mod about;
mod access;
mod app;
mod event;
mod offline;
mod option;

use super::Table;

pub(super) const METHODS: Table = &[
    ("access.name", access::name),
    ("app.info", app::info),
    ("app.option.get", option::of_app),
    ("app.option.set", option::set_of_app),
    ("event.bind", event::bind),
    ("event.get", event::get),
    ("event.offline.clear", offline::clear),
    ("event.offline.error", offline::fail),
    ("event.offline.get", offline::get),
    ("event.offline.list", offline::list),
    ("event.test", event::test),
    ("event.unbind", event::unbind),
    ("events", event::list),
    ("feature.get", about::feature),
    ("method.get", about::method),
    ("methods", about::methods),
    ("profile", access::profile),
    ("scope", about::scope),
    ("server.time", about::time),
    ("user.access", access::has),
    ("user.admin", access::admin),
    ("user.option.get", option::of_user),
    ("user.option.set", option::set_of_user),
];
