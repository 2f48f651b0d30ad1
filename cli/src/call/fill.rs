//! From arguments to the parameters of a call.

use std::{fs, path::Path};

use b24_spec::{Method, Spec, TypeExpr};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value};

use super::{
    argument::{Argument, Given, Step, contents},
    shape::{Shape, find, param},
    typed,
};

/// The parameters that a file with fields and the arguments make; an argument wins over the file. Every mistake is
/// told, not only the first.
pub(super) fn params(
    spec: &Spec,
    method: Option<&Method>,
    fields: Option<&str>,
    arguments: &[String],
) -> Result<Map<String, Value>, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut params = Value::Object(Map::new());
    match fields.map(read_fields).transpose() {
        Ok(given) => {
            let given = given.into_iter().flatten();
            let spelled = given.map(|(name, value)| (spelled(method, &name), value));
            params = Value::Object(spelled.collect());
        }
        Err(mistake) => mistakes.push(mistake),
    }
    let mut touched = Vec::new();
    for typed in arguments {
        let argument = match Argument::parse(typed) {
            Ok(argument) => argument,
            Err(mistake) => {
                mistakes.push(mistake);
                continue;
            }
        };
        if let [Step::Member(name), rest @ ..] = argument.way.as_slice() {
            let name = spelled(method, name);
            // A list that arguments build up item by item takes the place of the one in the file.
            if rest.first() == Some(&Step::Next)
                && !touched.contains(&name)
                && let Some(params) = params.as_object_mut()
            {
                params.shift_remove(&name);
            }
            touched.push(name);
        }
        if let Err(mistake) = place(spec, method, &mut params, argument) {
            mistakes.push(mistake);
        }
    }
    match params {
        Value::Object(params) if mistakes.is_empty() => Ok(params),
        _ => Err(mistakes),
    }
}

/// What `--fields` names: a file, or JSON itself.
fn read_fields(fields: &str) -> Result<Map<String, Value>, String> {
    let (text, source) = if fields.trim_start().starts_with('{') {
        (fields.to_owned(), "--fields".to_owned())
    } else {
        let text = fs::read_to_string(Path::new(fields));
        (text.map_err(|error| format!("cannot read {fields}: {error}"))?, fields.to_owned())
    };
    match typed::json(&text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(format!("{source} must be a JSON object, with a member for each parameter")),
        Err(mistake) => Err(format!("{source} {mistake}")),
    }
}

/// The name of a parameter as the spec writes it.
fn spelled(method: Option<&Method>, name: &str) -> String {
    method.and_then(|method| param(method, name)).map_or_else(|| name.to_owned(), |field| field.name.clone())
}

fn place(spec: &Spec, method: Option<&Method>, params: &mut Value, argument: Argument) -> Result<(), String> {
    let Argument { way, given } = argument;
    let mut target = params;
    let mut shape: Option<Shape<'_>> = None;
    let mut path = String::new();
    for step in way {
        let next = match shape {
            Some(shape) => shape.step(spec, &step),
            None => top(method, &step),
        };
        let (step, inner) = next.unwrap_or((step, Shape::any()));
        let has_items = shape.is_some_and(|shape| shape.items(spec).is_some());
        let is_list = step == Step::Next || (has_items && step.is_number());
        target = enter(target, &step, is_list).map_err(|why| format!("{path}: {why}"))?;
        path = match &step {
            Step::Next => path + "[]",
            Step::Member(name) if path.is_empty() => name.clone(),
            Step::Member(name) => format!("{path}.{name}"),
        };
        shape = Some(inner);
    }
    let shape = shape.unwrap_or_else(Shape::any);
    *target = read(spec, shape, &given).map_err(|why| format!("{path} {why}"))?;
    Ok(())
}

fn top<'a>(method: Option<&'a Method>, step: &Step) -> Option<(Step, Shape<'a>)> {
    let Step::Member(name) = step else { return None };
    let field = find(&method?.params, name)?;
    Some((Step::Member(field.name.clone()), Shape::of_field(field)))
}

/// The place of a member or an item, made where there is none yet.
fn enter<'a>(value: &'a mut Value, step: &Step, is_list: bool) -> Result<&'a mut Value, String> {
    match step {
        Step::Member(name) if !is_list => {
            if !value.is_object() {
                *value = Value::Object(Map::new());
            }
            let member = value.as_object_mut().map(|object| object.entry(name.clone()).or_insert(Value::Null));
            member.ok_or_else(|| "is no object".to_owned())
        }
        step => {
            if !value.is_array() {
                *value = Value::Array(Vec::new());
            }
            let list = value.as_array_mut().ok_or_else(|| "is no list".to_owned())?;
            let index = match step {
                Step::Next => list.len(),
                Step::Member(name) => name.parse().map_err(|_| format!("{name} is no place in a list"))?,
            };
            if index > list.len() {
                return Err(format!("item {index} leaves a gap: there are {} so far", list.len()));
            }
            if index == list.len() {
                list.push(Value::Null);
            }
            list.get_mut(index).ok_or_else(|| "is no list".to_owned())
        }
    }
}

fn read(spec: &Spec, shape: Shape<'_>, given: &Given) -> Result<Value, String> {
    match given {
        Given::Text(text) => typed::value(spec, shape, text),
        Given::File(path) => {
            let bytes = contents(path)?;
            if *shape.solid().ty == TypeExpr::Base64 {
                return Ok(BASE64_STANDARD.encode(bytes).into());
            }
            let text = String::from_utf8(bytes).map_err(|_| format!("takes text, which {} is not", path.display()))?;
            typed::value(spec, shape, text.trim_end_matches(['\r', '\n']))
        }
    }
}
