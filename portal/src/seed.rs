//! What a portal starts with, as a person writes it down.
//!
//! Everything is called by its name. A seed is plain data: `serde` reads it from YAML or JSON.
//!
//! ```
//! use b24_portal::seed::{Chat, Seed, User};
//!
//! let ann = User { name: "Ann Lee".to_owned(), position: "Sales".to_owned(), ..User::default() };
//! let chat = Chat { title: "Team".to_owned(), members: vec!["You".to_owned(), ann.name.clone()], ..Chat::default() };
//! let seed = Seed { users: vec![ann], chats: vec![chat], ..Seed::default() };
//! ```

mod chats;
mod sow;
mod users;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// People, chats and applications.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// The administrator at the keyboard, who is there in any case and is always called "You" in the rest of the seed,
    /// whatever name is shown.
    pub you: Option<User>,
    /// The structure of the company. The first one stands above all others.
    pub departments: Vec<Department>,
    /// The people besides "You".
    pub users: Vec<User>,
    /// What they talk about.
    pub chats: Vec<Chat>,
    /// Addresses for calls without any token.
    pub webhooks: Vec<Webhook>,
    /// Applications to install.
    pub apps: Vec<App>,
}

/// A part of the company.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Department {
    /// What it is called; no other has this name.
    pub name: String,
    /// The department above; the first department if it is not told.
    pub within: Option<String>,
    /// Who heads it.
    pub head: Option<String>,
}

/// Somebody.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct User {
    /// First and last name; nobody else has it.
    pub name: String,
    /// What kind of user it is.
    pub kind: Kind,
    /// Whether it may do everything on the portal.
    pub admin: bool,
    /// Where it works.
    pub departments: Vec<String>,
    /// What it does there.
    pub position: String,
    /// `F` or `M`.
    pub gender: String,
    /// The language of its messenger, where that is another than the portal's.
    pub language: String,
    /// `online`, `dnd`, `away` or `break`.
    pub status: String,
    /// The rest of the profile, by the names of `user.get`: `EMAIL`, `WORK_PHONE`, `PERSONAL_BIRTHDAY`.
    pub profile: BTreeMap<String, String>,
}

/// What kind of user somebody is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Works here.
    #[default]
    Employee,
    /// Sees only whom and what it has been let in to.
    Extranet,
    /// Has worked here: is seen, but cannot do anything.
    Former,
    /// Writes through an open line.
    Client,
}

/// A conversation: a group chat with a title, or the private dialog of two.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chat {
    /// What a group chat is called. A private dialog has none.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Whether anyone may come in.
    pub open: bool,
    /// The name of a colour: `MINT`.
    pub color: String,
    /// Who owns it; the first member if it is not told.
    pub owner: Option<String>,
    /// Who else may change it.
    pub managers: Vec<String>,
    /// Who is in it: two people for a private dialog, anybody for a group chat.
    pub members: Vec<String>,
    /// What it belongs to outside the messenger, `CRM` and `DEAL|5`.
    pub entity: Option<Entity>,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
}

/// What a chat belongs to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entity {
    /// `CRM`, `SONET_GROUP`, or a word of an application.
    pub kind: String,
    /// `DEAL|5`
    pub id: String,
}

/// Something that was said.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Message {
    /// Who said it; without anybody it is a message of the system.
    pub from: Option<String>,
    /// With BB codes.
    pub text: String,
    /// How long ago it was said: `2d 3h`; just now if it is not told.
    pub ago: String,
    /// Who likes it.
    pub likes: Vec<String>,
    /// Files that it brings, by their names, with the text that is in them.
    pub files: BTreeMap<String, String>,
}

/// An address for calls without any token.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhook {
    /// In whose name the calls are.
    pub user: String,
    /// The part of the address that nobody else knows; a new one if it is not told.
    pub code: String,
    /// What it may use: `imbot`, `im`, `disk`.
    pub scopes: Vec<String>,
}

/// An application.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct App {
    /// What the messenger calls it; no other has this name.
    pub name: String,
    /// By which it is known; a new one if it is not told.
    pub client_id: String,
    /// What its author alone knows; a new one if it is not told.
    pub client_secret: String,
    /// What it may use; `imbot` and `im` if it is not told.
    pub scopes: Vec<String>,
}

/// What is wrong with a seed, and where: `chats[1].members[0]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {problem}")]
pub struct SeedError {
    /// Where in the seed.
    pub key: String,
    /// What is wrong there.
    pub problem: String,
}

/// The rest of the profile as the portal keeps it.
fn profile(texts: &BTreeMap<String, String>) -> Map<String, Value> {
    texts.iter().map(|(name, text)| (name.to_uppercase(), text.clone().into())).collect()
}
