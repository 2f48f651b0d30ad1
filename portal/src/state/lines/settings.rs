use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The settings of an open line by their names on the wire, in the form in which they are answered: numbers as text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Settings(Map<String, Value>);

/// What a line is like that nobody changed.
const DEFAULTS: [(&str, &str); 81] = [
    ("LINE_NAME", ""),
    ("ACTIVE", "Y"),
    ("CRM", "N"),
    ("CRM_CREATE", "lead"),
    ("CRM_CREATE_SECOND", "0"),
    ("CRM_CREATE_THIRD", "Y"),
    ("CRM_FORWARD", "Y"),
    ("CRM_CHAT_TRACKER", "N"),
    ("CRM_TRANSFER_CHANGE", "Y"),
    ("CRM_SOURCE", "create"),
    ("QUEUE_TIME", "60"),
    ("NO_ANSWER_TIME", "60"),
    ("QUEUE_TYPE", "evenly"),
    ("CHECK_AVAILABLE", "Y"),
    ("WATCH_TYPING", "N"),
    ("WELCOME_BOT_ENABLE", "N"),
    ("WELCOME_MESSAGE", "N"),
    ("WELCOME_MESSAGE_TEXT", "Hello! You are talking to us; whoever is free first will answer."),
    ("VOTE_MESSAGE", "Y"),
    ("VOTE_TIME_LIMIT", "0"),
    ("VOTE_BEFORE_FINISH", "Y"),
    ("VOTE_CLOSING_DELAY", "Y"),
    ("VOTE_MESSAGE_1_TEXT", "How did we do?"),
    ("VOTE_MESSAGE_1_LIKE", "Thank you, we are glad to hear that."),
    ("VOTE_MESSAGE_1_DISLIKE", "Thank you for telling us. We will do better."),
    ("VOTE_MESSAGE_2_TEXT", "How did we do? Answer 1 for well, 0 for badly."),
    ("VOTE_MESSAGE_2_LIKE", "Thank you, we are glad to hear that."),
    ("VOTE_MESSAGE_2_DISLIKE", "Thank you for telling us. We will do better."),
    ("AGREEMENT_MESSAGE", "N"),
    ("AGREEMENT_ID", "0"),
    ("CATEGORY_ENABLE", "N"),
    ("CATEGORY_ID", "0"),
    ("WELCOME_BOT_JOIN", "always"),
    ("WELCOME_BOT_ID", "0"),
    ("WELCOME_BOT_TIME", "180"),
    ("WELCOME_BOT_LEFT", "close"),
    ("NO_ANSWER_RULE", "text"),
    ("NO_ANSWER_FORM_ID", "0"),
    ("NO_ANSWER_BOT_ID", "0"),
    ("NO_ANSWER_TEXT", "Nobody is free at the moment. Somebody will answer you as soon as possible."),
    ("WORKTIME_ENABLE", "N"),
    ("WORKTIME_FROM", "9"),
    ("WORKTIME_TO", "18.30"),
    ("WORKTIME_TIMEZONE", "UTC"),
    ("WORKTIME_DAYOFF_RULE", "text"),
    ("WORKTIME_DAYOFF_FORM_ID", "0"),
    ("WORKTIME_DAYOFF_BOT_ID", "0"),
    ("WORKTIME_DAYOFF_TEXT", "We are not at work now. Leave your question, and you will be answered when we are back."),
    ("CLOSE_RULE", "text"),
    ("CLOSE_FORM_ID", "0"),
    ("CLOSE_BOT_ID", "0"),
    ("CLOSE_TEXT", "Thank you for writing to us."),
    ("FULL_CLOSE_TIME", "0"),
    ("AUTO_CLOSE_RULE", "none"),
    ("AUTO_CLOSE_FORM_ID", "0"),
    ("AUTO_CLOSE_BOT_ID", "0"),
    ("AUTO_CLOSE_TIME", "3600"),
    ("AUTO_CLOSE_TEXT", ""),
    ("AUTO_EXPIRE_TIME", "86400"),
    ("MODIFY_USER_ID", "0"),
    ("TEMPORARY", "N"),
    ("LANGUAGE_ID", "en"),
    ("QUICK_ANSWERS_IBLOCK_ID", "0"),
    ("SESSION_PRIORITY", "0"),
    ("TYPE_MAX_CHAT", "answered_new"),
    ("MAX_CHAT", "0"),
    ("OPERATOR_DATA", "profile"),
    ("KPI_FIRST_ANSWER_TIME", "0"),
    ("KPI_FIRST_ANSWER_ALERT", "N"),
    ("KPI_FIRST_ANSWER_TEXT", "#OPERATOR# is late with the first answer in conversation #DIALOG#."),
    ("KPI_FURTHER_ANSWER_TIME", "0"),
    ("KPI_FURTHER_ANSWER_ALERT", "N"),
    ("KPI_FURTHER_ANSWER_TEXT", "#OPERATOR# is late with an answer in conversation #DIALOG#."),
    ("KPI_CHECK_OPERATOR_ACTIVITY", "N"),
    ("SEND_NOTIFICATION_EMPTY_QUEUE", "N"),
    ("USE_WELCOME_FORM", "N"),
    ("WELCOME_FORM_ID", "0"),
    ("WELCOME_FORM_DELAY", "Y"),
    ("SEND_WELCOME_EACH_SESSION", "Y"),
    ("CONFIRM_CLOSE", "Y"),
    ("IGNORE_WELCOME_FORM_RESPONSIBLE", "N"),
];

/// The settings that are lists or objects: what stands for nothing in each.
const LISTED: [&str; 5] = [
    "WORKTIME_HOLIDAYS",
    "WORKTIME_DAYOFF",
    "DEFAULT_OPERATOR_DATA",
    "KPI_FIRST_ANSWER_LIST",
    "KPI_FURTHER_ANSWER_LIST",
];

impl Settings {
    pub(crate) fn new(language: &str) -> Self {
        let mut settings: Map<String, Value> =
            DEFAULTS.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        settings.extend(LISTED.iter().map(|name| ((*name).to_owned(), nothing(name))));
        settings.insert("LANGUAGE_ID".to_owned(), language.into());
        settings.insert("XML_ID".to_owned(), Value::Null);
        // PHP shows the moments as empty objects, and so does the documentation.
        settings.extend(["DATE_CREATE", "DATE_MODIFY"].map(|name| (name.to_owned(), json!({}))));
        Self(settings)
    }

    /// Takes over what was sent.
    pub(crate) fn change(&mut self, given: &Map<String, Value>) {
        for (name, value) in given.iter().filter(|(name, _)| *name != "QUEUE") {
            self.0.insert(name.clone(), kept(name, value));
        }
    }

    pub(crate) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it is `Y`.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.text(name) == "Y"
    }

    /// A number; 0 for none.
    pub(crate) fn number(&self, name: &str) -> u64 {
        self.text(name).trim().parse().unwrap_or_default()
    }

    pub(crate) fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// A member of a setting that is an object.
    pub(crate) fn member(&self, name: &str, member: &str) -> &str {
        self.0.get(name).and_then(|object| object.get(member)).and_then(Value::as_str).unwrap_or_default()
    }

    /// The text for an occasion, where the line has one for it: `CLOSE` has `CLOSE_RULE` and `CLOSE_TEXT`.
    pub(crate) fn text_for(&self, occasion: &str) -> &str {
        let has_text = self.text(&format!("{occasion}_RULE")) == "text";
        if has_text { self.text(&format!("{occasion}_TEXT")) } else { "" }
    }

    /// As they are answered.
    pub(crate) fn to_json(&self) -> Map<String, Value> {
        self.0.clone()
    }
}

/// A value in the form in which it is kept.
fn kept(name: &str, value: &Value) -> Value {
    match value {
        Value::Null => nothing(name),
        Value::Number(number) => number.to_string().into(),
        Value::String(days) if name == "WORKTIME_HOLIDAYS" => days.split(',').map(str::trim).collect(),
        other => other.clone(),
    }
}

fn nothing(name: &str) -> Value {
    match name {
        "WORKTIME_HOLIDAYS" | "WORKTIME_DAYOFF" => json!([""]),
        "DEFAULT_OPERATOR_DATA" => json!([]),
        "KPI_FIRST_ANSWER_LIST" | "KPI_FURTHER_ANSWER_LIST" => Value::Null,
        _ => DEFAULTS.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value).into(),
    }
}
