//! What can be told about a call before anything is sent.

use serde_json::Value;

use crate::{
    request::{Bound, Limit, Method},
    wire::Params,
};

/// Something worth telling once: what it is about, and the sentence.
pub(super) type Notice = (&'static str, &'static str, String);

/// What is wrong with a call; if nothing is, what will be one day.
pub(super) fn before_sending(method: &'static Method, params: &Params) -> Result<Vec<Notice>, String> {
    for need in method.needs {
        let object = if need.path.is_empty() {
            None
        } else {
            let Some(value) = params.at(need.path) else { continue };
            Some(value)
        };
        let has = |name: &&str| match object {
            None => params.has(name),
            Some(value) => value.get(*name).is_some(),
        };
        if !need.of.iter().any(|together| together.iter().all(has)) {
            let choices: Vec<String> = need.of.iter().map(|together| together.join(" with ")).collect();
            let place = if need.path.is_empty() { String::new() } else { format!(" in {}", need.path) };
            return Err(format!("one of {}{place} is needed", choices.join(", ")));
        }
    }
    let mut notices = endings(method, params);
    for limit in method.limits {
        let Some(fault) = params.at(limit.path).and_then(|value| beyond(limit, value)) else { continue };
        if limit.from.is_empty() || limit.from <= today().as_str() {
            return Err(fault);
        }
        notices.push((method.name, limit.path, format!("{}: {fault} from {} on", method.name, limit.from)));
    }
    Ok(notices)
}

/// The parameters of this call that the platform will stop to take, or may have stopped to.
pub(super) fn endings(method: &'static Method, params: &Params) -> Vec<Notice> {
    let used = method.ends.iter().filter(|end| params.at(end.path).is_some());
    let notice = |end: &crate::request::End| {
        let verb = if end.day < today().as_str() { "was only promised to be taken" } else { "is taken" };
        (method.name, end.path, format!("{}: {} {verb} until {}", method.name, end.path, end.day))
    };
    used.map(notice).collect()
}

/// What is wrong with the size of a value.
fn beyond(limit: &Limit, value: &Value) -> Option<String> {
    let Limit { path, code, .. } = limit;
    let chars = || value.as_str().map(|text| text.chars().count());
    let number = || value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let fault = match limit.bound {
        Bound::Bytes(most) => {
            let size = value.to_string().len();
            (size > most).then(|| format!("{path} has {size} bytes, at most {most} are allowed"))
        }
        Bound::Chars(most) => chars()
            .filter(|count| *count > most)
            .map(|count| format!("{path} has {count} characters, at most {most} are allowed")),
        Bound::MinChars(least) => chars()
            .filter(|count| *count < least)
            .map(|count| format!("{path} has {count} characters, at least {least} are needed")),
        Bound::Items(most) => value
            .as_array()
            .map(Vec::len)
            .filter(|count| *count > most)
            .map(|count| format!("{path} has {count} items, at most {most} are allowed")),
        Bound::Min(least) => {
            number().filter(|number| *number < least).map(|number| format!("{path} is {number}, less than {least}"))
        }
        Bound::Max(most) => {
            number().filter(|number| *number > most).map(|number| format!("{path} is {number}, more than {most}"))
        }
    };
    fault.map(|fault| format!("{fault} ({code})"))
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}
