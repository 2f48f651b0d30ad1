//! Where a list of fields stands: in which file, and inside which of its fields.

use crate::document::Json;

/// The place of a list of fields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    /// The file, relative to the spec folder.
    pub file: String,
    /// The key of the outermost list: `params`, `data`, `fields`, or `result` for the fields of a result.
    pub list: &'static str,
    /// The fields on the way, by name.
    pub inside: Vec<String>,
}

impl Home {
    /// A list at the top of a file.
    pub fn new(file: impl Into<String>, list: &'static str) -> Self {
        Self { file: file.into(), list, inside: Vec::new() }
    }

    /// The members of a shared type.
    pub fn of_type(name: &str) -> Self {
        Self::new(format!("types/{name}.json"), "fields")
    }

    /// The members of a field in this list.
    pub fn within(&self, field: &str) -> Self {
        let mut inner = self.clone();
        inner.inside.push(field.to_owned());
        inner
    }

    /// The list in the file; it is made where there is none yet.
    pub fn locate<'a>(&self, root: &'a mut Json) -> Option<&'a mut Vec<Json>> {
        let mut list = if self.list == "result" { fields(root.get_mut("result")?)? } else { list(root, self.list)? };
        for name in &self.inside {
            let field = list.iter_mut().find(|field| field.get("name").and_then(Json::as_str) == Some(name))?;
            list = fields(field)?;
        }
        Some(list)
    }
}

fn fields(owner: &mut Json) -> Option<&mut Vec<Json>> {
    list(owner, "fields")
}

fn list<'a>(owner: &'a mut Json, key: &str) -> Option<&'a mut Vec<Json>> {
    if owner.get(key).is_none() {
        owner.set(key, Json::List(Vec::new()), &["groups", "result", "paging", "errors", "rules", "docs", "auth"]);
    }
    match owner.get_mut(key) {
        Some(Json::List(items)) => Some(items),
        _ => None,
    }
}
