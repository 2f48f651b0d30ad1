//! The dialect of the documentation, read as blocks: headings with anchors, tables, code, includes and text.

use super::pattern::pattern;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `## Parameters {#params}`
    Heading(Heading),
    /// `#| || a | b || |#`, or a table of pipes: rows of cells, of which the first row is usually the heading.
    Table(Vec<Vec<String>>),
    /// A fenced block: what stands behind the fence, and the lines inside without the indentation of the fence.
    Code(String, String),
    /// `{% include [title](path) %}`
    Include(String),
    /// Any other line.
    Text(String),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The number of `#`.
    pub level: usize,
    /// The text without its anchor.
    pub text: String,
    /// What links point at: the anchor that is written, or the one made of the text.
    pub anchor: String,
}

pattern!(ANCHOR = r"\s*\{#([^}]*)\}\s*");
pattern!(INCLUDE = r"^\{%\s*include\b[^(]*\(([^)]*)\)\s*%\}");
pattern!(RULE = r"^\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$");

/// Reads a page. Whatever is not understood becomes text: nothing is lost.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if let Some(opened) = trimmed.strip_prefix("```").filter(|rest| !rest.contains("```")) {
            let indent = line.len() - line.trim_start().len();
            let mut text = String::new();
            for line in lines.by_ref() {
                if line.trim_start().starts_with("```") {
                    break;
                }
                text += line.get(indent.min(line.len() - line.trim_start().len())..).unwrap_or(line);
                text.push('\n');
            }
            blocks.push(Block::Code(opened.trim().to_lowercase(), text));
        } else if let Some(inside) = trimmed.strip_prefix("#|") {
            let mut text = inside.to_owned();
            let mut depth = 1 - i32::from(inside.contains("|#"));
            while depth > 0 {
                let Some(line) = lines.next() else { break };
                depth += i32::from(line.trim_start().starts_with("#|")) - i32::from(line.trim_end().ends_with("|#"));
                text.push('\n');
                text += line;
            }
            let end = text.rfind("|#").unwrap_or(text.len());
            blocks.push(Block::Table(rows(&text[..end])));
        } else if let Some(heading) = heading(trimmed) {
            blocks.push(Block::Heading(heading));
        } else if let Some(found) = INCLUDE.captures(trimmed) {
            blocks.push(Block::Include(found[1].to_owned()));
        } else if trimmed.contains('|') && lines.peek().is_some_and(|next| RULE.is_match(next.trim())) {
            let mut table = vec![piped(trimmed)];
            lines.next();
            while let Some(line) = lines.next_if(|line| line.contains('|')) {
                table.push(piped(line.trim()));
            }
            blocks.push(Block::Table(table));
        } else {
            blocks.push(Block::Text(line.to_owned()));
        }
    }
    blocks
}

fn heading(line: &str) -> Option<Heading> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let text = line[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level))?;
    let anchor = ANCHOR.captures(text).map(|found| found[1].to_owned());
    let text = ANCHOR.replace_all(text, " ").trim().to_owned();
    let anchor = anchor.unwrap_or_else(|| slug(&text));
    Some(Heading { level, text, anchor })
}

/// The anchor of a heading that has none of its own.
fn slug(text: &str) -> String {
    let kept: String = text
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .collect();
    kept
}

fn piped(line: &str) -> Vec<String> {
    let line = line.trim_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The rows between `#|` and `|#`: `||` opens and closes a row, `|` separates its cells, and neither counts inside
/// code or inside a table in a cell.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Option<Vec<String>> = None;
    let mut cell = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if let Some(code) = code_span(rest) {
            cell += code;
            code.len()
        } else if let Some(table) = rest.starts_with("#|").then(|| inner_table(rest)) {
            cell += table;
            table.len()
        } else if rest.starts_with("||") {
            if let Some(mut cells) = row.take() {
                cells.push(std::mem::take(&mut cell).trim().to_owned());
                rows.push(cells);
            } else {
                cell.clear();
                row = Some(Vec::new());
            }
            2
        } else if rest.starts_with("\\|") {
            cell.push('|');
            2
        } else if first == '|' {
            if let Some(cells) = &mut row {
                cells.push(std::mem::take(&mut cell).trim().to_owned());
            }
            1
        } else {
            cell.push(first);
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    // The last `||` may be missing.
    if let Some(mut cells) = row.filter(|cells| !cells.is_empty()) {
        cells.push(cell.trim().to_owned());
        rows.push(cells);
    }
    rows
}

/// `` `code` `` or a fence at the beginning, if it is closed before the row ends.
fn code_span(text: &str) -> Option<&str> {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    if ticks == 0 {
        return None;
    }
    let inside = &text[ticks..];
    let close = inside.find(&text[..ticks])?;
    // One tick closes in its line; a fence may be long, but a new row ends it all the same.
    let stray = if ticks == 1 { inside[..close].contains('\n') } else { inside[..close].contains("\n||") };
    (!stray).then(|| &text[..ticks + close + ticks])
}

/// The table at the beginning, from `#|` to its own `|#`.
fn inner_table(text: &str) -> &str {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("#|") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("|#") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return &text[..at];
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text
}
