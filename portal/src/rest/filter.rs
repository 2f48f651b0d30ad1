//! Lists that a caller chooses from and sorts: `{">=ID": 5}` and `{"NAME": "ASC"}`.

use std::{cmp::Ordering, slice};

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{args::moment, batch::as_text as text};

/// The operations, those first that begin like others. No operation at all means equality.
const OPERATIONS: [&str; 16] =
    [">=", "<=", "!=%", "!%=", "!@", "!%", "!=", "=%", "%=", ">", "<", "@", "%", "=", "!", ""];

/// What the rows of a list have to be like.
pub(crate) struct Filter(Vec<Condition>);

struct Condition {
    operation: &'static str,
    /// In upper case, like the names in a row.
    field: String,
    wanted: Vec<Value>,
}

impl Filter {
    /// Reads the conditions about fields that are known; others are passed over.
    pub(crate) fn read(filter: &Map<String, Value>, is_known: impl Fn(&str) -> bool) -> Self {
        let condition = |(key, value): (&String, &Value)| {
            let (operation, field) = split(key);
            let wanted = match value {
                Value::Array(values) if !values.is_empty() => values.clone(),
                value => vec![value.clone()],
            };
            is_known(&field).then_some(Condition { operation, field, wanted })
        };
        Self(filter.iter().filter_map(condition).collect())
    }

    pub(crate) fn holds(&self, row: &Value) -> bool {
        self.0.iter().all(|condition| condition.holds(row))
    }
}

/// The operation and the field of `>=ID`.
fn split(key: &str) -> (&'static str, String) {
    let operation = OPERATIONS.into_iter().find(|operation| key.starts_with(operation)).unwrap_or_default();
    (operation, key.get(operation.len()..).unwrap_or_default().trim().to_ascii_uppercase())
}

impl Condition {
    fn holds(&self, row: &Value) -> bool {
        let value = row.get(&self.field).unwrap_or(&Value::Null);
        // What holds several values fits where one of them does.
        let values = match value {
            Value::Array(values) if !values.is_empty() => values.as_slice(),
            value => slice::from_ref(value),
        };
        let any = |test: &dyn Fn(&Value, &Value) -> bool| {
            values.iter().any(|value| self.wanted.iter().any(|wanted| test(value, wanted)))
        };
        let is_understood = || !any(&|value, wanted| compare(value, wanted).is_none());
        let is =
            |value: &Value, wanted: &Value, orders: fn(Ordering) -> bool| compare(value, wanted).is_some_and(orders);
        let equals = |value: &Value, wanted: &Value| is(value, wanted, Ordering::is_eq);
        let contains = |value: &Value, wanted: &Value| lower(value).contains(&lower(wanted));
        let is_like = |value: &Value, wanted: &Value| is_like(&lower(value), &lower(wanted));
        match self.operation {
            ">=" => any(&|value, wanted| is(value, wanted, Ordering::is_ge)),
            "<=" => any(&|value, wanted| is(value, wanted, Ordering::is_le)),
            ">" => any(&|value, wanted| is(value, wanted, Ordering::is_gt)),
            "<" => any(&|value, wanted| is(value, wanted, Ordering::is_lt)),
            "%" => any(&contains),
            "!%" => !any(&contains),
            "=%" | "%=" => any(&is_like),
            "!=%" | "!%=" => !any(&is_like),
            "!" | "!=" | "!@" => is_understood() && !any(&equals),
            _ => any(&equals),
        }
    }
}

/// Sorts by the members of `order`, the first of which weighs most.
pub(crate) fn sort(rows: &mut [Value], order: &Map<String, Value>) {
    for (field, direction) in order.iter().rev() {
        sort_by(rows, field, direction.as_str().unwrap_or_default());
    }
}

/// Sorts by a field in the direction that stands beside it, or by an object, as clients do for any list.
pub(crate) fn sort_as_asked(rows: &mut [Value], field: Option<&str>, order: Option<&Value>) {
    match (field, order) {
        (_, Some(Value::Object(order))) => sort(rows, order),
        (Some(field), order) => sort_by(rows, field, order.and_then(Value::as_str).unwrap_or_default()),
        (None, _) => {}
    }
}

/// Sorts by one field: `DESC` has the largest first.
fn sort_by(rows: &mut [Value], field: &str, direction: &str) {
    let field = field.to_ascii_uppercase();
    let is_falling = direction.eq_ignore_ascii_case("desc");
    rows.sort_by(|one, other| {
        let value = |row: &Value| row.get(&field).cloned().unwrap_or_default();
        let order =
            compare(&value(one), &value(other)).unwrap_or_else(|| lower(&value(one)).cmp(&lower(&value(other))));
        if is_falling { order.reverse() } else { order }
    });
}

/// Numbers by their value, times by their moment, anything else as text in any letter case. Nothing, where a time is
/// compared with what is none.
fn compare(value: &Value, wanted: &Value) -> Option<Ordering> {
    if let Value::Bool(flag) = value {
        return Some(flag.cmp(&["1", "y", "true"].contains(&lower(wanted).as_str())));
    }
    let (value, wanted) = (text(value), text(wanted));
    if let (Ok(value), Ok(wanted)) = (value.parse::<i64>(), wanted.parse::<i64>()) {
        return Some(value.cmp(&wanted));
    }
    if let Ok(at) = value.parse::<Timestamp>() {
        return moment(&wanted).map(|wanted| at.cmp(&wanted));
    }
    Some(value.to_lowercase().cmp(&wanted.to_lowercase()))
}

fn lower(value: &Value) -> String {
    text(value).to_lowercase()
}

/// Whether a text fits a pattern in which `%` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Filter, sort};

    fn chosen(filter: &Value) -> Vec<u64> {
        let rows = [
            json!({"ID": "3", "NAME": "Mole", "SINCE": "2024-01-01T00:00:00+00:00", "GROUPS": [1, 2], "ACTIVE": true}),
            json!({"ID": "20", "NAME": "Amber", "SINCE": "2025-06-01T00:00:00+00:00", "GROUPS": [2], "ACTIVE": false}),
        ];
        let filter = Filter::read(filter.as_object().expect("an object"), |field| field != "AGE");
        let rows = rows.iter().filter(|row| filter.holds(row));
        rows.map(|row| row["ID"].as_str().and_then(|id| id.parse().ok()).expect("an id")).collect()
    }

    #[test]
    fn an_operation_stands_before_the_name() {
        for (filter, expected) in [
            (json!({}), vec![3, 20]),
            (json!({"ID": 3}), vec![3]),
            (json!({">ID": 3}), vec![20]),
            (json!({">=ID": "3", "<=id": 20}), vec![3, 20]),
            (json!({"!ID": 3}), vec![20]),
            (json!({"!=ID": 3}), vec![20]),
            (json!({"@ID": [3, 4]}), vec![3]),
            (json!({"!@ID": [3, 4]}), vec![20]),
            (json!({"ID": [3, 20]}), vec![3, 20]),
            (json!({"%NAME": "OL"}), vec![3]),
            (json!({"!%NAME": "ol"}), vec![20]),
            (json!({"=%NAME": "m%"}), vec![3]),
            (json!({"%=NAME": "%R"}), vec![20]),
            (json!({"!=%NAME": "m%"}), vec![20]),
            (json!({"!%=NAME": "m%"}), vec![20]),
            (json!({"NAME": "mole"}), vec![3]),
            (json!({"GROUPS": 1}), vec![3]),
            (json!({"!GROUPS": 1}), vec![20]),
            (json!({"ACTIVE": "Y"}), vec![3]),
            (json!({"ACTIVE": false}), vec![20]),
            (json!({">SINCE": "2024-12-31"}), vec![20]),
            (json!({"<SINCE": "2024-12-31T10:00:00+02:00"}), vec![3]),
            (json!({"AGE": 5}), vec![3, 20]),
        ] {
            assert_eq!(chosen(&filter), expected, "{filter}");
        }
    }

    #[test]
    fn what_is_no_date_finds_nobody() {
        assert_eq!(chosen(&json!({">SINCE": "soon"})), [0; 0]);
        assert_eq!(chosen(&json!({"!SINCE": "soon"})), [0; 0]);
    }

    #[test]
    fn a_percent_sign_stands_for_anything() {
        for (pattern, expected) in
            [("mole", vec![3]), ("m%e", vec![3]), ("%m%", vec![3, 20]), ("a%b%r", vec![20]), ("a%r%b", vec![])]
        {
            assert_eq!(chosen(&json!({"=%NAME": pattern})), expected, "{pattern}");
        }
    }

    #[test]
    fn the_first_field_weighs_most() {
        let mut rows = [json!({"A": "1", "B": "x"}), json!({"A": "10", "B": "y"}), json!({"A": "10", "B": "z"})];
        let order = json!({"A": "DESC", "B": "ASC"});
        sort(&mut rows, order.as_object().expect("an object"));
        assert_eq!(rows.map(|row| row["B"].clone()), ["y", "z", "x"]);
    }
}
