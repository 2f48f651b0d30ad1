//! `placement.*` and `userfieldtype.*`: places where an application shows up.

use super::Table;

pub(super) const METHODS: Table = &[];
