//! Lists that come in pages: where the items are, and how to ask for more.

use b24_spec::{Advance, Paging};
use serde_json::{Map, Value};

use crate::rest::Answer;

/// The way through a list.
#[derive(Debug)]
pub(super) struct Pages<'a> {
    paging: &'a Paging,
    /// How many items the pages so far were asked to have.
    asked: u64,
}

impl<'a> Pages<'a> {
    pub(super) fn new(paging: &'a Paging, params: &Map<String, Value>) -> Self {
        Self { paging, asked: number(params, &paging.param).unwrap_or_default() }
    }

    /// The parameters of the next page, unless this was the last one.
    pub(super) fn after(&mut self, params: &Map<String, Value>, answer: &Answer) -> Option<Map<String, Value>> {
        let paging = self.paging;
        let result = answer.result();
        let items = items(paging, result);
        let has_more = paging.more.as_ref().and_then(|way| at(result, way)).map(is_set);
        if has_more == Some(false) || items.is_empty() {
            return None;
        }
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let size = paging.size.as_ref().and_then(|size| number(params, size)).or(paging.page.map(u64::from));
        let is_short = paging.more.is_none() && size.is_some_and(|size| count < size);
        let item = if paging.from_first { items.first()? } else { items.last()? };
        let position = match &paging.by {
            Advance::Start => Value::from(answer.number("next")?),
            Advance::Offset => {
                self.asked += size.unwrap_or(count);
                let is_all = answer.number("total").is_some_and(|total| self.asked >= total);
                (!is_all && !is_short).then(|| Value::from(self.asked))?
            }
            Advance::LastId(way) | Advance::LastDate(way) => (!is_short).then(|| at(item, way))??.clone(),
            Advance::Next(way) => at(result, way)?.clone(),
        };
        let mut next = params.clone();
        for (param, way) in &paging.with {
            if let Some(value) = at(item, way) {
                set(&mut next, param, value.clone());
            }
        }
        set(&mut next, &paging.param, position);
        // A portal that repeats itself would be asked for ever.
        (next != *params && !is_null(&next, &paging.param)).then_some(next)
    }
}

/// The items of a page; an object stands for the list of what it holds.
pub(super) fn items<'a>(paging: &Paging, result: &'a Value) -> Vec<&'a Value> {
    match at(result, &paging.items) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(items)) => items.values().collect(),
        _ => Vec::new(),
    }
}

/// Whether there is more than this page.
pub(super) fn continues(paging: &Paging, params: &Map<String, Value>, answer: &Answer) -> bool {
    Pages::new(paging, params).after(params, answer).is_some()
}

/// What stands at the end of a way with dots; the value itself at the end of none.
fn at<'a>(value: &'a Value, way: &str) -> Option<&'a Value> {
    way.split('.').filter(|name| !name.is_empty()).try_fold(value, |value, name| match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        value => value.get(name),
    })
}

fn number(params: &Map<String, Value>, way: &str) -> Option<u64> {
    let value = find(params, way)?;
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn is_null(params: &Map<String, Value>, way: &str) -> bool {
    find(params, way).is_none_or(Value::is_null)
}

fn find<'a>(params: &'a Map<String, Value>, way: &str) -> Option<&'a Value> {
    let (first, rest) = way.split_once('.').unwrap_or((way, ""));
    at(params.get(first)?, rest)
}

fn set(params: &mut Map<String, Value>, way: &str, value: Value) {
    match way.split_once('.') {
        None => {
            params.insert(way.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = params.entry(first).or_insert(Value::Null);
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

fn is_set(flag: &Value) -> bool {
    match flag {
        Value::Bool(flag) => *flag,
        Value::String(text) => super::typed::flag(text).unwrap_or_default(),
        Value::Number(number) => number.as_i64() != Some(0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use b24_spec::{Paging, Spec};
    use serde_json::{Map, Value, json};

    use super::{Pages, items};
    use crate::rest::Answer;

    fn answer(body: Value) -> Answer {
        let Value::Object(body) = body else { panic!("an answer is an object") };
        Answer { status: 200, text: String::new(), body }
    }

    /// The parameters of the page after the first, for a method and its first answer.
    fn second(method: &str, params: Value, body: Value) -> Option<Value> {
        let spec = Spec::embedded().expect("the spec is checked by its own tests");
        let paging = spec.methods[method].paging.clone().expect("a list");
        let Value::Object(params) = params else { panic!("parameters are an object") };
        Pages::new(&paging, &params).after(&params, &answer(body)).map(Value::Object)
    }

    #[test]
    fn a_list_with_next_goes_on_there() {
        let more = second(
            "im.search.user.list",
            json!({"FIND": "ann"}),
            json!({"result": {"1": {}}, "next": 10, "total": 12}),
        );
        assert_eq!(more, Some(json!({"FIND": "ann", "OFFSET": 10})));
        assert_eq!(second("im.search.user.list", json!({}), json!({"result": {"1": {}}, "total": 1})), None);
    }

    #[test]
    fn a_list_by_its_last_item_goes_on_after_it_while_pages_are_full() {
        let list = |count: u64| {
            let items: Vec<Value> = (1..=count).map(|id| json!({"id": id, "notify_type": 2})).collect();
            json!({"result": {"notifications": items}})
        };
        assert_eq!(second("im.notify.get", json!({}), list(50)), Some(json!({"LAST_TYPE": 2, "LAST_ID": 50})));
        assert_eq!(second("im.notify.get", json!({}), list(49)), None);
        assert_eq!(
            second("im.notify.get", json!({"LIMIT": 3}), list(3)),
            Some(json!({"LIMIT": 3, "LAST_TYPE": 2, "LAST_ID": 3}))
        );
    }

    #[test]
    fn a_list_with_a_flag_goes_on_while_it_is_set() {
        let page = |more: bool| json!({"result": {"bots": [{}], "hasNextPage": more}});
        assert_eq!(second("imbot.v2.Bot.list", json!({}), page(true)), Some(json!({"offset": 50})));
        assert_eq!(second("imbot.v2.Bot.list", json!({}), page(false)), None);
        let dated = json!({"result": {"items": [{"message": {"date": "2026-01-01"}}], "hasMore": true}});
        assert_eq!(second("im.recent.list", json!({}), dated), Some(json!({"LAST_MESSAGE_DATE": "2026-01-01"})));
    }

    #[test]
    fn a_position_inside_a_parameter_leaves_the_rest_of_it() {
        let list: Vec<Value> = (0..50).map(|id| json!({"ID": id})).collect();
        let more =
            second("imopenlines.config.list.get", json!({"PARAMS": {"select": ["ID"]}}), json!({"result": list}));
        assert_eq!(more, Some(json!({"PARAMS": {"select": ["ID"], "offset": 50}})));
    }

    #[test]
    fn a_portal_that_repeats_itself_is_not_asked_for_ever() {
        let events = json!({"result": {"events": [{}], "nextOffset": 7, "hasMore": true}});
        assert_eq!(second("imbot.v2.Event.get", json!({"offset": 7}), events), None);
    }

    #[test]
    fn every_list_of_the_spec_is_walked_in_one_of_these_ways() {
        let spec = Spec::embedded().expect("the spec is checked by its own tests");
        let lists: Vec<&Paging> = spec.methods.values().filter_map(|method| method.paging.as_ref()).collect();
        let ways: BTreeSet<String> = lists
            .iter()
            .map(|paging| format!("{:?}", paging.by))
            .map(|by| by.split('(').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(ways.into_iter().collect::<Vec<_>>(), ["LastDate", "LastId", "Next", "Offset", "Start"]);
        let nothing = answer(json!({"result": []}));
        for paging in lists {
            assert!(items(paging, nothing.result()).is_empty());
            assert_eq!(Pages::new(paging, &Map::new()).after(&Map::new(), &nothing), None);
        }
    }
}
