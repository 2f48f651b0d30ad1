use std::fmt::Write;

use crate::Files;

/// The public items of generated files, one a line with its module: what a change of the spec does to the API.
pub fn listing(files: &Files) -> String {
    let mut text = String::new();
    for (path, source) in files.iter().filter(|(path, _)| path.as_str() != "api.rs") {
        let root = path.trim_end_matches(".rs").replace('/', "::");
        let mut place = vec![root.replace("::_", "")];
        // The depth of braces at which each place ends.
        let mut ends = vec![0];
        let mut depth = 0;
        for line in source.lines() {
            let trimmed = line.trim_start();
            if trimmed.starts_with("//") {
                continue;
            }
            if let Some(item) = public_item(trimmed) {
                let _ = writeln!(text, "{} {item}", place.join("::"));
            }
            let opens = opened_place(trimmed);
            let before = depth;
            depth += trimmed.matches('{').count();
            depth -= trimmed.matches('}').count();
            if let Some(name) = opens.filter(|_| depth > before) {
                place.push(name);
                ends.push(before);
            }
            while ends.len() > 1 && ends.last().is_some_and(|end| depth <= *end) && depth < before {
                ends.pop();
                place.pop();
            }
        }
    }
    text
}

fn public_item(line: &str) -> Option<String> {
    if let Some(item) = line.strip_prefix("pub ") {
        let item = item.trim_end_matches(['{', ',', ';']).trim_end();
        return (!item.starts_with("mod ")).then(|| item.to_owned());
    }
    // Variants and ids stand inside macros or enums: `Red = "RED",`, `UserId: i64`, `DialogId(DialogId),`.
    let first = line.chars().next()?;
    (first.is_ascii_uppercase()
        && !line.contains("=>")
        && !line.contains("::")
        && !line.starts_with("Ok(")
        && !line.starts_with("Some("))
    .then(|| line.trim_end_matches([',', '{']).trim_end().to_owned())
}

/// The name that a line which opens a brace gives to what follows.
fn opened_place(line: &str) -> Option<String> {
    let mut words = line.split(|c: char| c.is_whitespace() || c == '(' || c == '<');
    match (words.next()?, words.next()?) {
        ("pub", "mod" | "enum" | "struct") => words.next().map(str::to_owned),
        ("impl", name) if !line.contains(" for ") => Some(name.to_owned()),
        _ => None,
    }
}
