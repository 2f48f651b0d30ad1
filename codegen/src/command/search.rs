//! `search`: what has all of some words.

use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use b24_codegen::search::{Hit, Rank, search, suggestion};
use b24_spec::Spec;

use super::terminal;

/// How many hits are shown when not all are asked for.
const MANY: usize = 40;

/// How wide a name may be before it pushes away what stands beside it.
const WIDEST_NAME: usize = 40;

const QUIET: Style = Style::new().dimmed();
const NAME: Style = Style::new().bold();
const MATCHED: Style = AnsiColor::Cyan.on_default();

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to look for: parts of names, parameters, words, error codes or sentences, in any letter case.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Show every hit, not the best 40.
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(arguments: &Arguments, spec: &Spec) -> Result<ExitCode, String> {
    let hits = search(spec, &arguments.words);
    if hits.is_empty() {
        let hint =
            suggestion(spec, &arguments.words).map_or_else(String::new, |name| format!(", did you mean {name}?"));
        return Err(format!("nothing has \"{}\"{hint}", arguments.words.join(" ")));
    }
    let shown = if arguments.all { &hits[..] } else { &hits[..hits.len().min(MANY)] };
    let names = shown.iter().map(|hit| hit.name.len()).filter(|width| *width <= WIDEST_NAME).max().unwrap_or_default();
    let mut text: String = shown.iter().map(|hit| line(hit, names)).collect();
    if shown.len() < hits.len() {
        text += &format!("{QUIET}and {} more; --all shows them{QUIET:#}\n", hits.len() - shown.len());
    }
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// "method  im.chat.add  COLOR  Creates a chat."
fn line(hit: &Hit<'_>, names: usize) -> String {
    let mut line = format!("{QUIET}{:6}{QUIET:#}  {NAME}{:names$}{NAME:#}", hit.kind, hit.name);
    let mut left = terminal::line_width().map(|width| width.saturating_sub(8 + hit.name.len().max(names)));
    let mut add = |style: Style, text: &str| {
        let text = match &mut left {
            Some(left) => {
                let cut = cut(text, left.saturating_sub(2));
                *left = left.saturating_sub(2 + cut.chars().count());
                cut
            }
            None => text.to_owned(),
        };
        if !text.is_empty() {
            line += &format!("  {style}{text}{style:#}");
        }
    };
    let matched = hit.matched.join(", ");
    if !matched.is_empty() {
        add(MATCHED, &matched);
    }
    // A sentence tells more of the place than the summary could.
    if hit.rank != Rank::Prose {
        add(Style::new(), &hit.summary);
    }
    if hit.is_old {
        add(QUIET, "deprecated");
    }
    line + "\n"
}

/// The text, or its beginning with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    // A few letters tell nothing.
    if width < 8 {
        return String::new();
    }
    text.chars().take(width - 1).collect::<String>().trim_end().to_owned() + "…"
}
