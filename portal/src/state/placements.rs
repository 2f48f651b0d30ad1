use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, State, table::Table};
use crate::ids::{AppId, PlacementId, UserId};

/// Where applications show up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Placements {
    pub(crate) pages: Table<PlacementId, Placement>,
    /// The types of fields that applications draw themselves.
    pub(crate) types: Vec<FieldType>,
}

/// A page of an application in the interface.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Placement {
    pub(crate) id: PlacementId,
    pub(crate) app: AppId,
    /// `IM_TEXTAREA`
    pub(crate) place: String,
    /// The only user who gets it.
    pub(crate) user: Option<UserId>,
    pub(crate) handler: String,
    pub(crate) texts: PlacementText,
    pub(crate) languages: BTreeMap<String, PlacementText>,
    pub(crate) options: Map<String, Value>,
}

/// What a page is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) struct PlacementText {
    pub(crate) title: String,
    pub(crate) description: String,
    #[serde(rename = "GROUP_NAME")]
    pub(crate) group: String,
}

/// A type of fields that an application draws itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FieldType {
    pub(crate) app: AppId,
    pub(crate) code: String,
    pub(crate) handler: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// In pixels; 0 for the usual one.
    pub(crate) height: u64,
}

impl FieldType {
    /// What fields of this type are declared with: `rest_5_phone`.
    pub(crate) fn full_code(app: AppId, code: &str) -> String {
        format!("rest_{app}_{code}")
    }
}

impl Placement {
    /// What it is called in a language.
    pub(crate) fn texts_in(&self, language: &str) -> &PlacementText {
        self.languages.get(language).unwrap_or(&self.texts)
    }

    /// An option that is a word.
    pub(crate) fn option(&self, name: &str) -> &str {
        self.options.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Placements {
    /// Whether there is a type of fields with this full code.
    pub(crate) fn has_type(&self, full_code: &str) -> bool {
        self.types.iter().any(|known| FieldType::full_code(known.app, &known.code) == full_code)
    }
}

impl State {
    /// Takes away the pages of an application that are meant. Tells how many there were.
    pub(crate) fn remove_placements(&mut self, app: AppId, is_meant: impl Fn(&Placement) -> bool) -> usize {
        let pages = &mut self.placements.pages;
        let before = pages.values().count();
        pages.retain(|page| page.app != app || !is_meant(page));
        let removed = before - pages.values().count();
        if removed > 0 {
            self.changes.push(Change::Placements);
        }
        removed
    }
}
