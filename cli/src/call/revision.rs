//! Whether a portal is old or new enough for a call.

use std::collections::BTreeMap;

use b24_spec::{Method, Spec};
use serde_json::{Map, Value};

use super::check::{self, Finding};
use crate::target::Found;

/// What the portal does not know of a call. It is asked for its revision only where that decides; one that does not
/// tell is believed to know everything.
pub(super) async fn check(spec: &Spec, method: &Method, params: &Map<String, Value>, found: &Found) -> Vec<Finding> {
    let mut revisions: BTreeMap<&str, Option<u32>> = BTreeMap::new();
    let mut findings = Vec::new();
    let bounds = check::bounds(spec, method, params);
    for bound in &bounds {
        let counter = bound.counter();
        let known = match revisions.get(counter) {
            Some(known) => *known,
            None => *revisions.entry(counter).or_insert(ask(counter, found).await),
        };
        findings.extend(known.and_then(|revision| bound.at(revision)));
    }
    findings
}

/// The value of a counter. Of the methods that tell it, the scope decides which one may be called.
pub(crate) async fn ask(counter: &str, found: &Found) -> Option<u32> {
    if let (Some(facts), "im") = (&found.facts, counter) {
        return Some(facts.revision);
    }
    let methods: &[&str] = match counter {
        "im" => &["im.revision.get", "imbot.v2.Revision.get"],
        "imopenlines" => &["imopenlines.revision.get"],
        _ => &[],
    };
    for method in methods {
        let answer = found.rest.call(method, false, &Map::new()).await.ok()?;
        let revision = answer.result().get("rest").and_then(Value::as_u64);
        if let Some(revision) = revision.and_then(|revision| u32::try_from(revision).ok()) {
            return Some(revision);
        }
    }
    None
}
