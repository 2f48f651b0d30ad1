//! What chats belong to outside the messenger, and what that takes away from them.

use serde::{Deserialize, Serialize};

use super::Chat;

/// What a chat belongs to outside the messenger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entity {
    /// `CRM`, `LINES`, or a word of an application.
    pub(crate) kind: String,
    /// `DEAL|5`.
    pub(crate) id: String,
    pub(crate) data: [String; 3],
}

/// Something that can be done in a chat, unless what it belongs to decides on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Liberty {
    Avatar,
    Rename,
    Extend,
    Call,
    Mute,
    Leave,
    LeaveOwner,
    Send,
    UserList,
}

/// All of them with their names on the wire.
pub(crate) const LIBERTIES: [(Liberty, &str); 9] = [
    (Liberty::Avatar, "avatar"),
    (Liberty::Rename, "rename"),
    (Liberty::Extend, "extend"),
    (Liberty::Call, "call"),
    (Liberty::Mute, "mute"),
    (Liberty::Leave, "leave"),
    (Liberty::LeaveOwner, "leave_owner"),
    (Liberty::Send, "send"),
    (Liberty::UserList, "user_list"),
];

impl Chat {
    pub(crate) fn allows(&self, what: Liberty) -> bool {
        let taken: &[Liberty] = match self.entity.kind.as_str() {
            "CRM" => &[Liberty::Avatar, Liberty::Rename, Liberty::LeaveOwner],
            "SONET_GROUP" => &[Liberty::Avatar, Liberty::Rename, Liberty::Extend, Liberty::Leave, Liberty::LeaveOwner],
            _ => &[],
        };
        !taken.contains(&what)
    }
}

impl Entity {
    /// The kind as links call it: of a CRM item what the item is.
    pub(crate) fn link_kind(&self) -> &str {
        match self.kind.as_str() {
            "CRM" => self.crm_item().0,
            "TASKS_TASK" => "TASKS",
            other => other,
        }
    }

    /// Where on the portal it has its page, or nothing. `viewer` is whose pages those of a person are.
    pub(crate) fn page(&self, viewer: impl std::fmt::Display) -> String {
        let id = &self.id;
        match self.kind.as_str() {
            "CRM" => {
                let (kind, id) = self.crm_item();
                match kind.strip_prefix("DYNAMIC_") {
                    Some(process) => format!("/crm/type/{process}/details/{id}/"),
                    None => format!("/crm/{}/details/{id}/", kind.to_ascii_lowercase()),
                }
            }
            "SONET_GROUP" => format!("/workgroups/group/{id}/"),
            "TASKS" | "TASKS_TASK" => format!("/company/personal/user/{viewer}/tasks/task/view/{id}/"),
            _ => String::new(),
        }
    }

    /// `DEAL` and `5` of `DEAL|5`.
    fn crm_item(&self) -> (&str, &str) {
        self.id.split_once('|').unwrap_or((&self.id, ""))
    }
}
