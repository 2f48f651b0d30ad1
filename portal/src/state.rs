//! Everything that the portal remembers, in one struct behind one mutex.
//!
//! Methods change it and leave behind what must happen next: deliveries in the `outbox` and `changes` for whoever
//! watches. [`crate::hub::Hub`] picks both up when the change is complete, so nothing here waits or calls back.

pub(crate) mod apps;
pub(crate) mod bots;
pub(crate) mod chat_apps;
pub(crate) mod chats;
pub(crate) mod clock;
pub(crate) mod departments;
pub(crate) mod disk;
mod forget;
pub(crate) mod inbox;
pub(crate) mod lines;
pub(crate) mod messages;
pub(crate) mod notices;
pub(crate) mod options;
mod palette;
pub(crate) mod placements;
pub(crate) mod profile_fields;
pub(crate) mod revisions;
pub(crate) mod secret;
pub(crate) mod snapshot;
pub(crate) mod subscriptions;
pub(crate) mod table;
pub(crate) mod users;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use b24_spec::{Spec, TypeKind};

use self::{
    apps::{Grants, KnownApp, Webhook},
    bots::{Bot, Command},
    chat_apps::ChatApps,
    chats::Chat,
    clock::Clock,
    departments::{Department, Departments},
    disk::Disk,
    inbox::Inbox,
    lines::Lines,
    messages::Message,
    notices::Notices,
    options::Options,
    palette::Palette,
    placements::Placements,
    profile_fields::ProfileField,
    revisions::Revisions,
    subscriptions::Subscriptions,
    table::Table,
    users::Account,
};
use crate::{
    events::delivery::Delivery,
    faults::Rules,
    ids::{AppId, ChatId, CommandId, EntryId, FieldId, MessageId, UserId},
    journal::Journal,
    rest::limit::{Limits, bucket::Buckets, operating::Operating},
};

/// What is fixed while a portal runs.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) name: String,
    /// `http` but where the port is that of HTTPS.
    pub(crate) scheme: &'static str,
    /// `127.0.0.1:8080`; many clients cannot do with a port that goes without saying, so it has none of these.
    pub(crate) domain: String,
    /// The `im` revision; what is newer is unknown to the portal.
    pub(crate) revision: u32,
    /// The `imopenlines` revision, likewise.
    pub(crate) lines_revision: u32,
    pub(crate) token_life: Duration,
    pub(crate) limits: Limits,
    pub(crate) language: String,
    /// The portal's own identifier, 32 hexadecimal digits.
    pub(crate) member_id: String,
}

impl Settings {
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.domain)
    }

    pub(crate) fn revisions(&self) -> Revisions {
        Revisions { im: self.revision, lines: self.lines_revision }
    }
}

pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) spec: Arc<Spec>,
    pub(crate) palette: Palette,
    pub(crate) clock: Clock,
    /// Whether the people, chats and files that it was to start with have been made.
    pub(crate) seeded: bool,
    pub(crate) users: Table<UserId, Account>,
    pub(crate) chats: Table<ChatId, Chat>,
    chat_index: chats::Index,
    pub(crate) messages: Table<MessageId, Message>,
    pub(crate) bots: BTreeMap<UserId, Bot>,
    pub(crate) commands: Table<CommandId, Command>,
    pub(crate) chat_apps: ChatApps,
    pub(crate) departments: Departments,
    pub(crate) disk: Disk,
    pub(crate) inbox: Inbox,
    pub(crate) lines: Lines,
    pub(crate) notices: Notices,
    pub(crate) options: Options,
    pub(crate) placements: Placements,
    pub(crate) profile_fields: Table<FieldId, ProfileField>,
    pub(crate) apps: Table<AppId, KnownApp>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) grants: Grants,
    pub(crate) subscriptions: Subscriptions,
    pub(crate) buckets: Buckets,
    pub(crate) operating: Operating,
    pub(crate) faults: Rules,
    pub(crate) journal: Journal,
    /// The last event of each name that the test kit has shown.
    pub(crate) given_out: BTreeMap<String, EntryId>,
    /// Answers of the portal that are not what the spec says: mistakes of ours, for the tests to find.
    #[cfg(debug_assertions)]
    pub(crate) mismatches: Vec<String>,
    pub(crate) outbox: Vec<Delivery>,
    pub(crate) changes: Vec<Change>,
}

/// Something that a watcher may want to show. Each watcher renders it with its own eyes.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    User(UserId),
    Chat(ChatId),
    ChatGone {
        chat: ChatId,
        user: UserId,
    },
    /// A private dialog of `user` went away together with the other side.
    DialogGone {
        with: UserId,
        user: UserId,
    },
    Message(MessageId, messages::Event),
    Typing {
        chat: ChatId,
        user: UserId,
    },
    /// A bot is at work, and says at what: a code of `V2InputAction`, for so many seconds.
    Busy {
        chat: ChatId,
        user: UserId,
        action: String,
        seconds: u64,
    },
    /// A button that blocks its keyboard was pressed.
    Blocked(MessageId),
    Commands,
    /// Something about the notifications of somebody.
    Notices(UserId),
    /// A page of an application came into the interface, or went away.
    Placements,
    /// Open lines or their conversations.
    Lines,
    Journal(EntryId),
    /// The portal stops.
    Closing,
}

impl State {
    pub(crate) fn new(settings: Settings, spec: Arc<Spec>) -> Self {
        let palette = Palette::of(&spec);
        let mut state = Self {
            settings,
            spec,
            palette,
            clock: Clock::default(),
            seeded: false,
            users: Table::default(),
            chats: Table::default(),
            chat_index: chats::Index::default(),
            messages: Table::default(),
            bots: BTreeMap::new(),
            commands: Table::default(),
            chat_apps: ChatApps::default(),
            departments: Departments::default(),
            disk: Disk::default(),
            inbox: Inbox::default(),
            lines: Lines::default(),
            notices: Notices::default(),
            options: Options::default(),
            placements: Placements::default(),
            profile_fields: Table::default(),
            apps: Table::default(),
            webhooks: Vec::new(),
            grants: Grants::default(),
            subscriptions: Subscriptions::default(),
            buckets: Buckets::default(),
            operating: Operating::default(),
            faults: Rules::default(),
            journal: Journal::default(),
            given_out: BTreeMap::new(),
            #[cfg(debug_assertions)]
            mismatches: Vec::new(),
            outbox: Vec::new(),
            changes: Vec::new(),
        };
        let company = state.settings.name.clone();
        state.departments.insert(|id| Department::new(id, company, None));
        let admin = state.person("You");
        state.sign_in(admin);
        if let Some(admin) = state.users.get_mut(admin) {
            admin.is_admin = true;
        }
        state
    }
}

impl State {
    /// Whether a word is one of those that the spec lists for an enum.
    pub(crate) fn spec_knows(&self, ty: &str, word: &str) -> bool {
        let known = self.spec.types.get(ty).map(|ty| &ty.kind);
        matches!(known, Some(TypeKind::Enum(values)) if values.iter().any(|value| value.value == word))
    }
}

/// The administrator, who owns the portal and installs its applications.
pub(crate) const ADMIN: UserId = UserId(1);
