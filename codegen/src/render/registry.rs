//! Every method in one list, to find one by name, and the revision that every portal has.

use b24_spec::Spec;

use super::{docs, source::Source};
use crate::{Options, names, plan::Plan};

pub(crate) fn file(mut source: Source, spec: &Spec, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use crate::request::{Method, Request, Since};");
    source.blank();
    source.line("/// What the spec knows about the methods of this build.");
    source.line("pub(crate) static METHODS: &[&Method] = &[");
    for (name, module) in &plan.modules {
        let path = if name == "_" { "crate::api".to_owned() } else { format!("crate::api::{name}") };
        module.each(&path, &mut |path, method| {
            if options.allows(method.since.as_ref()) {
                let request = names::pascal(docs::last(&method.name));
                source.line(&format!("    <{path}::{request} as Request>::METHOD,"));
            }
        });
    }
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
pub(crate) fn decoders(mut source: Source, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use crate::{request::Request, wire::{DecodeError, FromNode, Node}};");
    source.blank();
    source.line("/// Reads an answer, and says what is wrong with it.");
    source.line("pub type Decoder = fn(Node<'_>) -> Result<(), DecodeError>;");
    source.blank();
    source.line("fn decode<R: Request>(node: Node<'_>) -> Result<(), DecodeError> {");
    source.line("    R::Output::from_node(node).map(drop)");
    source.line("}");
    source.blank();
    source.line("/// The methods of this build, each with what reads its answer.");
    source.line("pub static RESULTS: &[(&str, Decoder)] = &[");
    for (name, module) in &plan.modules {
        let path = if name == "_" { "crate::api".to_owned() } else { format!("crate::api::{name}") };
        module.each(&path, &mut |path, method| {
            if options.allows(method.since.as_ref()) {
                let request = names::pascal(docs::last(&method.name));
                source.line(&format!("    ({:?}, decode::<{path}::{request}>),", method.name));
            }
        });
    }
    source.line("];");
    source.into_text()
}
