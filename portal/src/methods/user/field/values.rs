use serde_json::{Map, Value};

use crate::{
    ids::FieldId,
    rest::Args,
    state::{State, profile_fields::Upload},
};

/// What a call sets in the fields that the portal has added. Files are put away; what stands in a profile is their
/// number.
pub(in crate::methods::user) fn values(state: &mut State, given: &Args) -> Map<String, Value> {
    let mut values = Map::new();
    for (name, value) in &given.0 {
        let Some(field) = state.profile_field(&name.to_ascii_uppercase()) else { continue };
        let (id, name, is_multiple, holds_files) =
            (field.id, field.name.clone(), field.is_multiple(), field.holds_files());
        let value = match (holds_files, is_multiple, value) {
            (true, true, Value::Array(files)) if !files.iter().all(Value::is_string) => {
                files.iter().filter_map(|file| put_away(state, id, file)).collect()
            }
            (true, true, file) => put_away(state, id, file).into_iter().collect(),
            (true, false, file) => put_away(state, id, file).into(),
            (false, true, value) if !value.is_array() && !is_empty(value) => vec![value.clone()].into(),
            (false, _, value) if is_empty(value) => Value::Null,
            (false, _, value) => value.clone(),
        };
        values.insert(name, value);
    }
    values
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value == ""
}

/// A file comes as a pair of its name and its content in Base64, which may stand under `fileData`.
fn put_away(state: &mut State, field: FieldId, file: &Value) -> Option<u64> {
    let pair = file.get("fileData").unwrap_or(file).as_array()?;
    let (name, content) = (pair.first()?.as_str()?.to_owned(), pair.last()?.as_str()?.to_owned());
    Some(state.profile_fields.get_mut(field)?.files.insert(|_| Upload { name, content }))
}
