//! `disk.*` and `im.disk.*`: files.

use super::Table;

pub(super) const METHODS: Table = &[];
