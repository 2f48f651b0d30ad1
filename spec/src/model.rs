use std::collections::BTreeMap;

use crate::{Diagnostics, Sources, TypeExpr, read};

/// The whole API.
#[derive(Debug, Clone, Default)]
pub struct Spec {
    /// Methods by REST name.
    pub methods: BTreeMap<String, Method>,
    /// Events by name.
    pub events: BTreeMap<String, Event>,
    /// Shared types by name.
    pub types: BTreeMap<String, TypeDef>,
    /// Errors that any method may answer.
    pub errors: Vec<SystemError>,
    /// Revision counters by name.
    pub revisions: BTreeMap<String, Counter>,
    /// Changes with any change of the files ([`Sources::hash`]).
    pub hash: u64,
}

impl Spec {
    /// The spec that travels inside this crate.
    ///
    /// # Errors
    /// Every mistake in the files. A released crate has none: its tests see to that.
    pub fn embedded() -> Result<Self, Diagnostics> {
        Self::read(&Sources::embedded())
    }

    /// Reads and checks a set of files.
    ///
    /// # Errors
    /// Every mistake in the files, not only the first.
    pub fn read(sources: &Sources) -> Result<Self, Diagnostics> {
        read::spec(sources)
    }

    /// Finds a method by name in any letter case, as portals do.
    pub fn method(&self, name: &str) -> Option<&Method> {
        self.methods.get(name).or_else(|| self.methods.values().find(|method| method.name.eq_ignore_ascii_case(name)))
    }
}

/// A REST method.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// The REST name, `imbot.message.add`.
    pub name: String,
    /// What it does, in one sentence.
    pub summary: String,
    /// The permission it needs; empty for none.
    pub scope: String,
    /// The revision that brought it, where the sources tell.
    pub since: Option<Since>,
    /// The method to use instead, for a deprecated one.
    pub replacement: Option<String>,
    /// Whether a repeated call changes nothing more than one call.
    pub idempotent: bool,
    /// What it takes.
    pub params: Vec<Field>,
    /// Alternatives among the parameters.
    pub groups: Vec<Group>,
    /// What it answers; the name is empty.
    pub result: Field,
    /// The error codes of its own.
    pub errors: Vec<MethodError>,
    /// The official page.
    pub docs: String,
}

impl Method {
    /// Finds a parameter by name in any letter case.
    pub fn param(&self, name: &str) -> Option<&Field> {
        self.params.iter().find(|param| param.name.eq_ignore_ascii_case(name))
    }

    /// The error with this code, also by one of its aliases.
    pub fn error(&self, code: &str) -> Option<&MethodError> {
        self.errors.iter().find(|error| error.code == code || error.aliases.iter().any(|alias| alias == code))
    }
}

/// A parameter, a member of an object or a member of event data.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name as on the wire.
    pub name: String,
    /// Its type; [`TypeExpr::Object`] where `fields` holds the members.
    pub ty: TypeExpr,
    /// Must be sent, or is always present.
    pub required: bool,
    /// What the portal assumes when it is left out.
    pub default: Option<serde_json::Value>,
    /// What it means.
    pub doc: String,
    /// The revision that brought it, where it is later than its owner's.
    pub since: Option<Since>,
    /// The last revision that knows it.
    pub until: Option<Since>,
    /// How large it may be.
    pub limit: Option<Limit>,
    /// Meaningful for calls through an incoming webhook only.
    pub webhook_only: bool,
    /// What the client fills in when it is left out: `bot.id` or `bot.client_id`.
    pub inject: Option<String>,
    /// Present in answers, never sent.
    pub read_only: bool,
    /// The way to the member, beside this one, whose value it repeats.
    pub copy_of: Option<String>,
    /// The members of a nested object.
    pub fields: Vec<Field>,
    /// Alternatives among the members.
    pub groups: Vec<Group>,
}

/// A revision of one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// `im` or `imopenlines`.
    pub counter: String,
    /// Its value.
    pub revision: u32,
}

/// How large a value may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limit {
    /// Serialised size in units of 1024 bytes.
    pub kb: Option<u32>,
    /// Length in characters.
    pub chars: Option<u32>,
    /// Number of items.
    pub count: Option<u32>,
    /// The code that the portal answers beyond it.
    pub error: Option<String>,
}

/// Alternatives among fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How many of the alternatives.
    pub need: Need,
    /// The alternatives; the fields of one belong together.
    pub of: Vec<Vec<String>>,
    /// What is chosen, a lower-case noun.
    pub name: Option<String>,
    /// The code that the portal answers when none is given.
    pub error: Option<String>,
}

/// How many alternatives of a [`Group`] are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Exactly one.
    One,
    /// At least one.
    Any,
}

/// An error code of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodError {
    /// The code, `MESSAGE_EMPTY`.
    pub code: String,
    /// Older or misspelled codes for the same.
    pub aliases: Vec<String>,
    /// Why the call was refused.
    pub kind: ErrorKind,
    /// The parameters it is about, as paths (`PROPERTIES.NAME`).
    pub params: Vec<String>,
    /// What it means.
    pub meaning: String,
}

/// Why a call was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A parameter is absent or empty.
    Missing,
    /// A value does not validate.
    Invalid,
    /// A value is larger than its limit.
    Oversize,
    /// What a parameter names does not exist.
    NotFound,
    /// The caller has no right to it.
    Access,
    /// It cannot be done now.
    State,
    /// There are too many of them.
    Limit,
    /// The token, the application or the scope.
    Auth,
    /// The documentation does not tell more.
    Other,
}

impl ErrorKind {
    pub(crate) const WORDS: [(&str, Self); 9] = [
        ("missing", Self::Missing),
        ("invalid", Self::Invalid),
        ("oversize", Self::Oversize),
        ("not_found", Self::NotFound),
        ("access", Self::Access),
        ("state", Self::State),
        ("limit", Self::Limit),
        ("auth", Self::Auth),
        ("other", Self::Other),
    ];
}

/// An error that any method may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemError {
    /// The code, its kind and meaning.
    pub error: MethodError,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What the author of a bot can do about it.
    pub advice: String,
}

/// An event that a portal sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The name, upper case.
    pub name: String,
    /// Other names in use.
    pub aliases: Vec<String>,
    /// When it is sent, in one sentence.
    pub summary: String,
    /// The permission it needs; empty for none.
    pub scope: String,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// The event to use instead, for a deprecated one.
    pub replacement: Option<String>,
    /// The members of its `data` block.
    pub data: Vec<Field>,
    /// Whether it has the top-level `auth` block.
    pub auth: bool,
    /// How one gets it.
    pub subscribe: String,
    /// The official page.
    pub docs: String,
}

/// A shared type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub doc: String,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// Whether `b24-runtime` writes it by hand.
    pub by_hand: bool,
    /// How large a value may be, wherever the type is used.
    pub limit: Option<Limit>,
    /// What it is made of.
    pub kind: TypeKind,
}

/// What a shared type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// An identifier: a whole number or a string.
    Id(TypeExpr),
    /// An open list of words.
    Enum(Vec<EnumValue>),
    /// An object.
    Object {
        /// Its members.
        fields: Vec<Field>,
        /// Alternatives among them.
        groups: Vec<Group>,
    },
    /// A list with a name of its own.
    List(TypeExpr),
    /// A value that may be written in several forms.
    Union(Vec<TypeExpr>),
    /// An object with exactly one of these keys.
    Tagged(Vec<Tag>),
    /// A user or a chat: `5` or `chat5`.
    Dialog,
}

/// A word of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// As on the wire.
    pub value: String,
    /// As in Rust.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// The `#rrggbb` it stands for.
    pub color: Option<String>,
}

/// An alternative of a [`TypeKind::Tagged`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The key on the wire.
    pub key: String,
    /// The type of the value under it.
    pub ty: TypeExpr,
}

/// A revision counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// What it counts and how to ask for it.
    pub doc: String,
    /// The known steps, oldest first.
    pub steps: Vec<Step>,
}

/// A step of a revision counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The value.
    pub revision: u32,
    /// What it brought.
    pub doc: String,
}
