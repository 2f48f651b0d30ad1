//! Lists of the drive: `filter` and `order`.

use serde_json::Value;

use super::fields::{self, FieldInfo};
use crate::rest::{
    Call,
    filter::{self, Filter},
};

/// The rows that a call wants, in the order that it wants; `fields` tells by what it may choose.
pub(super) fn chosen(call: &Call<'_>, fields: &'static [FieldInfo], rows: Vec<Value>) -> Vec<Value> {
    let filter = Filter::read(&call.args.object("filter").0, |name| fields::is_filter(fields, name));
    let mut rows: Vec<Value> = rows.into_iter().filter(|row| filter.holds(row)).collect();
    filter::sort(&mut rows, &call.args.object("order").0);
    rows
}
