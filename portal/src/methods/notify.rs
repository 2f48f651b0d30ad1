//! `im.notify.*`: notifications.

use super::Table;

pub(super) const METHODS: Table = &[];
