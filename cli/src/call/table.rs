//! Results as people read them: lists as tables, objects as names with values.

mod cell;

use serde_json::{Map, Value};
use textwrap::core::display_width;

use self::cell::{cell, is_empty, line};
use crate::style::{NAME, QUIET, TITLE, indented, styled};

/// Between two columns.
const GAP: usize = 2;
/// The widest a column of a table gets.
const WIDEST: usize = 32;

/// A result in at most `width` columns. `columns` picks those of a table; without any, as many are shown as fit.
pub(super) fn show(result: &Value, columns: &[String], width: usize) -> String {
    match result {
        Value::Array(items) => list(items, columns, width),
        Value::Object(members) => match rows_of(members) {
            Some(rows) => table(&rows, columns, width),
            None => object(members, columns, width),
        },
        scalar => line(scalar),
    }
}

fn list(items: &[Value], columns: &[String], width: usize) -> String {
    if items.is_empty() {
        return styled(QUIET, "nothing");
    }
    let rows: Option<Vec<Map<String, Value>>> = items.iter().map(|item| item.as_object().cloned()).collect();
    match rows {
        Some(rows) => table(&rows, columns, width),
        None => items.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

/// The rows of an object that is a list under numbers: `{"7": {…}, "9": {…}}`.
fn rows_of(members: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let is_list =
        !members.is_empty() && members.iter().all(|(key, value)| key.parse::<u64>().is_ok() && value.is_object());
    is_list.then(|| members.values().filter_map(Value::as_object).cloned().collect())
}

/// Names and values, those of nested objects under the way to them; then the lists.
fn object(members: &Map<String, Value>, columns: &[String], width: usize) -> String {
    let mut pairs = Vec::new();
    let mut tables = Vec::new();
    flatten(members, "", &mut pairs, &mut tables);
    let names = pairs.iter().map(|(name, _)| display_width(name)).max().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    if !pairs.is_empty() {
        let row = |(name, value): &(String, &Value)| {
            let label = styled(NAME, name) + &" ".repeat(names - display_width(name) + GAP);
            // A very long name leaves at least some room.
            let room = width.max(names + GAP + WIDEST);
            label + indented(&line(value), room, names + GAP).trim_start()
        };
        parts.push(pairs.iter().map(row).collect::<Vec<_>>().join("\n"));
    }
    for (name, rows) in tables {
        parts.push(format!("{}\n{}", styled(TITLE, &name), table(&rows, columns, width)));
    }
    if parts.is_empty() { styled(QUIET, "nothing") } else { parts.join("\n\n") }
}

type Rows = Vec<Map<String, Value>>;

fn flatten<'a>(
    members: &'a Map<String, Value>,
    path: &str,
    pairs: &mut Vec<(String, &'a Value)>,
    tables: &mut Vec<(String, Rows)>,
) {
    for (name, value) in members {
        let name = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => match rows_of(inner) {
                Some(rows) => tables.push((name, rows)),
                None => flatten(inner, &name, pairs, tables),
            },
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                tables.push((name, items.iter().filter_map(Value::as_object).cloned().collect()));
            }
            _ => pairs.push((name, value)),
        }
    }
}

/// Rows under the names of their members. What does not fit is named below.
fn table(rows: &[Map<String, Value>], picked: &[String], width: usize) -> String {
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let is_picked = |name: &&String| picked.iter().any(|picked| picked.eq_ignore_ascii_case(name));
    if picked.is_empty() {
        names.retain(|name| rows.iter().any(|row| row.get(*name).is_some_and(|value| !is_empty(value))));
        // What is nested tells least in one line.
        names.sort_by_key(|name| {
            rows.iter().any(|row| row.get(*name).is_some_and(|value| value.is_object() || value.is_array()))
        });
    } else {
        names.retain(is_picked);
        names.sort_by_key(|name| picked.iter().position(|picked| picked.eq_ignore_ascii_case(name)));
    }
    let mut shown: Vec<Column> = Vec::new();
    let mut hidden: Vec<&str> = Vec::new();
    let mut used = 0;
    for name in names {
        let column = Column::of(name, rows);
        // What was picked is shown, and the first column in any case.
        if used + column.width <= width || !picked.is_empty() || shown.is_empty() {
            used += column.width + GAP;
            shown.push(column);
        } else {
            hidden.push(name);
        }
    }
    if shown.is_empty() {
        return styled(QUIET, "nothing in these columns");
    }
    let head = row(shown.iter().map(|column| (column.name, column)));
    let mut lines = vec![styled(QUIET, &head)];
    for index in 0..rows.len() {
        lines.push(row(shown.iter().filter_map(|column| Some((column.cells.get(index)?.as_str(), column)))));
    }
    if !hidden.is_empty() {
        let note = format!("not shown: {}", hidden.join(", "));
        lines.extend(indented(&note, width, 0).lines().map(|line| styled(QUIET, line)));
    }
    lines.join("\n")
}

struct Column<'a> {
    name: &'a str,
    cells: Vec<String>,
    width: usize,
    /// Numbers stand below each other from the right.
    is_number: bool,
}

impl<'a> Column<'a> {
    fn of(name: &'a str, rows: &[Map<String, Value>]) -> Self {
        let values = || rows.iter().map(|row| row.get(name).unwrap_or(&Value::Null));
        let cells: Vec<String> = values().map(|value| cell(value, WIDEST)).collect();
        let widest = cells.iter().map(|cell| display_width(cell)).max().unwrap_or_default();
        let is_number = values().all(|value| value.is_number() || value.is_null()) && values().any(Value::is_number);
        Self { name, cells, width: widest.max(display_width(name)), is_number }
    }
}

fn row<'a>(cells: impl Iterator<Item = (&'a str, &'a Column<'a>)>) -> String {
    let padded = cells.map(|(text, column)| {
        let room = " ".repeat(column.width.saturating_sub(display_width(text)));
        if column.is_number { room + text } else { text.to_owned() + &room }
    });
    padded.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    fn show(result: &serde_json::Value, columns: &[&str], width: usize) -> String {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        anstream::adapter::strip_str(&super::show(result, &columns, width)).to_string()
    }

    #[test]
    fn a_list_of_objects_is_a_table_and_empty_columns_go() {
        let users =
            json!([{"id": 1, "name": "Ann Lee", "gone": false, "tags": []}, {"id": 12, "name": "Bo", "gone": null}]);
        assert_eq!(show(&users, &[], 80), "id  name\n 1  Ann Lee\n12  Bo");
    }

    #[test]
    fn an_object_under_numbers_is_a_list() {
        assert_eq!(show(&json!({"7": {"ID": 7}, "9": {"ID": 9}}), &[], 80), "ID\n 7\n 9");
    }

    #[test]
    fn columns_that_do_not_fit_are_named_and_can_be_picked() {
        let rows = json!([{"a": "x".repeat(30), "b": "y".repeat(30), "c": "z"}]);
        let wide = show(&rows, &[], 40);
        assert!(wide.contains("not shown: b"), "{wide}");
        assert!(wide.lines().all(|line| line.chars().count() <= 40), "{wide}");
        assert_eq!(show(&rows, &["C", "b"], 40), format!("c  b\nz  {}", "y".repeat(30)));
    }

    #[test]
    fn an_object_is_names_with_values_and_its_lists_stand_below() {
        let chat = json!({"id": 5, "owner": {"name": "Ann"}, "users": [{"id": 1}], "none": {}});
        assert_eq!(show(&chat, &[], 80), "id          5\nowner.name  Ann\nnone        -\n\nusers\nid\n 1");
    }

    #[test]
    fn text_from_outside_cannot_move_the_cursor() {
        assert_eq!(show(&json!("\u{1b}[2Jred\r\nblue"), &[], 80), "\u{fffd}[2Jred\nblue");
        assert_eq!(show(&json!([{"a": "two\nlines"}]), &[], 80), "a\ntwo lines");
    }
}
