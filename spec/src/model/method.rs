use super::{Field, Group, MethodError, Since};

/// A REST method.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// The REST name, `imbot.message.add`.
    pub name: String,
    /// What it does, in one sentence.
    pub summary: String,
    /// The permission it needs; empty for none.
    pub scope: String,
    /// Further permissions, each of which is enough.
    pub other_scopes: Vec<String>,
    /// Whether it stands at the address of REST 3.0.
    pub rest3: bool,
    /// What a caller must come with, where not anybody may call.
    pub only: Option<Through>,
    /// Whether only an administrator may call it.
    pub admin: bool,
    /// The revision that brought it, where the sources tell.
    pub since: Option<Since>,
    /// The last revision that has it.
    pub until: Option<Since>,
    /// Whether it is what one should use today.
    pub status: Status,
    /// Other names under which portals know it.
    pub aliases: Vec<String>,
    /// Whether a repeated call changes nothing more than one call.
    pub idempotent: bool,
    /// What it takes.
    pub params: Vec<Field>,
    /// Alternatives among the parameters.
    pub groups: Vec<Group>,
    /// What it answers; the name is empty.
    pub result: Field,
    /// How its list continues.
    pub paging: Option<Paging>,
    /// The error codes of its own.
    pub errors: Vec<MethodError>,
    /// What no other key can hold, in sentences.
    pub rules: Vec<String>,
    /// The official page.
    pub docs: String,
}

impl Method {
    /// Whether this is its name, or another one of it, in any letter case.
    pub fn is_called(&self, name: &str) -> bool {
        std::iter::once(&self.name).chain(&self.aliases).any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Finds a parameter by name in any letter case.
    pub fn param(&self, name: &str) -> Option<&Field> {
        self.params.iter().find(|param| param.name.eq_ignore_ascii_case(name))
    }

    /// The error with this code, also by one of its aliases.
    pub fn error(&self, code: &str) -> Option<&MethodError> {
        self.errors.iter().find(|error| error.code == code || error.aliases.iter().any(|alias| alias == code))
    }
}

/// Whether a method or event is what one should use today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Status {
    /// It is.
    #[default]
    Current,
    /// There is something better, if it is told what.
    Deprecated(Option<String>),
    /// Only older sources know it.
    Undocumented,
}

/// What a call must come with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// An application's token.
    Application,
    /// An incoming webhook.
    Webhook,
}

/// How a list continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// What the next position is made of.
    pub by: Advance,
    /// The parameter that carries the position.
    pub param: String,
    /// The parameter that holds the number of items a page.
    pub size: Option<String>,
    /// How many items a page has when nothing is asked for.
    pub page: Option<u32>,
    /// The way to the list inside the result; empty where the result is the list.
    pub items: String,
    /// Whether the member of the first item counts, not of the last.
    pub from_first: bool,
    /// Further parameters and the members of the same item that fill them.
    pub with: Vec<(String, String)>,
    /// The way to a flag inside the result that tells whether there is more.
    pub more: Option<String>,
}

/// What the next position of a list is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advance {
    /// `next`, which stands beside `result`.
    Start,
    /// The number of items so far.
    Offset,
    /// A member of an item that is an identifier: the way to it.
    LastId(String),
    /// A member of an item that is a time: the way to it.
    LastDate(String),
    /// A member of the result: the way to it.
    Next(String),
}
