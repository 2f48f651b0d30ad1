//! `user.userfield.*`: the fields that a portal adds to the profiles of its users. Their errors have no codes.

mod settings;
mod values;

use serde_json::{Map, Value, json};

pub(super) use self::values::values;
use crate::{
    ids::FieldId,
    rest::{
        Args, Call, Download, Refusal,
        filter::{self, Filter},
    },
    state::{State, profile_fields::ProfileField, table::Table},
    views::OWN,
};

/// How many fields a portal can have.
const MOST: usize = 1016;
/// The members that can be changed, with what they are where nobody tells.
const MEMBERS: [(&str, &str); 8] = [
    ("XML_ID", ""),
    ("SORT", "100"),
    ("MULTIPLE", "N"),
    ("MANDATORY", "N"),
    ("SHOW_FILTER", "N"),
    ("SHOW_IN_LIST", "Y"),
    ("EDIT_IN_LIST", "Y"),
    ("IS_SEARCHABLE", "N"),
];
/// The types that every portal has.
const TYPES: [&str; 16] = [
    "string", "integer", "double", "date", "datetime", "boolean", "file", "enumeration", "url", "address", "money",
    "iblock_section", "iblock_element", "employee", "crm", "crm_status",
];

/// A refusal without a code.
fn nameless(why: impl Into<String>) -> Refusal {
    Refusal::because("", why)
}

pub(in crate::methods::user) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let given = call.args.object("fields");
    let name = given.text("FIELD_NAME").map(full_name).unwrap_or_default();
    let kind = given.text_or_empty("USER_TYPE_ID");
    if !TYPES.contains(&kind.as_str()) && !state.placements.has_type(&kind) {
        return Err(Refusal::because(
            "ERROR_CORE",
            format!("Fail to create new user field: there is no type {kind:?}"),
        ));
    }
    if state.profile_field(&name).is_some() {
        return Err(Refusal::because("ERROR_CORE", format!("Field {name} for USER object already exists")));
    }
    if state.profile_fields.values().count() >= MOST {
        return Err(Refusal::because("INTERNAL_SERVER_ERROR", format!("there are {MOST} fields already")));
    }
    let usual = |(name, value): &(&str, &str)| {
        ((*name).to_owned(), if value.is_empty() { Value::Null } else { (*value).into() })
    };
    let mut members: Map<String, Value> = MEMBERS.iter().map(usual).collect();
    members.extend(changes(&given));
    members.insert("SETTINGS".to_owned(), settings::complete(state, &kind, &given.object("SETTINGS")).into());
    let id = state.profile_fields.insert(|id| ProfileField { id, name, kind, members, files: Table::default() });
    Ok(id.into())
}

/// `UF_USR_SKILLS` of `skills`, `UF_SKILLS` or itself.
fn full_name(name: &str) -> String {
    let name = name.trim().to_ascii_uppercase();
    let bare = name.strip_prefix(OWN).or_else(|| name.strip_prefix("UF_")).unwrap_or(&name);
    format!("{OWN}{bare}")
}

/// The members that a call sets.
fn changes(given: &Args) -> impl Iterator<Item = (String, Value)> {
    MEMBERS.iter().filter_map(|(name, _)| {
        let value = given.value(name)?;
        let value = match (*name, value) {
            ("SHOW_FILTER", flag) if flag == "Y" => "E".into(),
            (_, Value::Number(number)) => number.to_string().into(),
            (_, value) => value.clone(),
        };
        Some(((*name).to_owned(), value))
    })
}

fn known(state: &State, call: &Call<'_>) -> Result<FieldId, Refusal> {
    let id = call.args.id("id").filter(|id| state.profile_fields.contains(*id));
    id.ok_or_else(|| nameless("Access denied."))
}

pub(in crate::methods::user) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = known(state, call)?;
    let given = call.args.object("fields");
    let kind = state.profile_fields.get(id).map(|field| field.kind.clone()).unwrap_or_default();
    let settings = given.value("SETTINGS").map(|_| settings::complete(state, &kind, &given.object("SETTINGS")));
    if let Some(field) = state.profile_fields.get_mut(id) {
        field.members.extend(changes(&given).filter(|(name, _)| name != "MULTIPLE"));
        field.members.extend(settings.map(|settings| ("SETTINGS".to_owned(), settings.into())));
    }
    Ok(true.into())
}

pub(in crate::methods::user) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = known(state, call)?;
    Ok(state.remove_profile_field(id).into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(in crate::methods::user) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_known = |name: &str| {
        ["ID", "FIELD_NAME", "USER_TYPE_ID"].contains(&name) || MEMBERS.iter().any(|(member, _)| *member == name)
    };
    let filter = Filter::read(&call.args.object("filter").0, is_known);
    let mut rows: Vec<Value> = state.profile_fields.values().map(row).filter(|row| filter.holds(row)).collect();
    filter::sort(&mut rows, &call.args.object("order").0);
    Ok(call.counted(rows))
}

fn row(field: &ProfileField) -> Value {
    let mut row = json!({
        "ID": field.id.to_string(),
        "ENTITY_ID": "USER",
        "FIELD_NAME": field.name,
        "USER_TYPE_ID": field.kind,
    });
    if let Some(row) = row.as_object_mut() {
        row.extend(field.members.clone());
        if field.kind == "enumeration" {
            row.insert("LIST".to_owned(), json!([]));
        }
    }
    row
}

/// Answers a file itself, in place of JSON.
pub(in crate::methods::user) fn file(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let missing = || nameless("there is no such file");
    let field = call.args.text("field").and_then(|name| state.profile_field(name)).ok_or_else(missing)?;
    let account = call.args.id("id").and_then(|user| state.users.get(user)).ok_or_else(missing)?;
    let number = call.args.value("value").and_then(Value::as_u64).ok_or_else(missing)?;
    let is_held = account.fields.get(&field.name).is_some_and(|held| match held {
        Value::Array(numbers) => numbers.iter().any(|held| held.as_u64() == Some(number)),
        held => held.as_u64() == Some(number),
    });
    let upload =
        field.files.get(number).filter(|_| is_held && state.sees(call.user(), account.id)).ok_or_else(missing)?;
    call.download(Download::of(&upload.name, &upload.content));
    Ok(Value::Null)
}
