//! Files → [`Spec`], checking every cross-reference on the way.

mod error;
mod field;
mod history;
mod method;
mod paging;
mod types;

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;

use crate::{
    Diagnostics, Since, Source, Sources, Spec,
    json::{Cursor, Members, Report, parse},
    suggest::did_you_mean,
};

pub(crate) fn spec(sources: &Sources) -> Result<Spec, Diagnostics> {
    let report = Report::default();
    let files: Vec<(&Source, Value<'_>)> =
        sources.0.iter().filter_map(|source| Some((source, parse(source, &report)?))).collect();
    let reader = Reader { names: Names::of(sources) };
    let mut spec = Spec { hash: sources.hash(), ..Spec::default() };
    for (source, value) in &files {
        let root = Cursor::root(source, &report, value);
        let Some(members) = root.object() else { continue };
        match source.path.split('/').next() {
            Some("methods") => {
                let method = reader.method(&members);
                spec.methods.insert(method.name.clone(), method);
            }
            Some("events") => {
                let event = reader.event(&members);
                spec.events.insert(event.name.clone(), event);
            }
            Some("types") => {
                let def = reader.type_def(&members);
                spec.types.insert(def.name.clone(), def);
            }
            Some("errors.json") => spec.errors = error::system_errors(&members),
            Some("revisions.json") => spec.revisions = history::revisions(&members),
            Some("changes.json") => spec.changes = history::changes(&members, &reader.names),
            _ => {
                root.error("the file belongs in spec/methods, spec/events or spec/types");
                continue;
            }
        }
        members.finish();
    }
    match report.into_sorted() {
        // Only what names nothing unknown can be followed.
        none if none.is_empty() => match paging::check(&spec, sources) {
            none if none.is_empty() => Ok(spec),
            some => Err(Diagnostics(some)),
        },
        some => Err(Diagnostics(some)),
    }
}

/// The names that the files may refer to, told by the file names.
struct Names<'a> {
    types: BTreeSet<&'a str>,
    methods: BTreeSet<&'a str>,
    events: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(sources: &'a Sources) -> Self {
        let stems = |folder: &str| {
            let stem = |source: &'a Source| {
                let (place, file) = source.path.rsplit_once('/')?;
                let inside = place == folder || place.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
                file.strip_suffix(".json").filter(|_| inside)
            };
            sources.0.iter().filter_map(stem).collect()
        };
        Self { types: stems("types"), methods: stems("methods"), events: stems("events") }
    }
}

struct Reader<'a> {
    names: Names<'a>,
}

fn name(members: &Members<'_>) -> String {
    members.get_or_null("$schema");
    members.need_string("name")
}

fn expect_path(members: &Members<'_>, path: &str) {
    if members.cursor.source.path != path {
        members.cursor.error(format!("the file belongs at spec/{path}"));
    }
}

fn one_word(members: &Members<'_>, key: &'static str, known: &[&'static str]) -> Option<String> {
    let cursor = members.get(key)?;
    let word = cursor.string()?;
    if !known.contains(&word) {
        cursor.error(format!("expected {}{}", known.join(" or "), did_you_mean(word, known.iter().copied())));
    }
    Some(word.to_owned())
}

/// A word that stands for a value.
fn word<T: Copy>(members: &Members<'_>, key: &'static str, known: &[(&'static str, T)]) -> Option<T> {
    let cursor = members.get(key)?;
    let word = cursor.string()?;
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let hint = did_you_mean(word, names.iter().copied());
        cursor.error(format!(
            "unknown {key} \"{word}\"{}",
            if hint.is_empty() { format!(", expected {}", names.join(" or ")) } else { hint }
        ));
    }
    found
}

/// A day, `YYYY-MM-DD`.
fn day(members: &Members<'_>, key: &'static str) -> Option<String> {
    let cursor = members.get(key)?;
    let text = cursor.string()?;
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day]
            if digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && ("01"..="12").contains(month)
                && ("01"..="31").contains(day) => {}
        _ => cursor.error(format!("\"{text}\" is not a day; write it as 2026-09-30")),
    }
    Some(text.to_owned())
}

fn since(members: &Members<'_>, always_written: bool) -> Option<Since> {
    match members.get_or_null("since") {
        Some(cursor) if cursor.is_null() => None,
        Some(cursor) => revision(&cursor),
        None => {
            if always_written {
                members.cursor.error("the key \"since\" is missing; write null where the sources do not tell");
            }
            None
        }
    }
}

fn revision(cursor: &Cursor<'_>) -> Option<Since> {
    let entries = cursor.entries();
    let [(counter, value)] = entries.as_slice() else {
        cursor.error("expected one counter and its value, like {\"im\": 24}");
        return None;
    };
    if !["im", "imopenlines"].contains(counter) {
        value.error(format!("unknown counter \"{counter}\"{}", did_you_mean(counter, ["im", "imopenlines"])));
    }
    Some(Since { counter: (*counter).to_owned(), revision: value.number()? })
}
