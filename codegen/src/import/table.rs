//! Tables of parameters and of error codes.

use std::collections::BTreeSet;

use super::{
    facts::Fact,
    page,
    pattern::pattern,
    yfm::{Block, rows},
};

pattern!(BOLD = r"^\*\*(.+?)\*\*((?:\s*\\?\*)?)");
pattern!(FURTHER = r"[,/]\s*\*\*(\w+)\*\*");
pattern!(TYPE = r"`{1,3}([^`]+?)`{1,3}");
pattern!(ANCHOR_LINK = r"\]\(#([^)\s]+)\)");
pattern!(
    DEFAULT = r"(?i)\bdefault(?:\s+value)?(?:\s+is|\s*[—:=-])?\s*:?\s*`([^`]+)`|`([^`]+)`\s+(?:is (?:the )?|—\s*|by )default\b"
);
pattern!(VALUE = r"(?m)^\s*[-*]\s+`([^`]+)`");
pattern!(IN_CODE = r"`([^`]+)`");
pattern!(CODE_WORD = r"^[A-Za-z0-9][\w.:-]*$");
pattern!(OWNER = r"^\s*(\S+)\s*\((\w+)\)$");
pattern!(BRACKETS = r"^(\w+)((?:\[[^\]]*\])+)$");

const NAME_COLUMNS: [&str; 10] =
    ["name", "parameter", "field", "key", "title", "identifier", "attribute", "property", "value", "option"];

/// The rows of tables of parameters, with the objects that their links lead to. `seen` keeps the anchors that were
/// followed, so that nothing is followed twice.
pub(super) fn fields(tables: &[Block], page: &[Block], seen: &mut BTreeSet<String>) -> Vec<Fact> {
    let mut found = Vec::new();
    for block in tables {
        let Block::Table(rows) = block else { continue };
        if !is_about_fields(rows) {
            continue;
        }
        let example = column(rows, &["example"]);
        for row in rows.iter().skip(usize::from(is_heading(&rows[0]))) {
            for fact in field(row, example, page, seen) {
                add(&mut found, fact);
            }
        }
    }
    found
}

fn is_heading(row: &[String]) -> bool {
    row.first().is_some_and(|cell| {
        let word = plain(cell).to_lowercase();
        let first = word.split([' ', '\n', '/', '`']).next().unwrap_or_default().to_owned();
        NAME_COLUMNS.contains(&first.as_str()) || first == "code" || first == "status" || first == "type"
    }) && row.iter().skip(1).any(|cell| cell.to_lowercase().contains("descri") || cell.contains("**"))
}

/// A table of names and meanings; tables of codes, statuses and examples are something else.
fn is_about_fields(rows: &[Vec<String>]) -> bool {
    let Some(first) = rows.first() else { return false };
    if !is_heading(first) {
        // Some tables begin with the first parameter.
        return first.first().is_some_and(|cell| cell.starts_with("**") && cell.contains('`'));
    }
    let head = plain(&first[0]).to_lowercase();
    !head.starts_with("code")
        && !head.starts_with("status")
        && !head.starts_with("value")
        && !head.starts_with("type")
        && !first.iter().any(|cell| cell.to_lowercase().contains("how to fix"))
}

fn column(rows: &[Vec<String>], names: &[&str]) -> Option<usize> {
    rows.first()?.iter().position(|cell| names.contains(&plain(cell).to_lowercase().trim()))
}

fn plain(cell: &str) -> String {
    cell.replace(['*', '`', '\\'], "").trim().to_owned()
}

/// The facts of a row; several names in one cell are several facts.
fn field(row: &[String], example: Option<usize>, page: &[Block], seen: &mut BTreeSet<String>) -> Vec<Fact> {
    let Some(first) = row.first() else { return Vec::new() };
    let first = first.trim();
    // A star may be set high: `**NAME^*^**`.
    let first = &first.replace("^*^**", "***").replace("**^*^", "***");
    let (name, star, rest) = if let Some(found) = BOLD.captures(first) {
        let end = found.get(0).map_or(0, |whole| whole.end());
        (found[1].trim().to_owned(), found[2].contains('*') || found[1].ends_with('*'), first[end..].to_owned())
    } else {
        let line = first.lines().next().unwrap_or_default();
        let rest = first[line.len()..].to_owned();
        (plain(line), line.contains('*'), rest)
    };
    let ty = TYPE.captures(&rest).map(|found| found[1].trim().to_owned());
    let description = row.iter().enumerate().skip(1).filter(|(index, _)| Some(*index) != example);
    let description: String = description.map(|(_, cell)| cell.as_str()).collect::<Vec<_>>().join("\n");
    let required = star || rest.trim_start().starts_with('*');
    let default = DEFAULT.captures(&description);
    let default = default.and_then(|found| found.get(1).or(found.get(2)).map(|group| group.as_str().to_owned()));
    let mut inner = nested(&format!("{rest}\n{description}"), page, seen);
    let values = if inner.is_empty() {
        VALUE.captures_iter(&description).map(|found| found[1].to_owned()).collect()
    } else {
        Vec::new()
    };
    // `**WIDTH**, **HEIGHT**`
    let line = rest.lines().next().unwrap_or_default();
    let others: String = FURTHER.captures_iter(line).flat_map(|found| [",".to_owned(), found[1].to_owned()]).collect();
    let name = name + &others;
    let names: Vec<String> =
        name.split([',', '/']).map(|part| part.trim().trim_matches(['`', '*', '\\']).trim().to_owned()).collect();
    let mut facts = Vec::new();
    for name in names.into_iter().filter(|name| is_name(name)) {
        facts.push(Fact {
            name,
            ty: ty.clone(),
            required,
            default: default.clone(),
            values: values.clone(),
            fields: std::mem::take(&mut inner),
        });
    }
    facts
}

/// A name as on the wire, or a way to it: `FIELDS[NAME]`, `auth.domain`, `TITLE (LANG)`.
fn is_name(name: &str) -> bool {
    let bare = OWNER.captures(name).map_or(name, |found| found.get(1).map_or(name, |group| group.as_str()));
    !bare.is_empty()
        && !bare.starts_with("...")
        && bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '-' | '$'))
}

/// Tables in the cell, and tables that it links to.
fn nested(description: &str, page: &[Block], seen: &mut BTreeSet<String>) -> Vec<Fact> {
    let mut found = Vec::new();
    if let Some(start) = description.find("#|") {
        let end = description.rfind("|#").unwrap_or(description.len());
        if start + 2 < end {
            found = fields(&[Block::Table(rows(&description[start + 2..end]))], page, seen);
        }
    }
    let anchors: Vec<String> = ANCHOR_LINK.captures_iter(description).map(|found| found[1].to_owned()).collect();
    for anchor in anchors {
        if !seen.insert(anchor.clone()) {
            continue;
        }
        let Some(blocks) = page::anchored(page, &anchor) else { continue };
        let end = blocks.iter().position(|block| matches!(block, Block::Heading(_))).unwrap_or(blocks.len());
        merge(&mut found, fields(&blocks[..end], page, seen));
    }
    found
}

/// Adds a fact where its name says: in the list, or inside the object that it names.
fn add(list: &mut Vec<Fact>, mut fact: Fact) {
    if let Some(found) = OWNER.captures(&fact.name) {
        let (name, owner) = (found[1].to_owned(), found[2].to_owned());
        if let Some(owner) = list.iter_mut().find(|other| other.name == owner) {
            fact.name = name;
            return merge(&mut owner.fields, vec![fact]);
        }
    }
    if let Some(found) = BRACKETS.captures(&fact.name) {
        let mut path = vec![found[1].to_owned()];
        path.extend(found[2].split(['[', ']']).filter(|part| !part.is_empty()).map(str::to_owned));
        return put(list, &path, fact);
    }
    if let Some((owner, _)) = fact.name.split_once('.')
        && list.iter().any(|other| other.name == owner)
    {
        let path: Vec<String> = fact.name.split('.').map(str::to_owned).collect();
        return put(list, &path, fact);
    }
    merge(list, vec![fact]);
}

fn put(list: &mut Vec<Fact>, path: &[String], mut fact: Fact) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        fact.name.clone_from(first);
        return merge(list, vec![fact]);
    }
    let index = list.iter().position(|other| other.name == *first).unwrap_or_else(|| {
        list.push(Fact { name: first.clone(), ..Fact::default() });
        list.len() - 1
    });
    put(&mut list[index].fields, rest, fact);
}

/// Adds facts; what is known already is completed. A parameter is required only if every variant requires it.
pub(super) fn merge(list: &mut Vec<Fact>, more: Vec<Fact>) {
    let known = list.len();
    for fact in more {
        match list.iter_mut().take(known).find(|other| other.name == fact.name) {
            Some(other) => {
                other.required &= fact.required;
                other.default = other.default.take().or(fact.default);
                merge(&mut other.fields, fact.fields);
            }
            None => list.push(fact),
        }
    }
}

/// The fact that a heading is about: "Parameter fields", "`auth` object".
pub(super) fn named_in<'a>(heading: &str, list: &'a mut [Fact]) -> Option<&'a mut Fact> {
    let words: Vec<&str> = heading
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.'))
        .filter(|word| !word.is_empty())
        .collect();
    find(&words, list)
}

fn find<'a>(words: &[&str], list: &'a mut [Fact]) -> Option<&'a mut Fact> {
    let mut depths: Vec<Option<usize>> = Vec::new();
    for fact in list.iter_mut() {
        let here = words.iter().any(|word| word.eq_ignore_ascii_case(&fact.name));
        depths.push(if here { Some(0) } else { find(words, &mut fact.fields).map(|_| 1) });
    }
    let index =
        depths.iter().position(|depth| *depth == Some(0)).or_else(|| depths.iter().position(Option::is_some))?;
    let fact = list.get_mut(index)?;
    if depths[index] == Some(0) { Some(fact) } else { find(words, &mut fact.fields) }
}

/// The codes of a table that has a column for them.
pub(super) fn codes(rows: &[Vec<String>]) -> Vec<String> {
    let Some(head) = rows.first() else { return Vec::new() };
    let is_code = |cell: &String| {
        let word = plain(cell).to_lowercase();
        word.starts_with("code") || word == "error" || word.starts_with("error code")
    };
    let Some(index) = head.iter().position(is_code) else { return Vec::new() };
    let mut found = Vec::new();
    for cell in rows.iter().skip(1).filter_map(|row| row.get(index)) {
        let first = cell.split("\n\n").next().unwrap_or_default();
        let marked: Vec<String> = IN_CODE.captures_iter(first).map(|code| code[1].trim().to_owned()).collect();
        let words = if marked.is_empty() {
            // Without marks only a single word can be told from a sentence.
            plain(first).lines().next().map(str::to_owned).into_iter().collect()
        } else {
            marked
        };
        found.extend(words.into_iter().filter(|word| CODE_WORD.is_match(word) && (word.len() > 1 || word == "0")));
    }
    found
}
