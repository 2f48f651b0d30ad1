//! Who is asking, and to whom access codes belong: `U1` is a user, `G2` a group, `AU` everybody who is signed in.

use serde_json::{Map, Value, json};

use crate::{
    ids::UserId,
    rest::{Call, Refusal},
    state::State,
};

/// Groups that every portal has, by their codes.
const EVERYBODY: [(&str, &str); 2] = [("G2", "All visitors"), ("AU", "All authorized users")];
const ADMINS: (&str, &str) = ("G1", "Administrators");

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn profile(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Some(account) = state.users.get(call.user()) else { return Ok(json!([])) };
    let mut profile = json!({
        "ID": account.id.to_string(),
        "ADMIN": account.is_admin,
        "NAME": account.first_name,
        "LAST_NAME": account.last_name,
        "PERSONAL_GENDER": account.gender,
        "TIME_ZONE": account.field("TIME_ZONE"),
    });
    if !account.avatar.is_empty() {
        profile["PERSONAL_PHOTO"] = account.picture().into();
    }
    Ok(profile)
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn admin(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(call.is_admin(state).into())
}

/// Whether the user has one of the codes. Administrators have them all.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn has(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let own = format!("U{}", call.user());
    let is_own = |code: &str| code == own || EVERYBODY.iter().any(|(known, _)| *known == code);
    Ok((call.is_admin(state) || codes(call).any(is_own)).into())
}

fn codes<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a str> {
    call.args.list("ACCESS").iter().filter_map(Value::as_str)
}

/// What codes stand for; those that nobody has are left out.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn name(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if codes(call).next().is_none() {
        return Ok(false.into());
    }
    let named = codes(call).filter_map(|code| Some((code.to_owned(), meaning(state, code)?)));
    Ok(named.collect::<Map<_, _>>().into())
}

fn meaning(state: &State, code: &str) -> Option<Value> {
    let mut groups = EVERYBODY.iter().chain(std::iter::once(&ADMINS));
    if let Some((_, name)) = groups.find(|(known, _)| *known == code) {
        return Some(json!({"provider": "", "name": name, "provider_id": "other"}));
    }
    let id = code.strip_prefix('U')?.parse().ok().map(UserId)?;
    let name = state.users.get(id)?.name();
    Some(json!({"provider": "Users", "name": name, "provider_id": "user"}))
}
