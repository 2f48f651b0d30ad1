use serde_json::{Map, Value};

use crate::{
    phrase::Phrase,
    rest::{
        Call, Refusal,
        filter::{self, Filter},
    },
    state::{
        State,
        users::{Account, UserKind},
    },
    views::{self, Depth, FIELDS, OWN},
};

/// The fields that are searched by the beginnings of words.
const SEARCHED: [&str; 4] = ["NAME", "LAST_NAME", "WORK_POSITION", "UF_DEPARTMENT_NAME"];

/// What a call may see of a profile.
struct Look<'a> {
    depth: Depth,
    /// Whether it sees the fields that the portal has added.
    with_own: bool,
    /// The fields that it wants, all if it does not tell.
    select: Vec<&'a str>,
}

impl<'a> Look<'a> {
    fn of(call: &'a Call<'_>) -> Self {
        let scopes = &call.caller.scopes;
        let depth = Depth::of(scopes).unwrap_or(Depth::Brief);
        let with_own = depth == Depth::Full || scopes.iter().any(|scope| scope == "user.userfield");
        Self { depth, with_own, select: call.args.list("select").iter().filter_map(Value::as_str).collect() }
    }

    fn sees(&self, name: &str) -> bool {
        if name.starts_with(OWN) { self.with_own } else { self.depth.shows(name) }
    }

    fn wants(&self, name: &str) -> bool {
        let is_wanted = |wanted: &&str| match *wanted {
            "*" => true,
            "UF_*" => name.starts_with("UF_"),
            wanted => wanted == name,
        };
        self.select.is_empty() || name == "ID" || self.select.iter().any(is_wanted)
    }

    /// What it sees of a whole profile.
    fn at(&self, profile: Value) -> Value {
        match profile {
            Value::Object(profile) => profile
                .into_iter()
                .filter(|(name, _)| self.sees(name) && self.wants(name))
                .collect::<Map<_, _>>()
                .into(),
            other => other,
        }
    }
}

pub(super) fn current(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let account = state.users.get(call.user()).ok_or_else(|| Refusal::new("ACCESS_DENIED"))?;
    Ok(Look::of(call).at(views::profile(state, account).into()))
}

/// The fields that the caller sees; those that the portal has added are not among them.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn fields(_state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let look = Look::of(call);
    let seen = FIELDS.iter().filter(|(name, ..)| look.sees(name));
    Ok(seen.map(|(name, title, _)| ((*name).to_owned(), Value::from(*title))).collect::<Map<_, _>>().into())
}

/// The conditions of a call, those beside `FILTER` included.
fn conditions(call: &Call<'_>) -> Map<String, Value> {
    let mut conditions = call.others.0.clone();
    conditions.extend(call.args.object("FILTER").0);
    conditions
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let mut conditions = conditions(call);
    let phrase = conditions.shift_remove("NAME_SEARCH");
    let phrase = phrase.as_ref().and_then(Value::as_str).map(Phrase::of);
    let is_found = |account: &Account| phrase.as_ref().is_none_or(|phrase| phrase.is_in(&state.describe(account)));
    Ok(chosen(state, call, &conditions, is_found))
}

/// Either `FIND` in all that is searched, or words in some fields.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn search(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let mut conditions = conditions(call);
    let mut take = |name: &str| conditions.shift_remove(name).and_then(|value| value.as_str().map(Phrase::of));
    if let Some(phrase) = take("FIND") {
        let all = Map::new();
        return Ok(chosen(state, call, &all, |account| phrase.is_in(&state.describe(account))));
    }
    let phrases = SEARCHED.map(&mut take);
    let is_found = |account: &Account| {
        let departments = account.departments.iter().filter_map(|id| state.departments.get(*id));
        let departments = departments.map(|department| department.name.as_str()).collect::<Vec<_>>().join(" ");
        let texts = [&account.first_name, &account.last_name, &account.position, &departments];
        phrases.iter().zip(texts).all(|(phrase, text)| phrase.as_ref().is_none_or(|phrase| phrase.is_in(text)))
    };
    Ok(chosen(state, call, &conditions, is_found))
}

/// The page of people that a call wants. Bots and clients of open lines are none.
fn chosen(
    state: &State,
    call: &Call<'_>,
    conditions: &Map<String, Value>,
    is_found: impl Fn(&Account) -> bool,
) -> Value {
    let look = Look::of(call);
    let is_outside = state.users.get(call.user()).is_some_and(|account| account.kind == UserKind::Extranet);
    let filter = Filter::read(conditions, |name| look.sees(name) || name == "USER_TYPE");
    let is_person = |account: &&Account| matches!(account.kind, UserKind::Employee | UserKind::Extranet);
    let is_seen = |account: &&Account| !is_outside || state.sees(call.user(), account.id);
    let people = state.users.values().filter(is_person).filter(is_seen).filter(|account| is_found(account));
    let write = |account: &Account| Value::Object(views::profile(state, account));
    let (sort, order) = (call.args.text("sort"), call.args.value("order"));
    if conditions.is_empty() && sort.is_none() && order.is_none() {
        return call.page_of(people.collect(), |account| look.at(write(account)));
    }
    let mut rows: Vec<Value> = people.map(write).filter(|row| filter.holds(row)).collect();
    filter::sort_as_asked(&mut rows, sort, order);
    call.page_of(rows, |row| look.at(row))
}
