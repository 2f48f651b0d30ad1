//! `imopenlines.*` and `imconnector.*`: open lines and what connects clients to them.

use super::Table;

pub(super) const METHODS: Table = &[];
