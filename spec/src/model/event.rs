use super::{Field, Since, Status};

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
    /// The last revision that has it.
    pub until: Option<Since>,
    /// Whether it is what one should use today.
    pub status: Status,
    /// The members of its `data` block.
    pub data: Vec<Field>,
    /// Whether it has the top-level `auth` block.
    pub auth: bool,
    /// How one gets it.
    pub subscribe: String,
    /// What no other key can hold, in sentences.
    pub rules: Vec<String>,
    /// The official page.
    pub docs: String,
}
