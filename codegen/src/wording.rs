//! What the spec says, in words. Names stand in backticks, as in the prose of the spec.

use b24_spec::{
    Advance, Change, ChangeKind, ErrorKind, Field, Group, Inject, Limit, Method, Need, Paging, Since, Status, Through,
    TypeKind,
};

/// How many words of an enum are told where it is only mentioned.
const FEW_WORDS: usize = 12;

pub(crate) fn revision(since: &Since) -> String {
    format!("{} revision {}", since.counter, since.revision)
}

/// `A`, `B` or `C`.
pub(crate) fn either(names: &[String]) -> String {
    match names {
        [many @ .., last] if !many.is_empty() => format!("{} or {last}", many.join(", ")),
        _ => names.concat(),
    }
}

pub(crate) fn code(name: impl AsRef<str>) -> String {
    format!("`{}`", name.as_ref())
}

pub(crate) fn codes(names: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    names.into_iter().map(code).collect()
}

/// What to say of something that is not what one should use today.
pub(crate) fn status(status: &Status) -> Option<String> {
    match status {
        Status::Current => None,
        Status::Deprecated(Some(replacement)) => Some(format!("Deprecated: use `{replacement}`.")),
        Status::Deprecated(None) => Some("Deprecated; nothing replaces it.".to_owned()),
        Status::Undocumented => Some("Undocumented: only the older sources know it.".to_owned()),
    }
}

pub(crate) fn callers(method: &Method) -> String {
    let with = match method.only {
        None => "an application or a webhook",
        Some(Through::Application) => "an application only, not a webhook",
        Some(Through::Webhook) => "a webhook only, not an application",
    };
    if method.admin { format!("{with}, of an administrator") } else { with.to_owned() }
}

/// "Exactly one of `DIALOG_ID`, or `FROM_USER_ID` with `TO_USER_ID`."
pub(crate) fn group(group: &Group) -> String {
    let alternatives: Vec<String> = group.of.iter().map(|together| codes(together).join(" with ")).collect();
    let is_simple = group.of.iter().all(|together| together.len() == 1);
    let alternatives = if is_simple { either(&alternatives) } else { alternatives.join(", or ") };
    let mut text = match group.need {
        Need::One => format!("Exactly one of {alternatives}."),
        Need::Any => format!("At least one of {alternatives}."),
    };
    if let Some(error) = &group.error {
        text += &format!(" Without, the portal answers `{error}`.");
    }
    text
}

/// "at most 30 KB, else `KEYBOARD_OVERSIZE`"
pub(crate) fn limit(limit: &Limit) -> String {
    let bounds = [
        limit.kb.map(|size| format!("at most {size} KB")),
        limit.min_chars.map(|count| format!("at least {count} characters")),
        limit.chars.map(|count| format!("at most {count} characters")),
        limit.count.map(|count| format!("at most {count} items")),
        limit.min.map(|bound| format!("at least {bound}")),
        limit.max.map(|bound| format!("at most {bound}")),
    ];
    let mut text = bounds.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if let Some(error) = &limit.error {
        text += &format!(", else `{error}`");
    }
    if let Some(day) = &limit.from {
        text += &format!(", from {day}");
    }
    text
}

/// How to get the next page, in sentences.
pub(crate) fn paging(paging: &Paging) -> Vec<String> {
    let param = &paging.param;
    let item = if paging.from_first { "first" } else { "last" };
    let mut told = vec![match &paging.by {
        Advance::Start => {
            format!("`{param}` takes the position of the next page: `next`, which stands beside `result`.")
        }
        Advance::Offset => format!("`{param}` takes the number of items that came so far."),
        Advance::LastId(way) | Advance::LastDate(way) => format!("`{param}` takes `{way}` of the {item} item."),
        Advance::Next(way) => format!("`{param}` takes `{way}` of the answer."),
    }];
    told.extend(paging.with.iter().map(|(param, way)| format!("`{param}` takes `{way}` of the same item.")));
    match (&paging.size, paging.page) {
        (Some(size), Some(page)) => {
            told.push(format!("`{size}` says how many items a page has, {page} when it is left out."));
        }
        (Some(size), None) => told.push(format!("`{size}` says how many items a page has.")),
        (None, Some(page)) => told.push(format!("A page has {page} items.")),
        (None, None) => {}
    }
    told.push(match paging.items.as_str() {
        "" => "The list is the result itself.".to_owned(),
        way => format!("The list is `{way}` in the result."),
    });
    told.extend(paging.more.iter().map(|way| format!("There is more while `{way}` is true.")));
    told
}

/// What is known of a field besides its type and meaning.
pub(crate) fn field(field: &Field) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(default) = &field.default {
        let shown = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        facts.push(if shown.is_empty() { "default: empty".to_owned() } else { format!("default `{shown}`") });
    }
    facts.extend(field.limit.as_ref().map(limit));
    facts.extend(field.since.as_ref().map(|since| format!("since {}", revision(since))));
    facts.extend(field.until.as_ref().map(|until| format!("up to {}", revision(until))));
    facts.extend(field.ends.as_ref().map(|day| format!("promised until {day}")));
    if !field.aliases.is_empty() {
        facts.push(format!("also spelled {}", either(&codes(&field.aliases))));
    }
    if field.send_yes_no {
        facts.push("sent as `Y` or `N`".to_owned());
    }
    if field.webhook_only {
        facts.push("through a webhook only".to_owned());
    }
    facts.extend(field.inject.map(|from| {
        let what = match from {
            Inject::BotId => "the bot's id",
            Inject::ClientId => "the bot's `CLIENT_ID`",
            Inject::BotToken => "the bot's token",
        };
        format!("the client fills in {what}")
    }));
    if field.read_only {
        facts.push("answered, never sent".to_owned());
    }
    facts.extend(field.copy_of.as_ref().map(|way| format!("the same as `{way}`")));
    facts
}

/// What a type is made of, where it is only mentioned; nothing where its name tells enough or its members follow.
pub(crate) fn mention(kind: &TypeKind) -> Option<String> {
    match kind {
        TypeKind::Enum(values) => {
            let words: Vec<String> = values.iter().map(|value| word(&value.value)).collect();
            Some(match words.len() {
                0 => return None,
                count if count > FEW_WORDS + 1 => {
                    format!("{}, or one of {} more words", words[..FEW_WORDS].join(", "), count - FEW_WORDS)
                }
                _ => either(&words),
            })
        }
        TypeKind::Union(forms) => Some(either(&codes(forms.iter().map(ToString::to_string)))),
        _ => None,
    }
}

/// A word of an enum; the empty one has to be named.
pub(crate) fn word(value: &str) -> String {
    if value.is_empty() { "the empty word".to_owned() } else { code(value) }
}

/// What kind of thing a type is.
pub(crate) fn kind(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Id(of) => format!("identifier, `{of}` on the wire"),
        TypeKind::Enum(_) => "one of these words, or one that came later".to_owned(),
        TypeKind::Object { .. } => "object".to_owned(),
        TypeKind::List(of) => format!("list of `{of}`"),
        TypeKind::Union(_) => "one value in several forms".to_owned(),
        TypeKind::Tagged(_) => "object with exactly one of these keys".to_owned(),
        TypeKind::Dialog => "a user, a chat or a group: `5`, `chat5` or `sg5`".to_owned(),
    }
}

/// How one gets an event.
pub(crate) fn subscription(subscribe: &str) -> String {
    match subscribe.split_once(' ') {
        Some((method, param)) => format!("`{param}` of `{method}`"),
        None if subscribe == "install" => "comes to the address that the application was installed with".to_owned(),
        None => code(subscribe),
    }
}

pub(crate) fn error_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Missing => "missing",
        ErrorKind::Invalid => "invalid",
        ErrorKind::Oversize => "oversize",
        ErrorKind::NotFound => "not found",
        ErrorKind::Access => "access",
        ErrorKind::State => "state",
        ErrorKind::Limit => "limit",
        ErrorKind::Auth => "auth",
        ErrorKind::Other => "other",
    }
}

pub(crate) fn change_kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "new",
        ChangeKind::Fix => "fix",
        ChangeKind::Breaking => "breaking",
    }
}

/// When a change happens.
pub(crate) fn change(change: &Change) -> Vec<String> {
    let published = (!change.published.is_empty()).then(|| format!("published {}", change.published));
    let revision = change.revision.as_ref().map(revision);
    let effective = change.effective.as_ref().map(|day| format!("in force from {day}"));
    [published, revision, effective].into_iter().flatten().collect()
}
