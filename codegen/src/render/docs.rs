//! Rustdoc of the generated items.

use b24_spec::{ErrorKind, Field, Method, Since, Status};

use crate::names;

/// "`DIALOG_ID`: Where to send it. Since im revision 26. At most 30 KB."
pub(crate) fn field(field: &Field) -> String {
    let mut text = format!("`{}`: {}", field.name, field.doc);
    if let Some(default) = &field.default {
        text +=
            &format!(" The portal assumes `{}`.", default.as_str().map_or_else(|| default.to_string(), str::to_owned));
    }
    if let Some(limit) = &field.limit {
        let sizes = [(limit.kb, "KB"), (limit.chars, "characters"), (limit.count, "items")];
        for (number, unit) in sizes.iter().filter_map(|(size, unit)| Some(((*size)?, unit))) {
            text += &format!(" At most {number} {unit}.");
        }
    }
    if let Some(since) = &field.since {
        text += &format!(" Since {}.", revision(since));
    }
    if let Some(until) = &field.until {
        text += &format!(" Until {}.", revision(until));
    }
    text
}

pub(crate) fn revision(since: &Since) -> String {
    format!("{} revision {}", since.counter, since.revision)
}

/// What to say of something that is not what one should use today.
pub(crate) fn deprecation(status: &Status) -> Option<String> {
    match status {
        Status::Deprecated(Some(replacement)) => Some(format!("use `{replacement}`")),
        Status::Deprecated(None) => Some("nothing replaces it".to_owned()),
        Status::Current | Status::Undocumented => None,
    }
}

/// Documentation of the function that makes a call.
pub(crate) fn method(method: &Method, arguments: &[String]) -> String {
    let scope = if method.scope.is_empty() { String::new() } else { format!(", scope `{}`", method.scope) };
    let mut text = format!("{}\n\nREST method [`{}`]({}){scope}.", method.summary, method.name, method.docs);
    if let Some(since) = &method.since {
        text += &format!(" Since {}.", revision(since));
    }
    if method.idempotent {
        text += " Safe to repeat.";
    }
    text += "\n";
    if !arguments.is_empty() {
        text += "\n";
        text += &arguments.join("\n");
        text += "\n";
    }
    let optional: Vec<String> = method
        .params
        .iter()
        .filter(|param| is_setter(param, &method.groups))
        .map(|param| format!("[`{0}`]({1}::{0})", names::snake(&param.name), names::pascal(last(&method.name))))
        .collect();
    if !optional.is_empty() {
        text += &format!("\nOptional: {}.\n", optional.join(", "));
    }
    if !method.errors.is_empty() {
        text += "\n# Errors\n";
        for error in &method.errors {
            let codes: Vec<String> =
                std::iter::once(&error.code).chain(&error.aliases).map(|code| format!("`{code}`")).collect();
            text += &format!("- {}: {}\n", codes.join(", also "), error.meaning);
        }
    }
    text
}

/// Whether a field is set by a method of the request rather than by an argument.
pub(crate) fn is_setter(field: &Field, groups: &[b24_spec::Group]) -> bool {
    let alternative = groups
        .iter()
        .any(|group| group.need == b24_spec::Need::One && group.of.iter().flatten().any(|name| *name == field.name));
    !field.read_only && !alternative && (!field.required || field.inject.is_some())
}

pub(crate) fn last(rest_name: &str) -> &str {
    rest_name.rsplit('.').next().unwrap_or(rest_name)
}

pub(crate) fn error_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Missing => "Missing",
        ErrorKind::Invalid => "Invalid",
        ErrorKind::Oversize => "Oversize",
        ErrorKind::NotFound => "NotFound",
        ErrorKind::Access => "Access",
        ErrorKind::State => "State",
        ErrorKind::Limit => "Limit",
        ErrorKind::Auth => "Auth",
        ErrorKind::Other => "Other",
    }
}
