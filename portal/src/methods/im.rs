//! `im.*`: the messenger in the name of a user.

mod revision;

use super::Table;

pub(super) const METHODS: Table = &[("im.revision.get", revision::get)];
