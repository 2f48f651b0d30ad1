use serde_json::{Map, Value, json};

use super::{
    Refusal,
    answer::{Format, explain, php_array},
    call::{Done, known_name, perform},
    caller::Caller,
    forms,
    stopwatch::Stopwatch,
};
use crate::{
    journal::{Kept, Outcome},
    state::State,
};

/// The sections of the answer, in the order of the commands.
#[derive(Default)]
struct Sections {
    result: Vec<(String, Value)>,
    error: Vec<(String, Value)>,
    total: Vec<(String, Value)>,
    next: Vec<(String, Value)>,
    time: Vec<(String, Value)>,
}

impl Sections {
    fn add(&mut self, key: String, done: Done, watch: &Stopwatch) {
        if let Some(page) = done.page {
            self.total.extend(page.total.map(|total| (key.clone(), total.into())));
            self.next.extend(page.next.map(|next| (key.clone(), next.into())));
        }
        self.result.push((key.clone(), done.result));
        self.time.push((key, watch.time(done.usage)));
    }

    fn into_value(self) -> Value {
        json!({
            "result": php_array(self.result),
            "result_error": php_array(self.error),
            "result_total": php_array(self.total),
            "result_next": php_array(self.next),
            "result_time": php_array(self.time),
        })
    }
}

/// Runs the commands one after the other; later ones may use the results of earlier ones.
pub(super) fn run(
    state: &mut State,
    caller: &Caller,
    params: &Map<String, Value>,
    request: &mut Stopwatch,
) -> Result<Done, Refusal> {
    let halts = params.get("halt").is_some_and(is_true);
    let most = state.settings.limits.batch.unwrap_or(usize::MAX);
    let mut sections = Sections::default();
    for (index, (key, command)) in commands(params.get("cmd"))?.into_iter().enumerate() {
        let (method, query) = command.split_once('?').unwrap_or((command.as_str(), ""));
        let method = method.trim_matches('/');
        let mut watch = request.start_command(state);
        let done = if index < most {
            let mut params = forms::parse(query.as_bytes());
            params.values_mut().for_each(|value| substitute(value, &sections.result));
            step(state, caller, method, params, &mut watch)
        } else {
            Err(Refusal::new("ERROR_BATCH_LENGTH_EXCEEDED"))
        };
        request.add(watch.busy());
        match done {
            Ok(done) => sections.add(key, done, &watch),
            Err(refusal) if refusal.is_timeout() => return Err(refusal),
            Err(refusal) => {
                sections.error.push((key, explain(state, state.spec.method(method), &refusal)));
                if halts {
                    break;
                }
            }
        }
    }
    Ok(Done::of(sections.into_value()))
}

fn commands(cmd: Option<&Value>) -> Result<Vec<(String, String)>, Refusal> {
    let entries: Vec<(String, &Value)> = match cmd {
        Some(Value::Object(map)) => map.iter().map(|(key, command)| (key.clone(), command)).collect(),
        Some(Value::Array(list)) => list.iter().enumerate().map(|(key, command)| (key.to_string(), command)).collect(),
        _ => return Err(Refusal::because("ERROR_ARGUMENT", "cmd must be a list or an object of commands")),
    };
    let text = |(key, command): (String, &Value)| (key, command.as_str().unwrap_or_default().to_owned());
    Ok(entries.into_iter().map(text).collect())
}

/// One command, noted in the journal like a call of its own.
fn step(
    state: &mut State,
    caller: &Caller,
    method: &str,
    mut params: Map<String, Value>,
    watch: &mut Stopwatch,
) -> Result<Done, Refusal> {
    if method.eq_ignore_ascii_case("batch") {
        return Err(Refusal::new("ERROR_BATCH_METHOD_NOT_ALLOWED"));
    }
    params.shift_remove("auth");
    let name = known_name(state, method);
    let who = format!("{} in a batch", caller.name(state, &params));
    let entry = state.note(&name, who, Some(caller), Kept::of_members(&params));
    let result = perform(state, caller, method, Format::Json, params, watch);
    let outcome = match &result {
        Ok(done) => Outcome::new(200, &done.result, None, watch.elapsed()),
        Err(refusal) => {
            let explained = explain(state, state.spec.method(method), refusal);
            Outcome::new(refusal.status(&state.spec), &explained, Some(refusal.code.clone()), watch.elapsed())
        }
    };
    state.conclude(entry, outcome);
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

pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
