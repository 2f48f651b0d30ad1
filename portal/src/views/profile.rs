use serde_json::{Map, Value, json};

use crate::state::{
    State,
    clock::iso,
    profile_fields::ProfileField,
    users::{Account, UserKind},
};

/// What the names of fields that a portal has added itself begin with.
pub(crate) const OWN: &str = "UF_USR_";
/// How long after somebody did something it counts as online.
const ONLINE_SECONDS: i64 = 15 * 60;

/// How much of a profile somebody may see: what the three versions of the scope `user` are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// `user_brief`: who it is.
    Brief,
    /// `user_basic`: and how to reach it.
    Basic,
    /// `user`: everything.
    Full,
}

use Depth::{Basic, Brief, Full};

/// The fields of a profile in the order of the documentation, what people call them, and who sees them.
pub(crate) const FIELDS: [(&str, &str, Depth); 63] = [
    ("ID", "ID", Brief),
    ("XML_ID", "External ID", Brief),
    ("ACTIVE", "Active", Brief),
    ("NAME", "First name", Brief),
    ("LAST_NAME", "Last name", Brief),
    ("SECOND_NAME", "Middle name", Brief),
    ("TITLE", "Salutation", Brief),
    ("EMAIL", "E-mail", Basic),
    ("LAST_LOGIN", "Last sign-in", Full),
    ("DATE_REGISTER", "Registered on", Brief),
    ("TIME_ZONE", "Time zone", Brief),
    ("IS_ONLINE", "Online", Brief),
    ("TIMESTAMP_X", "Changed on", Brief),
    ("LAST_ACTIVITY_DATE", "Last active on", Brief),
    ("PERSONAL_GENDER", "Gender", Brief),
    ("PERSONAL_PROFESSION", "Profession", Brief),
    ("PERSONAL_WWW", "Website", Full),
    ("PERSONAL_BIRTHDAY", "Birthday", Brief),
    ("PERSONAL_PHOTO", "Photo", Brief),
    ("PERSONAL_ICQ", "ICQ", Full),
    ("PERSONAL_PHONE", "Phone", Basic),
    ("PERSONAL_FAX", "Fax", Basic),
    ("PERSONAL_MOBILE", "Mobile phone", Basic),
    ("PERSONAL_PAGER", "Pager", Basic),
    ("PERSONAL_STREET", "Street", Basic),
    ("PERSONAL_CITY", "City", Brief),
    ("PERSONAL_STATE", "Region", Brief),
    ("PERSONAL_ZIP", "Postal code", Basic),
    ("PERSONAL_COUNTRY", "Country", Brief),
    ("PERSONAL_MAILBOX", "Post office box", Basic),
    ("PERSONAL_NOTES", "Notes", Basic),
    ("WORK_PHONE", "Work phone", Basic),
    ("WORK_COMPANY", "Company", Basic),
    ("WORK_POSITION", "Position", Brief),
    ("WORK_DEPARTMENT", "Department in words", Basic),
    ("WORK_WWW", "Company website", Basic),
    ("WORK_FAX", "Work fax", Basic),
    ("WORK_PAGER", "Work pager", Basic),
    ("WORK_STREET", "Work street", Basic),
    ("WORK_MAILBOX", "Work post office box", Basic),
    ("WORK_CITY", "Work city", Brief),
    ("WORK_STATE", "Work region", Brief),
    ("WORK_ZIP", "Work postal code", Basic),
    ("WORK_COUNTRY", "Work country", Brief),
    ("WORK_PROFILE", "Line of business", Basic),
    ("WORK_LOGO", "Company logo", Basic),
    ("WORK_NOTES", "Notes about the work", Basic),
    ("UF_SKYPE_LINK", "Skype chat", Basic),
    ("UF_ZOOM", "Zoom", Basic),
    ("UF_EMPLOYMENT_DATE", "Employed since", Brief),
    ("UF_TIMEMAN", "Working time is tracked", Brief),
    ("UF_DEPARTMENT", "Departments", Brief),
    ("UF_INTERESTS", "Interests", Brief),
    ("UF_SKILLS", "Skills", Brief),
    ("UF_WEB_SITES", "Other websites", Basic),
    ("UF_XING", "Xing", Basic),
    ("UF_LINKEDIN", "LinkedIn", Basic),
    ("UF_FACEBOOK", "Facebook", Basic),
    ("UF_TWITTER", "Twitter", Basic),
    ("UF_SKYPE", "Skype", Basic),
    ("UF_DISTRICT", "District", Basic),
    ("UF_PHONE_INNER", "Extension", Brief),
    ("USER_TYPE", "Kind of user", Full),
];

impl Depth {
    /// The deepest look that these scopes allow, if any.
    pub(crate) fn of(scopes: &[String]) -> Option<Self> {
        let has = |name: &str| scopes.iter().any(|scope| scope == name);
        let depths = [("user", Full), ("user_basic", Basic), ("user_brief", Brief)];
        depths.into_iter().find(|(scope, _)| has(scope)).map(|(_, depth)| depth)
    }

    /// Whether it shows a field of every portal.
    pub(crate) fn shows(self, name: &str) -> bool {
        FIELDS.iter().any(|(field, _, least)| *field == name && *least <= self)
    }
}

/// All of `PortalUser` that is known, and what the portal has added to it.
pub(crate) fn profile(state: &State, account: &Account) -> Map<String, Value> {
    let common = FIELDS.iter().filter_map(|(name, ..)| Some(((*name).to_owned(), field(state, account, name)?)));
    let own = account.fields.iter().filter(|(name, _)| name.starts_with(OWN));
    common.chain(own.map(|(name, value)| (name.clone(), shown(state, account, name, value)))).collect()
}

/// The value of a field that the portal has added; of a file, where it is to be had.
fn shown(state: &State, account: &Account, name: &str, value: &Value) -> Value {
    if !state.profile_field(name).is_some_and(ProfileField::holds_files) {
        return value.clone();
    }
    let file = |number: &Value| {
        let query = format!("action=rest.file.get&entity=USER&id={}&field={name}&value={number}", account.id);
        json!({
            "id": number,
            "showUrl": format!("/bitrix/services/main/ajax.php?{query}"),
            "downloadData": {"id": account.id, "field": name, "value": number},
        })
    };
    match value {
        Value::Array(numbers) => numbers.iter().map(file).collect(),
        number => file(number),
    }
}

/// A field; nothing where there is nothing to tell and the documentation shows no empty one.
fn field(state: &State, account: &Account, name: &str) -> Option<Value> {
    let kept = || account.fields.get(name).cloned();
    let date = |at: Option<jiff::Timestamp>| at.map_or_else(String::new, iso);
    Some(match name {
        "ID" => account.id.to_string().into(),
        "ACTIVE" => account.active.into(),
        "NAME" => account.first_name.clone().into(),
        "LAST_NAME" => account.last_name.clone().into(),
        "WORK_POSITION" => account.position.clone().into(),
        "PERSONAL_GENDER" => account.gender.clone().into(),
        "PERSONAL_PHOTO" => Some(account.picture()).filter(|picture| !picture.is_empty())?.into(),
        "PERSONAL_BIRTHDAY" | "UF_EMPLOYMENT_DATE" => midnight(account.field(name)).into(),
        "UF_DEPARTMENT" => json!(account.departments),
        "DATE_REGISTER" => iso(account.registered).into(),
        "LAST_LOGIN" | "LAST_ACTIVITY_DATE" => date(account.presence.last_seen).into(),
        "TIMESTAMP_X" => kept().unwrap_or_else(|| iso(account.registered).into()),
        "IS_ONLINE" => if is_online(state, account) { "Y" } else { "N" }.into(),
        "USER_TYPE" => if account.kind == UserKind::Extranet { "extranet" } else { "employee" }.into(),
        "EMAIL" | "TIME_ZONE" | "SECOND_NAME" | "XML_ID" => account.field(name).into(),
        _ => kept()?,
    })
}

fn is_online(state: &State, account: &Account) -> bool {
    let now = state.clock.now().as_second();
    account.presence.last_seen.is_some_and(|seen| now - seen.as_second() <= ONLINE_SECONDS)
}

/// A day as the documentation shows it; what is no day stays as it is.
fn midnight(day: &str) -> String {
    match day.parse::<jiff::civil::Date>() {
        Ok(day) => format!("{day}T00:00:00+00:00"),
        Err(_) => day.to_owned(),
    }
}
