//! `imbot.v2.*` and `im.v2.*`: the second bot API.

use super::Table;

pub(super) const METHODS: Table = &[];
