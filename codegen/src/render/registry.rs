//! Every method in one list, to find one by name, and the revision that every portal has.

use b24_spec::{Spec, TypeExpr, TypeKind};

use super::{docs, source::Source};
use crate::{Options, names, plan::Plan};

pub(crate) fn file(mut source: Source, spec: &Spec, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use crate::request::{Method, Request, Since};");
    source.blank();
    source.line("/// What the spec knows about the methods of this build.");
    source.line("pub(crate) static METHODS: &[&Method] = &[");
    plan.each(&mut |path, method| {
        if options.allows(method.since.as_ref()) {
            let request = names::pascal(docs::last(&method.name));
            source.line(&format!("    <{path}::{request} as Request>::METHOD,"));
        }
    });
    source.line("];");
    source.blank();
    source.line("/// The oldest revision of each counter that the sources name: every portal is at least as new.");
    source.line("pub(crate) static OLDEST: &[Since] = &[");
    for (name, counter) in &spec.revisions {
        if let Some(first) = counter.steps.first() {
            source.line(&format!("    Since {{ counter: {name:?}, revision: {} }},", first.revision));
        }
    }
    source.line("];");
    source.into_text()
}

/// How the answer of each method is read, by name: for tests that hold examples against the bindings.
pub(crate) fn decoders(mut source: Source, spec: &Spec, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use super::{Decoder, RoundTrip, decode, round_trip};");
    source.blank();
    source.line("/// The methods of this build, each with what reads its answer.");
    source.line("pub static RESULTS: &[(&str, Decoder)] = &[");
    plan.each(&mut |path, method| {
        if options.allows(method.since.as_ref()) {
            let request = names::pascal(docs::last(&method.name));
            source.line(&format!("    ({:?}, decode::<{path}::{request}>),", method.name));
        }
    });
    source.line("];");
    source.blank();
    source.line("/// The ids and enums of this build, each with its words and what reads and writes them.");
    source.line("pub static WORDS: &[(&str, &[&str], RoundTrip)] = &[");
    for def in plan.types(spec) {
        let words: Vec<&str> = match &def.kind {
            TypeKind::Id(of) => vec![if *of == TypeExpr::Int { "7" } else { "text" }],
            TypeKind::Enum(values) => {
                let allowed = values.iter().filter(|value| options.allows(value.since.as_ref()));
                allowed.map(|value| value.value.as_str()).collect()
            }
            _ => continue,
        };
        source.line(&format!("    ({:?}, &{words:?}, round_trip::<crate::types::{}>),", def.name, def.name));
    }
    source.line("];");
    source.into_text()
}
