use crate::TypeExpr;

/// A parameter, a member of an object or a member of event data.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the files")]
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
    /// The day until which the platform promises to take or send it, `YYYY-MM-DD`.
    pub ends: Option<String>,
    /// Other spellings that portals accept or send.
    pub aliases: Vec<String>,
    /// How large it may be.
    pub limit: Option<Limit>,
    /// A `bool` that clients write as `Y` or `N`.
    pub send_yes_no: bool,
    /// Meaningful for calls through an incoming webhook only.
    pub webhook_only: bool,
    /// What the client fills in when it is left out.
    pub inject: Option<Inject>,
    /// Present in answers, never sent.
    pub read_only: bool,
    /// The way to the member, beside this one, whose value it repeats.
    pub copy_of: Option<String>,
    /// The members of a nested object.
    pub fields: Vec<Field>,
    /// Alternatives among the members.
    pub groups: Vec<Group>,
}

impl Field {
    /// A field of this type and nothing else; its name is empty.
    pub fn of(ty: TypeExpr) -> Self {
        Self {
            name: String::new(),
            ty,
            required: false,
            default: None,
            doc: String::new(),
            since: None,
            until: None,
            ends: None,
            aliases: Vec::new(),
            limit: None,
            send_yes_no: false,
            webhook_only: false,
            inject: None,
            read_only: false,
            copy_of: None,
            fields: Vec::new(),
            groups: Vec::new(),
        }
    }
}

/// What a client knows and fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inject {
    /// `bot.id`: the bot on whose behalf it acts.
    BotId,
    /// `bot.client_id`: the name that a webhook client gave its bot, in v1.
    ClientId,
    /// `bot.token`: the token that a webhook client gave its bot, in v2.
    BotToken,
}

impl Inject {
    pub(crate) const WORDS: [(&str, Self); 3] =
        [("bot.id", Self::BotId), ("bot.client_id", Self::ClientId), ("bot.token", Self::BotToken)];

    /// Its word in the files.
    pub(crate) fn word(self) -> &'static str {
        super::word(&Self::WORDS, &self)
    }
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
    /// Length in characters, at least.
    pub min_chars: Option<u32>,
    /// Number of items.
    pub count: Option<u32>,
    /// Smallest number.
    pub min: Option<i64>,
    /// Largest number.
    pub max: Option<i64>,
    /// The code that the portal answers beyond it.
    pub error: Option<String>,
    /// The day on which it begins to hold, `YYYY-MM-DD`.
    pub from: Option<String>,
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
