//! Every method in one list, to find one by name, and the revision that every portal has.

use b24_spec::{Spec, TypeExpr, TypeKind};

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
pub(crate) fn decoders(mut source: Source, spec: &Spec, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use crate::{request::Request, wire::{DecodeError, FromNode, Node, ToValue}};");
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
    source.blank();
    source.line("/// Reads a word and writes it again; also how it looks to a developer.");
    source.line("pub type RoundTrip = fn(&str) -> (serde_json::Value, String);");
    source.blank();
    source.line("fn round_trip<T: FromNode + ToValue + std::fmt::Debug>(word: &str) -> (serde_json::Value, String) {");
    source.line("    let word = serde_json::Value::from(word);");
    source.line("    match T::from_node(Node::Json(&word)) {");
    source.line("        Ok(value) => {");
    source.line("            let shown = format!(\"{value:?}\");");
    source.line("            (value.to_value(), shown)");
    source.line("        }");
    source.line("        Err(error) => (serde_json::Value::Null, error.to_string()),");
    source.line("    }");
    source.line("}");
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
