use serde_json::{Map, Value, json};

use super::{
    Refusal,
    answer::{Start, php_array},
    call::{explain, known_name, perform},
    caller::Caller,
    forms,
};
use crate::{
    journal::{Kind, Outcome},
    state::State,
};

/// How many commands fit into one batch.
const COMMANDS: usize = 50;

/// The sections of the answer, in the order of the commands.
#[derive(Default)]
struct Sections {
    result: Vec<(String, Value)>,
    error: Vec<(String, Value)>,
    time: Vec<(String, Value)>,
}

/// Runs the commands one after the other; later ones may use the results of earlier ones.
pub(super) fn run(state: &mut State, caller: &Caller, params: &Map<String, Value>) -> Result<Value, Refusal> {
    let commands = commands(params.get("cmd"))?;
    let halts = params.get("halt").is_some_and(is_true);
    let mut sections = Sections::default();
    for (key, command) in commands {
        let (method, query) = command.split_once('?').unwrap_or((command.as_str(), ""));
        let method = method.trim_matches('/');
        let mut params = Value::Object(forms::parse(query.as_bytes()));
        substitute(&mut params, &sections.result);
        let start = Start::now(state);
        match step(state, caller, method, params) {
            Ok(result) => {
                sections.result.push((key.clone(), result));
                sections.time.push((key, start.time()));
            }
            Err(refusal) => {
                let error = explain(state, state.spec.method(method), &refusal);
                sections.error.push((key, error));
                if halts {
                    break;
                }
            }
        }
    }
    Ok(json!({
        "result": php_array(sections.result),
        "result_error": php_array(sections.error),
        "result_total": [],
        "result_next": [],
        "result_time": php_array(sections.time),
    }))
}

fn commands(cmd: Option<&Value>) -> Result<Vec<(String, String)>, Refusal> {
    let entries: Vec<(String, &Value)> = match cmd {
        Some(Value::Object(map)) => map.iter().map(|(key, command)| (key.clone(), command)).collect(),
        Some(Value::Array(list)) => list.iter().enumerate().map(|(key, command)| (key.to_string(), command)).collect(),
        _ => return Err(Refusal::because("ERROR_ARGUMENT", "cmd must be a list or an object of commands")),
    };
    if entries.len() > COMMANDS {
        return Err(Refusal::new("ERROR_BATCH_LENGTH_EXCEEDED"));
    }
    let text = |(key, command): (String, &Value)| (key, command.as_str().unwrap_or_default().to_owned());
    Ok(entries.into_iter().map(text).collect())
}

/// One command, noted in the journal like a call of its own.
fn step(state: &mut State, caller: &Caller, method: &str, params: Value) -> Result<Value, Refusal> {
    if method.eq_ignore_ascii_case("batch") {
        return Err(Refusal::new("ERROR_BATCH_METHOD_NOT_ALLOWED"));
    }
    let Value::Object(mut params) = params else { return Err(Refusal::new("ERROR_ARGUMENT")) };
    params.shift_remove("auth");
    let start = Start::now(state);
    let name = known_name(state, method);
    let who = format!("{} in a batch", caller.name(state, &params));
    let entry = state.note(Kind::Call, &name, who, Value::Object(params.clone()));
    let result = perform(state, caller, method, params);
    let (status, response, error) = match &result {
        Ok(value) => (200, value.clone(), None),
        Err(refusal) => {
            let explained = explain(state, state.spec.method(method), refusal);
            (refusal.status(&state.spec), explained, Some(refusal.code.clone()))
        }
    };
    state.conclude(entry, Outcome { status, response, error, took: start.elapsed() });
    result
}

fn is_true(flag: &Value) -> bool {
    match flag {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_i64() != Some(0),
        Value::String(text) => ["1", "true", "y"].contains(&text.to_ascii_lowercase().as_str()),
        _ => false,
    }
}

/// Puts earlier results where the parameters say `$result[key][FIELD]`.
fn substitute(value: &mut Value, results: &[(String, Value)]) {
    match value {
        Value::String(text) if text.contains("$result[") => *value = filled(text, results),
        Value::Array(items) => items.iter_mut().for_each(|item| substitute(item, results)),
        Value::Object(members) => members.values_mut().for_each(|member| substitute(member, results)),
        _ => {}
    }
}

fn filled(text: &str, results: &[(String, Value)]) -> Value {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once("$result") {
        let (found, after) = look_up(reference, results);
        // A reference that is all there is may stand for a list or an object.
        if before.is_empty() && after.is_empty() && filled.is_empty() {
            return found;
        }
        filled.push_str(before);
        filled.push_str(&as_text(&found));
        rest = after;
    }
    filled.push_str(rest);
    Value::String(filled)
}

/// Follows `[key][FIELD]…`; tells what is there and what stands after it. Nothing there is null.
fn look_up<'a>(reference: &'a str, results: &[(String, Value)]) -> (Value, &'a str) {
    let mut found: Option<Value> = None;
    let mut rest = reference;
    let mut depth = 0;
    while let Some((key, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        found = match (depth, found) {
            (0, _) => results.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone()),
            (_, Some(Value::Object(mut members))) => members.shift_remove(key),
            (_, Some(Value::Array(items))) => key.parse().ok().and_then(|index: usize| items.into_iter().nth(index)),
            _ => None,
        };
        depth += 1;
        rest = after;
    }
    (found.unwrap_or_default(), rest)
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
