use b24_spec::Limit;
use serde_json::Value;

use super::Check;

impl Check<'_> {
    /// A value against its limit; a warning where the limit does not hold yet.
    pub(super) fn limit(&mut self, limit: &Limit, value: &Value, path: &str) {
        let Some(fault) = beyond(limit, value) else { return };
        let code = limit.error.as_ref().map_or_else(String::new, |code| format!(" ({code})"));
        match &limit.from {
            Some(day) if *day > self.today => self.warning(format!("{path} {fault} from {day} on{code}")),
            _ => self.mistake(format!("{path} {fault}{code}")),
        }
    }
}

/// What is wrong with the size of a value, in words that follow its name.
fn beyond(limit: &Limit, value: &Value) -> Option<String> {
    let bytes = value.as_str().map_or_else(|| value.to_string().len(), str::len);
    let chars = value.as_str().map(|text| text.chars().count());
    let items = value.as_array().map(Vec::len);
    let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let size = |most: u32| usize::try_from(most).unwrap_or(usize::MAX);
    if let Some(most) = limit.kb.filter(|most| bytes > size(*most).saturating_mul(1024)) {
        return Some(format!("has {bytes} bytes, at most {most} KB are allowed"));
    }
    if let (Some(most), Some(chars)) = (limit.chars, chars)
        && chars > size(most)
    {
        return Some(format!("has {chars} characters, at most {most} are allowed"));
    }
    if let (Some(least), Some(chars)) = (limit.min_chars, chars)
        && chars < size(least)
    {
        return Some(format!("has {chars} characters, at least {least} are needed"));
    }
    if let (Some(most), Some(items)) = (limit.count, items)
        && items > size(most)
    {
        return Some(format!("has {items} items, at most {most} are allowed"));
    }
    if let (Some(least), Some(number)) = (limit.min, number)
        && number < least
    {
        return Some(format!("is {number}, less than {least}"));
    }
    if let (Some(most), Some(number)) = (limit.max, number)
        && number > most
    {
        return Some(format!("is {number}, more than {most}"));
    }
    None
}
