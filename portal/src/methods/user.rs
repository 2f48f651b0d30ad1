//! `user.*`: the people of the company.

use super::Table;

pub(super) const METHODS: Table = &[];
