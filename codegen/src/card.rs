//! A sheet as text for a terminal.

mod table;

use anstyle::{AnsiColor, Style};
use b24_spec::Spec;
use textwrap::{core::display_width, fill};

use crate::{
    entry::Entry,
    sheet::{Members, Part, Sheet, Sheets},
};

const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const NOTICE: Style = AnsiColor::Yellow.on_default();
const TYPE: Style = AnsiColor::Cyan.on_default();
const MARK: Style = AnsiColor::Red.on_default().bold();

/// How many names are listed before the rest is counted.
const MANY: usize = 24;

/// The card of a method, an event or a type, at most `width` columns wide. It has ANSI colours: what prints it takes
/// them away where nobody sees them.
pub fn card(spec: &Spec, entry: Entry<'_>, width: usize) -> String {
    let sheet = Sheets::new(spec, Members::Told).of(entry);
    let mut text = format!("{}\n", head(&sheet, width));
    for part in &sheet.parts {
        text += &format!("\n{}\n", self::part(part, width));
    }
    text
}

fn head(sheet: &Sheet<'_>, width: usize) -> String {
    let entry = sheet.entry;
    let mut lines =
        vec![format!("{}  {}", styled(TITLE, entry.name()), styled(QUIET, entry.kind())), fill(entry.summary(), width)];
    lines.extend(sheet.notice.as_ref().map(|notice| styled(NOTICE, &fill(notice, width))));
    lines.push(String::new());
    let docs = (!sheet.docs.is_empty()).then(|| ("Docs", sheet.docs.to_owned()));
    let facts: Vec<&(&str, String)> = sheet.facts.iter().chain(&docs).collect();
    let column = facts.iter().map(|(label, _)| display_width(label)).max().unwrap_or_default() + 2;
    for (label, fact) in facts {
        let label = format!("{label:column$}");
        let text = indented(fact, width, column, column);
        lines.push(format!("{}{}", styled(QUIET, &label), text.trim_start()));
    }
    lines.join("\n")
}

fn part(part: &Part<'_>, width: usize) -> String {
    let mut title = styled(TITLE, part.title);
    if let Some(ty) = part.ty {
        title += &format!("  {}", styled(TYPE, &ty.to_string()));
    }
    if let Some(means) = part.mark() {
        title += &format!("  {} {}", styled(MARK, "*"), styled(QUIET, means));
    }
    let mut lines = vec![title];
    let bullet = if part.notes.len() > 1 { "- " } else { "" };
    lines.extend(part.notes.iter().map(|note| indented(&format!("{bullet}{note}"), width, 2, 2 + bullet.len())));
    if !part.names.is_empty() {
        lines.push(names(&part.names, width));
    }
    lines.extend(table::lines(&part.rows, width));
    lines.join("\n")
}

fn names(names: &[&str], width: usize) -> String {
    let mut text = names.iter().take(MANY).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MANY {
        text += &format!(", and {} more", names.len() - MANY);
    }
    indented(&text, width, 2, 2)
}

fn styled(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// Text wrapped to the width, its first line and the others indented. What has no spaces stays whole: an address or a
/// name that is cut in two cannot be copied.
fn indented(text: &str, width: usize, first: usize, rest: usize) -> String {
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = textwrap::Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    fill(text, options)
}
