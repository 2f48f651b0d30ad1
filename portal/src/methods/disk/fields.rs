//! What the drive tells of the fields of its things.

#![expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; these have no reason to")]

use serde_json::{Map, Value, json};

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// A name, what stands under it, and whether lists can be filtered by it.
pub(super) type FieldInfo = (&'static str, &'static str, bool);

pub(super) const STORAGE: &[FieldInfo] = &[
    ("ID", "integer", true),
    ("NAME", "string", true),
    ("CODE", "string", true),
    ("MODULE_ID", "string", false),
    ("ENTITY_TYPE", "string", true),
    ("ENTITY_ID", "string", true),
    ("ROOT_OBJECT_ID", "integer", false),
];

pub(super) const FOLDER: &[FieldInfo] = &[
    ("ID", "integer", true),
    ("NAME", "string", true),
    ("TYPE", "enum", true),
    ("CODE", "string", true),
    ("STORAGE_ID", "integer", true),
    ("REAL_OBJECT_ID", "integer", false),
    ("PARENT_ID", "integer", true),
    ("CREATE_TIME", "datetime", true),
    ("UPDATE_TIME", "datetime", true),
    ("DELETE_TIME", "datetime", true),
    ("CREATED_BY", "integer", false),
    ("UPDATED_BY", "integer", false),
    ("DELETED_BY", "integer", false),
    ("DELETED_TYPE", "enum", true),
];

const FILE: &[FieldInfo] = &[
    ("ID", "integer", true),
    ("NAME", "string", true),
    ("TYPE", "enum", true),
    ("CODE", "string", true),
    ("STORAGE_ID", "integer", true),
    ("PARENT_ID", "integer", true),
    ("CREATE_TIME", "datetime", true),
    ("UPDATE_TIME", "datetime", true),
    ("DELETE_TIME", "datetime", true),
    ("CREATED_BY", "integer", false),
    ("UPDATED_BY", "integer", false),
    ("DELETED_BY", "integer", false),
    ("GLOBAL_CONTENT_VERSION", "integer", false),
    ("FILE_ID", "integer", false),
    ("SIZE", "integer", false),
    ("DELETED_TYPE", "enum", true),
];

/// `disk.file.getVersions` has no method that tells of these.
pub(super) const VERSION: &[FieldInfo] = &[
    ("ID", "integer", true),
    ("SIZE", "integer", true),
    ("NAME", "string", true),
    ("CREATE_TIME", "datetime", true),
    ("CREATED_BY", "integer", true),
];

pub(super) fn of_storages(_: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(described(STORAGE))
}

pub(super) fn of_folders(_: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(described(FOLDER))
}

pub(super) fn of_files(_: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(described(FILE))
}

fn described(fields: &[FieldInfo]) -> Value {
    let describe = |(name, kind, filters): &FieldInfo| {
        ((*name).to_owned(), json!({"TYPE": kind, "USE_IN_FILTER": filters, "USE_IN_SHOW": true}))
    };
    fields.iter().map(describe).collect::<Map<_, _>>().into()
}

/// Whether lists can be filtered by a field.
pub(super) fn is_filter(fields: &[FieldInfo], name: &str) -> bool {
    fields.iter().any(|(known, _, filters)| *filters && *known == name)
}
