use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{
    State,
    apps::{Grants, KnownApp, Webhook},
    bots::{Bot, Command},
    chat_apps::ChatApps,
    chats::Chat,
    departments::Departments,
    disk::Disk,
    inbox::Inbox,
    lines::Lines,
    messages::Message,
    notices::Notices,
    options::Options,
    placements::Placements,
    profile_fields::ProfileField,
    subscriptions::Subscriptions,
    table::Table,
    users::Account,
};
use crate::ids::{AppId, ChatId, CommandId, FieldId, MessageId, UserId};

/// The form in which a snapshot is written. Whoever changes a part of it counts up.
pub(crate) const FORMAT: u32 = 1;

/// What lasts of a state. It shares most of its memory with the state, so it is made quickly.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) format: u32,
    member_id: String,
    seeded: bool,
    /// How far the clock is ahead.
    ahead: Duration,
    users: Table<UserId, Account>,
    chats: Table<ChatId, Chat>,
    messages: Table<MessageId, Message>,
    bots: BTreeMap<UserId, Bot>,
    commands: Table<CommandId, Command>,
    chat_apps: ChatApps,
    departments: Departments,
    disk: Disk,
    inbox: Inbox,
    lines: Lines,
    notices: Notices,
    options: Options,
    placements: Placements,
    profile_fields: Table<FieldId, ProfileField>,
    apps: Table<AppId, KnownApp>,
    webhooks: Vec<Webhook>,
    grants: Grants,
    subscriptions: Subscriptions,
}

impl Snapshot {
    pub(crate) fn disk(&self) -> &Disk {
        &self.disk
    }

    pub(crate) fn disk_mut(&mut self) -> &mut Disk {
        &mut self.disk
    }
}

impl State {
    pub(crate) fn snapshot(&self) -> Snapshot {
        // Each field is named, so that a new one is either kept or left out on purpose.
        let Self {
            settings,
            spec: _,
            palette: _,
            clock,
            seeded,
            users,
            chats,
            chat_index: _,
            messages,
            bots,
            commands,
            chat_apps,
            departments,
            disk,
            inbox,
            lines,
            notices,
            options,
            placements,
            profile_fields,
            apps,
            webhooks,
            grants,
            subscriptions,
            buckets: _,
            operating: _,
            faults: _,
            journal: _,
            given_out: _,
            #[cfg(debug_assertions)]
                mismatches: _,
            outbox: _,
            changes: _,
        } = self;
        Snapshot {
            format: FORMAT,
            member_id: settings.member_id.clone(),
            seeded: *seeded,
            ahead: clock.ahead(),
            users: users.clone(),
            chats: chats.clone(),
            messages: messages.clone(),
            bots: bots.clone(),
            commands: commands.clone(),
            chat_apps: chat_apps.clone(),
            departments: departments.clone(),
            disk: disk.clone(),
            inbox: inbox.clone(),
            lines: lines.clone(),
            notices: notices.clone(),
            options: options.clone(),
            placements: placements.clone(),
            profile_fields: profile_fields.clone(),
            apps: apps.clone(),
            webhooks: webhooks.clone(),
            grants: grants.clone(),
            subscriptions: subscriptions.clone(),
        }
    }

    /// Puts what lasted in the place of what a new portal starts with.
    pub(crate) fn restore(&mut self, snapshot: Snapshot) {
        let Snapshot {
            format: _,
            member_id,
            seeded,
            ahead,
            users,
            chats,
            messages,
            bots,
            commands,
            chat_apps,
            departments,
            disk,
            inbox,
            lines,
            notices,
            options,
            placements,
            profile_fields,
            apps,
            webhooks,
            grants,
            subscriptions,
        } = snapshot;
        self.settings.member_id = member_id;
        self.seeded = seeded;
        self.clock.advance(ahead);
        self.chat_index = chats.values().collect();
        self.users = users;
        self.chats = chats;
        self.messages = messages;
        self.bots = bots;
        self.commands = commands;
        self.chat_apps = chat_apps;
        self.departments = departments;
        self.disk = disk;
        self.inbox = inbox;
        self.lines = lines;
        self.notices = notices;
        self.options = options;
        self.placements = placements;
        self.profile_fields = profile_fields;
        self.apps = apps;
        self.webhooks = webhooks;
        self.grants = grants;
        self.subscriptions = subscriptions;
        // Those were about what a new portal starts with.
        self.changes.clear();
    }
}
