//! Text as the spec wants it: a number, a flag, a list.

use b24_spec::{Spec, TypeExpr, TypeKind};
use serde_json::Value;

use super::shape::Shape;

/// The value that a text stands for. What is not of the right type is an error, in words that follow its name.
pub(super) fn value(spec: &Spec, shape: Shape<'_>, text: &str) -> Result<Value, String> {
    let shape = shape.solid();
    let is_json = text.trim_start().starts_with(['{', '[']);
    if is_json && takes_json(spec, shape) {
        return json(text);
    }
    match shape.ty {
        TypeExpr::Int => whole(text),
        TypeExpr::Float => {
            let number = text.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64);
            number.map(Value::Number).ok_or_else(|| format!("must be a number, not \"{text}\""))
        }
        TypeExpr::Bool | TypeExpr::YesNo => {
            let flag = flag(text).ok_or_else(|| format!("must be Y or N, not \"{text}\""))?;
            let is_word = shape.is_yes_no || matches!(shape.ty, TypeExpr::YesNo);
            Ok(if is_word { if flag { "Y" } else { "N" }.into() } else { flag.into() })
        }
        TypeExpr::Object | TypeExpr::Map(..) => json(text),
        TypeExpr::List(_) => list(spec, shape, text),
        TypeExpr::Named(_) => match shape.named(spec).map(|def| &def.kind) {
            Some(TypeKind::Id(of)) => value(spec, Shape::of(of), text),
            Some(TypeKind::Object { .. } | TypeKind::Tagged(_)) => json(text),
            Some(TypeKind::List(_)) => list(spec, shape, text),
            Some(TypeKind::Union(forms)) => {
                let read = forms.iter().find_map(|form| value(spec, Shape::of(form), text).ok());
                Ok(read.unwrap_or_else(|| text.into()))
            }
            _ => Ok(text.into()),
        },
        _ => Ok(text.into()),
    }
}

/// Whether a bracket begins JSON here, not a text like any other.
fn takes_json(spec: &Spec, shape: Shape<'_>) -> bool {
    match shape.ty {
        TypeExpr::Any | TypeExpr::Object | TypeExpr::Map(..) | TypeExpr::List(_) => true,
        TypeExpr::Named(_) => shape.named(spec).is_some_and(|def| match &def.kind {
            TypeKind::Object { .. } | TypeKind::Tagged(_) | TypeKind::List(_) => true,
            TypeKind::Union(forms) => forms.iter().any(|form| takes_json(spec, Shape::of(form))),
            _ => false,
        }),
        _ => false,
    }
}

/// JSON as people type it: single quotes, names without quotes and comments are fine.
pub(super) fn json(text: &str) -> Result<Value, String> {
    jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default())
        .map_err(|error| format!("must be JSON: {error}"))
}

/// One item, or several whole numbers with commas between them.
fn list(spec: &Spec, shape: Shape<'_>, text: &str) -> Result<Value, String> {
    let Some(items) = shape.items(spec) else { return json(text) };
    if text.trim().is_empty() {
        return Ok(Value::Array(Vec::new()));
    }
    let is_number = match items.solid().named(spec).map(|def| &def.kind) {
        Some(TypeKind::Id(of)) => *of == TypeExpr::Int,
        _ => *items.ty == TypeExpr::Int,
    };
    let texts: Vec<&str> = if is_number { text.split(',').collect() } else { vec![text] };
    texts.into_iter().map(|text| value(spec, items, text)).collect::<Result<_, _>>().map(Value::Array)
}

fn whole(text: &str) -> Result<Value, String> {
    text.trim().parse::<i64>().map(Value::from).map_err(|_| format!("must be a whole number, not \"{text}\""))
}

pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" | "1" | "true" => Some(true),
        "n" | "no" | "0" | "false" => Some(false),
        _ => None,
    }
}
