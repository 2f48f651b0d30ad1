use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{State, table::Table};
use crate::ids::FieldId;

/// A field that the portal has added to the profiles of its users.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ProfileField {
    pub(crate) id: FieldId,
    /// `UF_USR_SKILLS`
    pub(crate) name: String,
    /// `string`, `enumeration`, … or a type of an application.
    pub(crate) kind: String,
    /// How it is shown and used, by the names on the wire.
    pub(crate) members: Map<String, Value>,
    /// The files that profiles have in it; what a profile holds is their number.
    pub(crate) files: Table<u64, Upload>,
}

/// A file in a field.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) name: String,
    /// In Base64.
    pub(crate) content: String,
}

impl ProfileField {
    pub(crate) fn is_multiple(&self) -> bool {
        self.members.get("MULTIPLE").is_some_and(|flag| flag == "Y")
    }

    pub(crate) fn holds_files(&self) -> bool {
        self.kind == "file"
    }
}

impl State {
    pub(crate) fn profile_field(&self, name: &str) -> Option<&ProfileField> {
        self.profile_fields.values().find(|field| field.name == name)
    }

    /// Takes a field away, with what profiles have in it.
    pub(crate) fn remove_profile_field(&mut self, id: FieldId) -> bool {
        let Some(field) = self.profile_fields.remove(id) else { return false };
        for account in self.users.values_mut().filter(|account| account.fields.contains_key(&field.name)) {
            account.fields.shift_remove(&field.name);
        }
        true
    }
}
