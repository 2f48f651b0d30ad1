//! What a call uses that not every revision has.

use b24_spec::{Field, Method, Since, Spec};
use serde_json::{Map, Value};

use super::{Finding, join};
use crate::call::shape::{Shape, find};

/// A method, a parameter or a word that came with a revision, or went after one.
#[derive(Debug, Clone)]
pub(crate) struct Bound<'a> {
    what: String,
    since: Option<&'a Since>,
    until: Option<&'a Since>,
}

/// Everything in a call that has to be there at the revision of the portal. What all portals have is left out.
pub(crate) fn bounds<'a>(spec: &'a Spec, method: &'a Method, params: &Map<String, Value>) -> Vec<Bound<'a>> {
    let mut bounds = Vec::new();
    let mut keep = |what: &str, since: Option<&'a Since>, until: Option<&'a Since>| {
        let since = since.filter(|since| !is_everywhere(spec, since));
        if since.is_some() || until.is_some() {
            bounds.push(Bound { what: what.to_owned(), since, until });
        }
    };
    keep(&method.name, method.since.as_ref(), method.until.as_ref());
    let fields: Vec<&Field> = method.params.iter().collect();
    visit(spec, &fields, params, "", &mut keep);
    bounds
}

fn visit<'a>(
    spec: &'a Spec,
    fields: &[&'a Field],
    object: &Map<String, Value>,
    path: &str,
    keep: &mut impl FnMut(&str, Option<&'a Since>, Option<&'a Since>),
) {
    for (name, value) in object {
        let Some(field) = find(fields.iter().copied(), name) else { continue };
        let path = join(path, &field.name);
        keep(&path, field.since.as_ref(), field.until.as_ref());
        let shape = Shape::of_field(field);
        if let (Some(words), Some(given)) = (shape.words(spec), value.as_str())
            && let Some(word) = words.iter().find(|word| word.value.eq_ignore_ascii_case(given))
        {
            keep(&format!("{} of {path}", word.value), word.since.as_ref(), None);
        }
        match value {
            Value::Object(object) => visit(spec, &shape.members(spec), object, &path, keep),
            Value::Array(items) => {
                let members = shape.items(spec).map(|items| items.members(spec)).unwrap_or_default();
                for item in items.iter().filter_map(Value::as_object) {
                    visit(spec, &members, item, &path, keep);
                }
            }
            _ => {}
        }
    }
}

/// Whether even the oldest portals that are known have it.
fn is_everywhere(spec: &Spec, since: &Since) -> bool {
    let first = spec.revisions.get(&since.counter).and_then(|counter| counter.steps.first());
    first.is_some_and(|first| since.revision <= first.revision)
}

impl Bound<'_> {
    /// The counter that decides.
    pub(crate) fn counter(&self) -> &str {
        self.since.or(self.until).map_or("", |since| since.counter.as_str())
    }

    /// What there is to say at this revision.
    pub(crate) fn at(&self, revision: u32) -> Option<Finding> {
        let what = &self.what;
        if let Some(since) = self.since.filter(|since| since.revision > revision) {
            let (counter, first) = (&since.counter, since.revision);
            return Some(Finding::mistake(format!(
                "{what} came with {counter} revision {first}; the portal has {revision}"
            )));
        }
        let until = self.until.filter(|until| until.revision < revision)?;
        let (counter, last) = (&until.counter, until.revision);
        Some(Finding::mistake(format!("{what} went after {counter} revision {last}; the portal has {revision}")))
    }
}
