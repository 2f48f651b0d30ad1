//! Lists of the drive: `filter` with its operations, and `order`.

use serde_json::Value;

use super::fields;
use crate::rest::{
    Call,
    filter::{self, Filter},
};

type FieldInfo = (&'static str, &'static str, bool);

/// The rows that a call wants, in the order that it wants; `fields` tells by what it may choose.
pub(super) fn chosen(call: &Call<'_>, fields: &'static [FieldInfo], mut rows: Vec<Value>) -> Vec<Value> {
    // What lists cannot be filtered by is passed over.
    let filter = Filter::read(&call.args.object("filter").0, |name| fields::filters(fields).any(|field| field == name));
    rows.retain(|row| filter.holds(row));
    filter::sort(&mut rows, &call.args.object("order").0);
    rows
}
