//! Lists of the drive: `filter` with its operations, and `order`.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::fields;
use crate::rest::{Args, Call};

type FieldInfo = (&'static str, &'static str, bool);

/// The rows that a call wants, in the order that it wants; `fields` tells by what it may choose.
pub(super) fn chosen(call: &Call<'_>, fields: &'static [FieldInfo], rows: Vec<Value>) -> Vec<Value> {
    let conditions = conditions(&call.args, fields);
    let fits = |row: &Value| conditions.iter().all(|condition| condition.holds(row));
    let mut rows: Vec<Value> = rows.into_iter().filter(fits).collect();
    // The first field weighs most, so it sorts last.
    for (name, direction) in call.args.object("order").0.iter().rev() {
        let is_falling = direction.as_str().is_some_and(|direction| direction.eq_ignore_ascii_case("desc"));
        let name = name.to_uppercase();
        rows.sort_by(|one, other| {
            let order = compare(&text(one.get(&name)), &text(other.get(&name)));
            if is_falling { order.reverse() } else { order }
        });
    }
    rows
}

/// One member of a filter: `>=ID`.
struct Condition {
    operation: &'static str,
    field: &'static str,
    wanted: Vec<String>,
}

/// The operations, those first that begin like others. No operation at all means equality.
const OPERATIONS: [&str; 12] = [">=", "<=", "!@", "!=", "=%", "%=", ">", "<", "@", "%", "=", "!"];

fn conditions(args: &Args, fields: &'static [FieldInfo]) -> Vec<Condition> {
    let filter: Map<String, Value> = args.object("filter").0;
    let condition = |(key, value): (String, Value)| {
        let operation = OPERATIONS.into_iter().find(|operation| key.starts_with(operation)).unwrap_or_default();
        let name = key.get(operation.len()..)?.trim();
        // What lists cannot be filtered by is passed over.
        let field = fields::filters(fields).find(|field| field.eq_ignore_ascii_case(name))?;
        let wanted = match value {
            Value::Array(values) => values.iter().map(|value| text(Some(value))).collect(),
            value => vec![text(Some(&value))],
        };
        Some(Condition { operation, field, wanted })
    };
    filter.into_iter().filter_map(condition).collect()
}

impl Condition {
    fn holds(&self, row: &Value) -> bool {
        let value = text(row.get(self.field));
        let first = self.wanted.first().map(String::as_str).unwrap_or_default();
        let order = compare(&value, first);
        let is_one = || self.wanted.iter().any(|wanted| compare(&value, wanted).is_eq());
        match self.operation {
            ">=" => order.is_ge(),
            "<=" => order.is_le(),
            ">" => order.is_gt(),
            "<" => order.is_lt(),
            "%" => value.to_lowercase().contains(&first.to_lowercase()),
            "=%" | "%=" => is_like(&value.to_lowercase(), &first.to_lowercase()),
            "!" | "!=" | "!@" => !is_one(),
            _ => is_one(),
        }
    }
}

/// Numbers by their value, times by their moment, anything else as text in any letter case.
fn compare(one: &str, other: &str) -> Ordering {
    if let (Ok(one), Ok(other)) = (one.parse::<i64>(), other.parse::<i64>()) {
        return one.cmp(&other);
    }
    if let (Ok(one), Ok(other)) = (one.parse::<Timestamp>(), other.parse::<Timestamp>()) {
        return one.cmp(&other);
    }
    one.to_lowercase().cmp(&other.to_lowercase())
}

/// Whether a text fits a pattern in which `%` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(flag)) => u8::from(*flag).to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_percent_sign_stands_for_anything() {
        for (text, pattern, expected) in [
            ("mole", "mol%", true),
            ("a mole", "mol%", false),
            ("a mole", "%mole", true),
            ("a mole digs", "%mole%", true),
            ("a mole digs", "a%mole%digs", true),
            ("a mole digs", "a%digs%mole", false),
            ("mole", "mole", true),
            ("moles", "mole", false),
            ("aa", "a%a%a", false),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text:?} like {pattern:?}");
        }
    }
}
