use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    ids::{NoticeId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        notices::{CONFIRMATION, Notice},
    },
    views,
};

/// The most notifications that a page has, and how many where nobody tells.
const PAGE: usize = 50;
/// How many letters a search needs where there is no other condition.
const SHORTEST: usize = 3;
/// The conditions that can stand alone.
const CONDITIONS: [&str; 5] = ["SEARCH_TYPE", "SEARCH_TYPES", "SEARCH_DATE", "SEARCH_DATE_FROM", "SEARCH_AUTHORS"];

/// The id of a module, its name, and its events with their names.
type Module = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The kinds of notifications that the portal knows: module, name, and the events with their names.
const SCHEMA: [Module; 2] = [
    ("im", "Chat", &[("default", "Notifications of the portal")]),
    ("rest", "Applications", &[("rest_notify", "Notifications of applications")]),
];

fn limit(call: &Call<'_>) -> usize {
    call.args.limit(PAGE, PAGE)
}

fn wants_plain(call: &Call<'_>) -> bool {
    call.args.flag("CONVERT_TEXT").unwrap_or(false)
}

/// The notifications and who caused them.
fn told(state: &State, call: &Call<'_>, notices: &[&Notice]) -> (Value, Value) {
    let mut authors: Vec<UserId> = notices.iter().filter_map(|notice| notice.content.author).collect();
    authors.sort_unstable();
    authors.dedup();
    let notices = notices.iter().map(|notice| views::notice(state, notice, wants_plain(call))).collect();
    (notices, authors.into_iter().map(|author| views::user(state, author)).collect())
}

/// First those that ask for something, then the others; the latest first.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (last, stage) = (call.args.id::<NoticeId>("LAST_ID"), call.args.text("LAST_TYPE"));
    if last.is_some() != stage.is_some() {
        return Err(Refusal::new("LAST_ID_AND_LAST_TYPE"));
    }
    let me = call.user();
    let asks_still = stage.is_none_or(|stage| stage == CONFIRMATION.to_string());
    let is_on = |notice: &&Notice, is_in_stage: bool| match last {
        Some(last) if is_in_stage => notice.id < last,
        _ => true,
    };
    let asking = state.notices_of(me).filter(|notice| asks_still && notice.content.asks() && is_on(notice, asks_still));
    let others = state.notices_of(me).filter(|notice| !notice.content.asks() && is_on(notice, !asks_still));
    let page: Vec<&Notice> = asking.chain(others).take(limit(call)).collect();
    let (notifications, users) = told(state, call, &page);
    Ok(match state.notice_room(me).filter(|_| state.notices_of(me).next().is_some()) {
        None => json!({"notifications": notifications, "users": users}),
        Some(room) => json!({
            "total_count": state.notices_of(me).count(),
            "total_unread_count": state.unread_notices(me),
            "chat_id": room,
            "notifications": notifications,
            "users": users,
        }),
    })
}

pub(super) fn search(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    let text = args.text("SEARCH_TEXT").unwrap_or_default().trim().to_lowercase();
    if text.chars().count() < SHORTEST && !CONDITIONS.iter().any(|name| args.value(name).is_some()) {
        return Err(Refusal::new("SEARCH_TEXT_ERROR"));
    }
    let kinds: Vec<&str> =
        args.list("SEARCH_TYPES").iter().filter_map(Value::as_str).chain(args.text("SEARCH_TYPE")).collect();
    let authors = args.users("SEARCH_AUTHORS");
    let (day, from, to) = (args.moment("SEARCH_DATE"), args.moment("SEARCH_DATE_FROM"), args.moment("SEARCH_DATE_TO"));
    let group = args.text("GROUP_TAG");
    let is_found = |notice: &&Notice| {
        let content = &notice.content;
        let is_one_of = |kind: &&str| {
            let (module, event) = content.source();
            *kind == module || *kind == format!("{module}|{event}")
        };
        content.text.to_lowercase().contains(&text)
            && (kinds.is_empty() || kinds.iter().any(is_one_of))
            && (authors.is_empty() || content.author.is_some_and(|author| authors.contains(&author)))
            && day.is_none_or(|day| is_same_day(day, notice.date))
            && from.is_none_or(|from| notice.date >= from)
            && to.is_none_or(|to| notice.date <= to)
            && group.is_none_or(|group| [&content.tag, &content.sub_tag].into_iter().any(|tag| tag == group))
    };
    let last = args.id::<NoticeId>("LAST_ID");
    let found: Vec<&Notice> = state.notices_of(call.user()).filter(is_found).collect();
    let page = found.iter().filter(|notice| last.is_none_or(|last| notice.id < last)).take(limit(call));
    let (notifications, users) = told(state, call, &page.copied().collect::<Vec<_>>());
    let mut result = json!({
        "chat_id": state.notice_room(call.user()).unwrap_or_default(),
        "notifications": notifications,
        "users": users,
    });
    if last.is_none() {
        result["total_results"] = found.len().into();
    }
    Ok(result)
}

fn is_same_day(one: Timestamp, other: Timestamp) -> bool {
    let day = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    day(one) == day(other)
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn schema(_state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    let module = |(id, name, events): &(&str, &str, &[(&str, &str)])| {
        let events = events.iter().map(|(event, name)| json!({"ID": format!("{id}|{event}"), "NAME": name}));
        let module = json!({"NAME": name, "MODULE_ID": id, "LIST": events.collect::<Vec<_>>()});
        ((*id).to_owned(), module)
    };
    Ok(SCHEMA.iter().map(module).collect::<Map<_, _>>().into())
}
