use std::fmt::Write;

use crate::Files;

const HEADING: &str = "\
# The public API of the bindings, as generated from spec/: module or type, then the item in it.
# Written by `cargo run -p b24-codegen -- listing`; a test fails when it is stale.
";

/// The public items of generated files, one a line with its module or type: what a change of the spec does to the API.
pub fn listing(files: &Files) -> String {
    let mut text = String::from(HEADING);
    for (path, source) in files.iter().filter(|(path, _)| path.as_str() != "api.rs") {
        let items = items(path, source);
        if !items.is_empty() {
            text.push('\n');
        }
        for (place, item) in items {
            let _ = writeln!(text, "{place} {item}");
        }
    }
    text
}

/// What a brace opened.
enum Scope {
    /// `pub mod chat {`
    Module(String),
    /// Fields and variants of a type, its functions: `pub struct Chat {`, `impl Chat {`.
    Type(String),
    /// `impl Request for Add {`: the associated type is public, the rest is plumbing.
    Request(String),
    /// `id! {` and `open_enum! {`, which write a type.
    Macro,
    /// Bodies and implementations.
    Private,
}

/// Public items with their places. The generator writes one item a line, and a brace at the end of the line where a
/// scope opens and at the start of the line where it closes; that is all one has to know to read it back.
fn items(path: &str, source: &str) -> Vec<(String, String)> {
    let root = path.trim_end_matches(".rs").replace('/', "::");
    let root = root.strip_suffix("::_").unwrap_or(&root);
    let mut found = Vec::new();
    let mut scopes: Vec<Scope> = Vec::new();
    let mut deprecated = "";
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("//") {
            continue;
        }
        if line.starts_with('}') {
            scopes.pop();
            continue;
        }
        if let Some(item) = item(scopes.last(), line) {
            found.push((place(root, &scopes), format!("{deprecated}{item}")));
        }
        deprecated = if line.starts_with("#[deprecated") { "deprecated " } else { "" };
        if line.ends_with('{') {
            let scope = opened(scopes.last(), line);
            scopes.push(scope);
        }
    }
    found
}

fn place(root: &str, scopes: &[Scope]) -> String {
    let names = scopes.iter().filter_map(|scope| match scope {
        Scope::Module(name) | Scope::Type(name) | Scope::Request(name) => Some(name.as_str()),
        Scope::Macro | Scope::Private => None,
    });
    std::iter::once(root).chain(names).collect::<Vec<_>>().join("::")
}

/// The public item that a line declares, as a caller sees it.
fn item(scope: Option<&Scope>, line: &str) -> Option<String> {
    let declared = line.trim_end_matches([' ', '{', ',', ';']);
    match scope {
        Some(Scope::Private) => None,
        Some(Scope::Request(_)) => declared.starts_with("type ").then(|| declared.to_owned()),
        Some(Scope::Macro) => Some(match declared.split_once(": ") {
            Some((name, of)) => format!("struct {name}(pub {of})"),
            None => format!("enum {declared}"),
        }),
        None | Some(Scope::Module(_) | Scope::Type(_)) => {
            if let Some(public) = declared.strip_prefix("pub ") {
                let public = public.trim_end_matches("(Params)").replace("(mut self", "(self");
                return (!public.starts_with("mod ")).then_some(public);
            }
            if declared.starts_with("impl From<") {
                return Some(declared.to_owned());
            }
            // What is left in a type are variants and their fields.
            let inside = matches!(scope, Some(Scope::Type(_))) && !declared.starts_with(['#', ')', ']']);
            (inside && !declared.is_empty() && !declared.starts_with("fn ")).then(|| declared.to_owned())
        }
    }
}

fn opened(scope: Option<&Scope>, line: &str) -> Scope {
    if matches!(scope, Some(Scope::Private | Scope::Request(_))) {
        return Scope::Private;
    }
    let words: Vec<&str> = line.split([' ', '(', '<']).collect();
    let name = |word: &str| word.to_owned();
    match words.as_slice() {
        ["pub", "mod", module, ..] => Scope::Module(name(module)),
        ["pub", "struct" | "enum", of, ..] | ["impl", of, "{"] => Scope::Type(name(of)),
        ["impl", "Request", "for", of, ..] => Scope::Request(name(of)),
        ["id!" | "open_enum!", ..] => Scope::Macro,
        // The words of `open_enum!` and the fields of a variant.
        [of, "{"] if matches!(scope, Some(Scope::Macro | Scope::Type(_))) => Scope::Type(name(of)),
        _ => Scope::Private,
    }
}
