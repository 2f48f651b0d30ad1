//! The events: a struct for the data of each, and one enum of them all.

use b24_spec::Event;

use super::{docs, object, source::Source};
use crate::{names, plan::Plan, rust_type::RustTypes};

pub(crate) fn file(mut source: Source, types: &RustTypes<'_>, plan: &Plan<'_>) -> String {
    source.line("use crate::generated::*;");
    source.blank();
    for event in &plan.events {
        object::read(&mut source, types, &names::event(&event.name), &doc(event), &event.data);
    }
    source.doc("The data of an event.");
    source.line("#[derive(Debug, Clone, PartialEq)]\n#[non_exhaustive]\npub enum Event {");
    for event in &plan.events {
        let name = names::event(&event.name);
        source.line(&format!("    /// `{}`: {}", event.name, event.summary));
        source.line(&format!("    {name}({name}),"));
    }
    source.line("    /// An event that this build does not know, as it came.");
    source.line("    Other {\n        /// Its name.\n        name: String,\n        /// Its data.\n        data: Untyped,\n    },\n}");
    source.blank();
    source.line("impl Event {");
    source.line("    /// Reads the `data` block of an event. The name may be in any letter case.");
    source.line("    ///\n    /// # Errors\n    /// When the data of a known event is not what the spec says.");
    source.line("    pub fn decode(name: &str, data: Node<'_>) -> Result<Self, DecodeError> {");
    source.line("        match name.to_ascii_uppercase().as_str() {");
    for event in &plan.events {
        let known: Vec<String> =
            std::iter::once(&event.name).chain(&event.aliases).map(|name| format!("{name:?}")).collect();
        let name = names::event(&event.name);
        source.line(&format!("            {} => {name}::from_node(data).map(Self::{name}),", known.join(" | ")));
    }
    source.line("            _ => Ok(Self::Other { name: name.to_owned(), data: Untyped(data.to_json()) }),");
    source.line("        }\n    }\n}");
    source.into_text()
}

fn doc(event: &Event) -> String {
    let scope = if event.scope.is_empty() { String::new() } else { format!(", scope `{}`", event.scope) };
    let mut text = format!("{}\n\nEvent [`{}`]({}){scope}.", event.summary, event.name, event.docs);
    if let Some(since) = &event.since {
        text += &format!(" Since {}.", docs::revision(since));
    }
    if let Some(note) = docs::deprecation(&event.status) {
        text += &format!(" Deprecated: {note}.");
    }
    text
}
