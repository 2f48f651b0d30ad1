//! Finding things in the spec by words.

mod item;

use b24_spec::{Spec, Status, closest};

pub(crate) use item::{Item, items};

/// How many members are told that have the same word.
const FEW: usize = 3;

/// How well something fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The word is its name.
    Exact,
    /// The name begins with the first word.
    Prefix,
    /// Parts of the name begin with the words.
    Part,
    /// A parameter, a member, a word of an enum or an error code has them.
    Member,
    /// They stand somewhere inside a name, as `red` in `REQUIRED`.
    Inside,
    /// The summary has them.
    Summary,
    /// Other prose has them.
    Prose,
}

/// Something that has all the words.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// How well it fits: as well as the word that fits worst.
    pub rank: Rank,
    /// `method`, `event`, `type` or `error`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'a str,
    /// What has the words, where that is not the name: names of members and codes, or a sentence.
    pub matched: Vec<String>,
    /// What it is about.
    pub summary: String,
    /// Whether one should use something else today.
    pub is_old: bool,
}

/// Everything that has all of these words, in any letter case, best first.
pub fn search<'a>(spec: &'a Spec, words: &[String]) -> Vec<Hit<'a>> {
    let words: Vec<String> = words.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit<'a>> = items(spec).iter().filter_map(|item| hit(item, &words)).collect();
    // Within a rank: what one should use today, then that of which the words are the most.
    hits.sort_by_key(|hit| (hit.rank, hit.is_old, order(hit.kind), hit.name.len(), hit.name));
    hits
}

fn order(kind: &str) -> usize {
    ["method", "event", "type", "error"].iter().position(|known| *known == kind).unwrap_or(usize::MAX)
}

fn hit<'a>(item: &Item<'a>, words: &[String]) -> Option<Hit<'a>> {
    let mut matched = Vec::new();
    let mut rank = Rank::Exact;
    for (index, word) in words.iter().enumerate() {
        let found = word_in(item, word, &mut matched)?;
        // Only the first word can begin a name.
        rank = rank.max(if index > 0 && found < Rank::Part { Rank::Prefix } else { found });
    }
    let is_old = item.status != Status::Current;
    Some(Hit { rank, kind: item.kind, name: item.name, matched, summary: item.summary.clone(), is_old })
}

/// How well one word fits, and what has it.
fn word_in(item: &Item<'_>, word: &str, matched: &mut Vec<String>) -> Option<Rank> {
    let named = item.names().filter_map(|name| Some((in_name(name, word)?, name))).min();
    if let Some((rank, name)) = named.filter(|(rank, _)| *rank < Rank::Inside) {
        if name != item.name {
            add(matched, vec![name.to_owned()]);
        }
        return Some(rank);
    }
    let members: Vec<(Rank, &String)> =
        item.members().filter_map(|member| Some((in_name(member, word)?, member))).collect();
    let begun: Vec<String> =
        members.iter().filter(|(rank, _)| *rank < Rank::Inside).map(|(_, member)| (*member).clone()).collect();
    if !begun.is_empty() {
        // What one sees in the name need not be told again.
        add(matched, if named.is_some() { Vec::new() } else { begun });
        return Some(Rank::Member);
    }
    if named.is_some() {
        return Some(Rank::Inside);
    }
    if !members.is_empty() {
        add(matched, members.into_iter().map(|(_, member)| member.clone()).collect());
        return Some(Rank::Inside);
    }
    if item.summary.to_lowercase().contains(word) {
        return Some(Rank::Summary);
    }
    let sentence = item.prose.iter().find(|text| text.to_lowercase().contains(word))?;
    add(matched, vec![sentence.clone()]);
    Some(Rank::Prose)
}

/// How well a word fits a name.
fn in_name(name: &str, word: &str) -> Option<Rank> {
    let lower = name.to_ascii_lowercase();
    let first = lower.find(word)?;
    let mut places = lower.match_indices(word);
    Some(match first {
        _ if lower == *word => Rank::Exact,
        0 => Rank::Prefix,
        _ if places.any(|(at, _)| begins_part(name, at)) => Rank::Part,
        _ => Rank::Inside,
    })
}

/// Whether a part of the name begins here: behind a dot or a dash, or with a hump. Names of events are one long part,
/// in which anything may begin anywhere.
fn begins_part(name: &str, at: usize) -> bool {
    let before = name[..at].chars().next_back().unwrap_or('.');
    let first = name[at..].chars().next().unwrap_or('.');
    let hump = !before.is_uppercase() && first.is_uppercase();
    !before.is_alphanumeric()
        || hump
        || name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

fn add(matched: &mut Vec<String>, mut more: Vec<String>) {
    more.retain(|text| !matched.contains(text));
    let left = more.len().saturating_sub(FEW);
    more.truncate(FEW);
    matched.extend(more);
    if left > 0 {
        matched.push(format!("{left} more"));
    }
}

/// A name that one of the words was perhaps meant to be, where nothing has them all.
pub fn suggestion(spec: &Spec, words: &[String]) -> Option<String> {
    let items = items(spec);
    let names = || items.iter().flat_map(|item| item.names().chain(item.members().map(String::as_str)));
    let unknown = |word: &&String| !names().any(|name| name.to_lowercase().contains(&word.to_lowercase()));
    let word = words.iter().find(unknown).or_else(|| words.first())?;
    // What is misspelled is mostly a part of a name.
    let parts = || names().flat_map(|name| name.split(['.', '_']));
    closest(word, names()).or_else(|| closest(word, parts())).map(str::to_owned)
}
