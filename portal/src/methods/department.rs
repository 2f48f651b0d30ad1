//! `department.*`: the structure of the company.

use super::Table;

pub(super) const METHODS: Table = &[];
