//! Revision counters and the change log.

use std::collections::BTreeMap;

use super::{Names, day, revision, word};
use crate::{
    Change, ChangeKind, Counter, Step,
    json::{Cursor, Members},
    suggest::did_you_mean,
};

pub(super) fn revisions(members: &Members<'_>) -> BTreeMap<String, Counter> {
    let counters = members.need("counters").map(|cursor| cursor.entries()).unwrap_or_default();
    let step = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let step = Step {
            revision: members.need("revision").and_then(|cursor| cursor.number()).unwrap_or_default(),
            doc: members.need_prose("doc"),
        };
        members.finish();
        Some(step)
    };
    let counter = |(name, cursor): &(&str, Cursor<'_>)| {
        let members = cursor.object()?;
        let doc = members.need_prose("doc");
        let steps: Vec<Step> = members.get_list("steps").iter().filter_map(step).collect();
        if !steps.is_sorted_by(|a, b| a.revision < b.revision) {
            cursor.error("the steps must be in ascending order");
        }
        members.finish();
        Some(((*name).to_owned(), Counter { doc, steps }))
    };
    counters.iter().filter_map(counter).collect()
}

pub(super) fn changes(members: &Members<'_>, names: &Names<'_>) -> Vec<Change> {
    let known = |list: Vec<Cursor<'_>>, known: &std::collections::BTreeSet<&str>| -> Vec<String> {
        let name = |cursor: &Cursor<'_>| {
            let name = cursor.string()?;
            if !known.contains(name) {
                cursor.error(format!("\"{name}\" is not in the spec{}", did_you_mean(name, known.iter().copied())));
            }
            Some(name.to_owned())
        };
        list.iter().filter_map(name).collect()
    };
    let change = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        if members.get("published").is_none() {
            cursor.error("the key \"published\" is missing");
        }
        let change = Change {
            id: members.need_string("id"),
            kind: members
                .need("kind")
                .and_then(|_| word(&members, "kind", &ChangeKind::WORDS))
                .unwrap_or(ChangeKind::New),
            published: day(&members, "published").unwrap_or_default(),
            revision: members.get("revision").and_then(|cursor| revision(&cursor)),
            effective: day(&members, "effective"),
            methods: known(members.get_list("methods"), &names.methods),
            events: known(members.get_list("events"), &names.events),
            summary: members.need_prose("summary"),
        };
        members.finish();
        Some(change)
    };
    members.get_list("changes").iter().filter_map(change).collect()
}
