//! Values that come in several forms → an enum with a variant a form.

use b24_spec::TypeExpr;

use super::source::Source;
use crate::{
    names,
    rust_type::{RustTypes, Way},
};

pub(crate) fn render(source: &mut Source, types: &RustTypes<'_>, name: &str, doc: &str, forms: &[TypeExpr], way: Way) {
    let forms: Vec<(String, String)> =
        forms.iter().map(|form| (variant(form), types.written(form, name, way))).collect();
    source.doc(doc);
    source.line(if way == Way::Read { "#[derive(Debug, Clone, PartialEq)]" } else { "#[derive(Debug, Clone)]" });
    source.line(&format!("#[non_exhaustive]\npub enum {name} {{"));
    source.indented(|source| {
        for (variant, ty) in &forms {
            source.doc(&format!("As `{ty}`."));
            source.line(&format!("{variant}({ty}),"));
        }
        source.doc("In a form that this build does not know.");
        source.line("Other(Value),");
    });
    source.line("}");
    source.blank();
    match way {
        Way::Read => {
            source.line(&format!("impl FromNode for {name} {{"));
            source.line("    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {");
            for (variant, ty) in &forms {
                source.line(&format!("        if let Ok(value) = <{ty}>::from_node(node) {{"));
                source.line(&format!("            return Ok(Self::{variant}(value));\n        }}"));
            }
            source.line("        Ok(Self::Other(node.to_json()))\n    }\n}");
        }
        Way::Sent => {
            source.line(&format!("impl ToValue for {name} {{"));
            source.line("    fn to_value(self) -> Value {\n        match self {");
            for (variant, _) in &forms {
                source.line(&format!("            Self::{variant}(value) => value.to_value(),"));
            }
            source.line("            Self::Other(value) => value,\n        }\n    }\n}");
            for (variant, ty) in &forms {
                source.blank();
                source.line(&format!("impl From<{ty}> for {name} {{"));
                source
                    .line(&format!("    fn from(value: {ty}) -> Self {{\n        Self::{variant}(value)\n    }}\n}}"));
            }
        }
    }
    source.blank();
}

/// `ChatId` → `ChatId`, `string` → `Plain`, `UserId[]` → `UserIdList`.
///
/// A variant `String` would make the compiler write `std::string::String` in all its messages.
fn variant(form: &TypeExpr) -> String {
    match form {
        TypeExpr::List(inner) => variant(inner) + "List",
        TypeExpr::Map(_, inner) => variant(inner) + "Map",
        TypeExpr::Optional(inner) => variant(inner),
        TypeExpr::String => "Plain".to_owned(),
        other => names::pascal(&other.to_string()),
    }
}
