//! What every application may ask for: itself, its user, its events, its options.

mod app;
mod event;

use super::Table;

pub(super) const METHODS: Table =
    &[("app.info", app::info), ("event.bind", event::bind), ("event.get", event::get), ("event.unbind", event::unbind)];
