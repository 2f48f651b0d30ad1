//! A page of the documentation → [`Facts`].

use std::collections::BTreeSet;

use super::{
    facts::Facts,
    pattern::pattern,
    table,
    yfm::{Block, Heading},
};

pattern!(DOTTED = r"([A-Za-z]\w*(?:\.[A-Za-z0-9_]+)+)\W*$");
pattern!(GENERATION = r"^v\d+$");
pattern!(EVENT = r"\b(ON[A-Z][A-Za-z0-9]*[A-Z0-9]|On[A-Z][A-Za-z0-9]+)\W*$");
pattern!(
    CALLED = r#"(?:/rest/(?:[^\s'"]*/)?|\bcallMethod\(\s*['"]|^\s*(?:method:\s*)?['"])([a-z][\w.]*?)(?:\.json)?(?:['"]|\s*$)"#
);
pattern!(SCOPE = r"^>\s*Scopes?:(.*)$");
pattern!(WORD_IN_CODE = r"`([^`]+)`");
pattern!(DEPRECATED = r"(?i)^\{%\s*note\b.*\b(?:deprecated|outdated)\b");
pattern!(LINKED_METHOD = r"\[`?([A-Za-z]\w*(?:\.[A-Za-z0-9_]+)+)`?\]");
pattern!(ABOUT_PARAMS = r"(?i)^(?:method\s+|request\s+)?parameters?\b|\bparameters?$|^request (?:fields|body)");
pattern!(
    ABOUT_DATA = r"(?i)what the (?:handler|event) receives|^event (?:data|fields|parameters)|^parameters?$|^data$|^parameters? data$"
);
pattern!(ABOUT_ANSWER = r"(?i)response|returned|^result|success|example data|handler receives");
pattern!(VARIANT = r"(?i)\bparameters\b|^\d+\.\s");
pattern!(ABOUT_ERRORS = r"(?i)errors?\b");

/// A heading and everything below it until the next one of the same rank.
struct Section<'a> {
    heading: &'a Heading,
    blocks: &'a [Block],
}

/// The methods and events that a page describes; `path` is where it stands.
pub(super) fn facts(path: &str, blocks: &[Block]) -> Vec<Facts> {
    let Some(title) = title(blocks) else { return Vec::new() };
    // Several events on one page: each has a heading of its own.
    let named = sections(blocks, 2).into_iter().filter_map(|section| {
        let name = section.heading.text.trim_matches('`');
        let is_event = EVENT.captures(name).is_some_and(|found| &found[1] == name);
        is_event.then(|| event(name, path, section.blocks, blocks))
    });
    let named: Vec<Facts> = named.collect();
    if !named.is_empty() {
        return named;
    }
    if (path.contains("/events/") || file_name(path).starts_with("on-"))
        && let Some(name) = event_name(title, path)
    {
        return vec![event(&name, path, blocks, blocks)];
    }
    if let Some(name) = method_name(title, path, blocks) {
        return vec![method(name, path, blocks)];
    }
    event_name(title, path).map(|name| event(&name, path, blocks, blocks)).into_iter().collect()
}

/// Entries of a change log: `BOT-FIX-0501-1`.
pub(super) fn change_ids(blocks: &[Block]) -> Vec<String> {
    pattern!(CHANGE = r"\b([A-Z]+-(?:NEW|FIX|BC)-\d{4}-\d+)\b");
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => CHANGE.captures(&heading.text).map(|found| found[1].to_owned()),
        _ => None,
    });
    headings.collect()
}

fn title(blocks: &[Block]) -> Option<&Heading> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(heading) if heading.level == 1 => Some(heading),
        _ => None,
    })
}

/// The name that the examples call and the file is named after; else the last word of the title where it has dots.
fn method_name(title: &Heading, path: &str, blocks: &[Block]) -> Option<String> {
    let file = letters(file_name(path));
    let called = || {
        let code = blocks.iter().filter_map(|block| match block {
            Block::Code(_, text) => Some(text.as_str()),
            _ => None,
        });
        code.flat_map(str::lines).filter_map(|line| CALLED.captures(line).map(|found| found[1].to_owned()))
    };
    if let Some(name) = called().find(|name| letters(name) == file) {
        return Some(name);
    }
    if let Some(found) = DOTTED.captures(&title.text) {
        // `CATALOG.PRODUCT.ON.UPDATE` is an event with dots, `imbot.v2` a group of methods, `BX24.…` a function.
        let is_group = found[1].rsplit('.').next().is_some_and(|last| GENERATION.is_match(last));
        let is_method = !found[1].contains(".ON.") && !is_group && !found[1].starts_with("BX24.");
        return is_method.then(|| found[1].to_owned());
    }
    called().find(|name| letters(name).ends_with(&file))
}

/// The word of the title that the file is named after, or else one that looks like an event's name.
fn event_name(title: &Heading, path: &str) -> Option<String> {
    let file = letters(file_name(path));
    let mut words = title.text.split(|c: char| !c.is_ascii_alphanumeric());
    let named = words.find(|word| file.starts_with("on") && letters(word) == file).map(str::to_owned);
    named.or_else(|| EVENT.captures(&title.text).map(|found| found[1].to_owned()))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

fn method(name: String, path: &str, blocks: &[Block]) -> Facts {
    let mut facts = Facts { name, place: path.to_owned(), v3: is_v3(path, blocks), ..Facts::default() };
    head(&mut facts, blocks);
    let top = sections(blocks, 2);
    let about_params: Vec<&Section<'_>> =
        top.iter().filter(|section| ABOUT_PARAMS.is_match(&section.heading.text)).collect();
    let mut seen = BTreeSet::new();
    for section in &about_params {
        params(&mut facts, section.blocks, 3, blocks, &mut seen);
    }
    // Older pages describe the parameters at once, below the title.
    if about_params.is_empty() && !says_no_parameters(blocks) {
        params(&mut facts, direct(blocks), 2, blocks, &mut seen);
    }
    for section in &top {
        if ABOUT_ANSWER.is_match(&section.heading.text) && !section.heading.text.to_lowercase().contains("error") {
            examples(&mut facts, section.blocks);
        }
    }
    facts.errors = errors(blocks);
    facts
}

fn event(name: &str, path: &str, own: &[Block], page: &[Block]) -> Facts {
    let mut facts = Facts { name: name.to_uppercase(), event: true, place: path.to_owned(), ..Facts::default() };
    head(&mut facts, page);
    let top = sections(own, 2);
    let mut seen = BTreeSet::new();
    for section in top.iter().filter(|section| ABOUT_DATA.is_match(&section.heading.text)) {
        params(&mut facts, section.blocks, 3, page, &mut seen);
    }
    if facts.params.is_empty() {
        let level = if top.is_empty() { 3 } else { 2 };
        params(&mut facts, own, level, page, &mut seen);
    }
    examples(&mut facts, own);
    facts
}

fn is_v3(path: &str, blocks: &[Block]) -> bool {
    path.ends_with("-rest-v3.md")
        || blocks.iter().any(|block| match block {
            Block::Code(language, text) => language == "bash" && text.contains("/rest/api/"),
            _ => false,
        })
}

/// Scope and deprecation, which stand before the first section.
fn head(facts: &mut Facts, blocks: &[Block]) {
    let mut texts = direct(blocks).iter().filter_map(|block| match block {
        Block::Text(line) => Some(line.trim()),
        _ => None,
    });
    while let Some(line) = texts.next() {
        if let Some(found) = SCOPE.captures(line) {
            let words = WORD_IN_CODE.captures_iter(&found[1]).map(|word| word[1].trim().to_owned());
            facts.scopes = words.filter(|word| word != "basic").collect();
        } else if DEPRECATED.is_match(line) {
            let note = texts.by_ref().take_while(|line| !line.starts_with("{% endnote"));
            facts.deprecated = Some(
                note.collect::<Vec<_>>().iter().find_map(|line| Some(LINKED_METHOD.captures(line)?[1].to_owned())),
            );
        }
    }
}

fn says_no_parameters(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Text(line) => {
            let line = line.to_lowercase();
            line.contains("no parameters") || line.contains("without parameters") || line.contains("has no param")
        }
        _ => false,
    })
}

/// The tables of a section, and the objects that its subsections of this level describe. What links led to already is
/// in `seen`.
fn params(facts: &mut Facts, own: &[Block], level: usize, page: &[Block], seen: &mut BTreeSet<String>) {
    let mut found = table::fields(&tables(direct(own)), page, seen);
    for inner in sections(own, level) {
        let heading = &inner.heading.text;
        if ABOUT_ERRORS.is_match(heading) || ABOUT_ANSWER.is_match(heading) || seen.contains(&inner.heading.anchor) {
            continue;
        }
        let members = table::fields(&tables(direct_or_all(inner.blocks)), page, seen);
        if members.is_empty() {
            continue;
        }
        let is_first = found.is_empty();
        match table::named_in(&inner.heading.text, &mut found) {
            Some(owner) => table::merge(&mut owner.fields, members),
            // Variants of a call have their own tables: what they share is one parameter.
            None if is_first || VARIANT.is_match(&inner.heading.text) => {
                table::merge(&mut found, members);
            }
            None => facts.troubles.push(format!("the table below \"{}\" belongs to no parameter", inner.heading.text)),
        }
    }
    table::merge(&mut facts.params, found);
}

fn direct_or_all(blocks: &[Block]) -> &[Block] {
    let direct = direct(blocks);
    if direct.iter().any(|block| matches!(block, Block::Table(_))) { direct } else { blocks }
}

/// What stands before the first heading; a title does not count.
fn direct(blocks: &[Block]) -> &[Block] {
    let inner = |block: &Block| matches!(block, Block::Heading(heading) if heading.level > 1);
    &blocks[..blocks.iter().position(inner).unwrap_or(blocks.len())]
}

fn tables(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter(|block| matches!(block, Block::Table(_))).cloned().collect()
}

fn sections(blocks: &[Block], level: usize) -> Vec<Section<'_>> {
    let starts = blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Heading(heading) if heading.level == level => Some((index, heading)),
        _ => None,
    });
    let section = |(start, heading): (usize, &'_ Heading)| {
        let rest = &blocks[start + 1..];
        let end = rest.iter().position(|block| matches!(block, Block::Heading(next) if next.level <= level));
        (heading.clone(), start + 1, start + 1 + end.unwrap_or(rest.len()))
    };
    let ranges: Vec<(Heading, usize, usize)> = starts.map(section).collect();
    let mut found = Vec::new();
    for (_, start, end) in ranges {
        if let Block::Heading(heading) = &blocks[start - 1] {
            found.push(Section { heading, blocks: &blocks[start..end] });
        }
    }
    found
}

/// The blocks below the heading with this anchor.
pub(super) fn anchored<'a>(page: &'a [Block], anchor: &str) -> Option<&'a [Block]> {
    let (start, level) = page.iter().enumerate().find_map(|(index, block)| match block {
        Block::Heading(heading) if heading.anchor == anchor => Some((index, heading.level)),
        _ => None,
    })?;
    let rest = &page[start + 1..];
    let end = rest.iter().position(|block| matches!(block, Block::Heading(next) if next.level <= level));
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// Bodies in JSON that hold an answer or an event.
fn examples(facts: &mut Facts, blocks: &[Block]) {
    for block in blocks {
        let Block::Code(language, text) = block else { continue };
        if !language.starts_with("json") || text.trim().is_empty() {
            continue;
        }
        match super::example::parse(text) {
            Ok(value) => facts.examples.push(value),
            Err(message) => facts.troubles.push(format!("an example is no JSON: {message}")),
        }
    }
}

/// The codes of every table that has a column for them, in order, each once.
fn errors(blocks: &[Block]) -> Vec<String> {
    let mut codes = Vec::new();
    let mut about_errors = false;
    for block in blocks {
        match block {
            Block::Heading(heading) if heading.level <= 2 => about_errors = ABOUT_ERRORS.is_match(&heading.text),
            Block::Heading(heading) if ABOUT_ERRORS.is_match(&heading.text) => about_errors = true,
            Block::Table(rows) if about_errors => {
                for code in table::codes(rows) {
                    if !codes.contains(&code) {
                        codes.push(code);
                    }
                }
            }
            _ => {}
        }
    }
    codes
}
