//! Rows in three columns: name, type, and what it means with what is known of it below.

use textwrap::core::display_width;

use super::{MARK, QUIET, TYPE, indented, styled};
use crate::sheet::{Kind, Row};

/// Between two columns.
const GAP: usize = 2;

pub(super) fn lines(rows: &[Row<'_>], width: usize) -> Vec<String> {
    let heads: Vec<Head> = rows.iter().map(Head::of).collect();
    // A name or type that is much longer than the others pushes its text into the next line, not all text to the right.
    let column = |sizes: &mut dyn Iterator<Item = usize>, share: usize| {
        let most = width * share / 100;
        sizes.filter(|size| *size <= most).max().unwrap_or_default()
    };
    let names = column(&mut heads.iter().map(Head::name_width), 34);
    let kinds = column(&mut heads.iter().map(|head| display_width(&head.kind)), 24);
    heads.iter().zip(rows).map(|(head, row)| lines_of(head, row, names, kinds, width)).collect()
}

struct Head {
    indent: usize,
    name: String,
    required: bool,
    kind: String,
}

impl Head {
    fn of(row: &Row<'_>) -> Self {
        let (name, kind) = match (row.name, &row.kind) {
            // A form of a union has no name but its type.
            ("", Kind::Type(ty)) => (ty.to_string(), String::new()),
            ("", Kind::Word(word)) => ("\"\"".to_owned(), (*word).to_owned()),
            (name, Kind::Type(ty)) => (name.to_owned(), ty.to_string()),
            (name, Kind::Word(word)) => (name.to_owned(), (*word).to_owned()),
        };
        Self { indent: 2 + 2 * row.depth, name, required: row.required, kind }
    }

    fn name_width(&self) -> usize {
        self.indent + display_width(&self.name) + if self.required { 2 } else { 0 }
    }
}

fn lines_of(head: &Head, row: &Row<'_>, names: usize, kinds: usize, width: usize) -> String {
    let mut line = format!("{}{}", " ".repeat(head.indent), head.name);
    if head.required {
        line += &format!(" {}", styled(MARK, "*"));
    }
    line += &" ".repeat(names.saturating_sub(head.name_width()) + GAP);
    line += &styled(TYPE, &head.kind);
    let used = head.name_width().max(names) + GAP + display_width(&head.kind);
    let column = names + GAP + kinds + GAP;
    let facts = row.facts.join(" · ");
    let fits = column + display_width(row.doc) + GAP + display_width(&facts) <= width;
    let mut below = Vec::new();
    if fits && !row.doc.is_empty() && !facts.is_empty() {
        below.push(format!("{}{}{}{}", " ".repeat(column), row.doc, " ".repeat(GAP), styled(QUIET, &facts)));
    } else {
        if !row.doc.is_empty() {
            below.push(indented(row.doc, width, column, column));
        }
        // Each line is styled for itself, so that none of its indentation is.
        below.extend(indented(&facts, width, column, column).lines().map(|line| styled(QUIET, line)));
    }
    let below = below.join("\n");
    if row.doc.is_empty() && facts.is_empty() {
        return line.trim_end().to_owned();
    }
    if used + GAP > column {
        return format!("{line}\n{below}");
    }
    // The text begins beside the name.
    let beside = below.replacen(&" ".repeat(column), "", 1);
    format!("{line}{}{beside}", " ".repeat(column - used))
}
