use serde_json::Value;

use super::{view, visitor};
use crate::{
    ids::DiskId,
    rest::{Args, Call, Refusal},
    state::{
        State,
        disk::{Access, Object, ObjectKind, StorageOwner, Visitor},
    },
};

/// How long a query may be.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=255;
/// Nothing beyond can be reached.
const REACHED: usize = 1050;
/// How much of a document the search reads.
const READ: usize = 1024 * 1024;

/// What a search looks through.
#[derive(Default)]
struct Scope {
    storage: Option<DiskId>,
    folder: Option<DiskId>,
}

/// What was changed last comes first.
pub(super) fn search(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let query = call.args.text("QUERY").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if !LENGTH.contains(&query.chars().count()) {
        return Err(Refusal::new("INVALID_QUERY"));
    }
    let visitor = visitor(call);
    let scope = scope(state, visitor, &call.args.object("FILTER"))?;
    let wanted = call.args.text("TYPE").unwrap_or("file");
    let query = query.to_lowercase();
    let is_found = |object: &&Object| {
        object.is_there()
            && object.parent.is_some()
            && (wanted == "all" || wanted == view::word(object.kind()))
            && scope.has(state, object)
            && (object.name.to_lowercase().contains(&query) || holds(state, object, &query))
            && state.may_read(visitor, object)
    };
    let mut found: Vec<&Object> = state.disk.objects().filter(is_found).collect();
    found.sort_by_key(|object| std::cmp::Reverse((object.updated.at, object.id)));
    found.truncate(REACHED);
    Ok(call.page_uncounted(found.into_iter().map(|object| view::object(state, object)).collect()))
}

fn scope(state: &State, visitor: Visitor, filter: &Args) -> Result<Scope, Refusal> {
    let not_found = |_| Refusal::new("NOT_FOUND");
    let mut scope = Scope::default();
    if let Some(id) = filter.id("STORAGE_ID") {
        let storage = state.disk.storage(id).ok_or_else(|| Refusal::new("NOT_FOUND"))?;
        if storage.owner == StorageOwner::Chats {
            return Err(Refusal::new("UNSUPPORTED_STORAGE"));
        }
        state.allowed_folder(visitor, storage.root, Access::Read).map_err(not_found)?;
        scope.storage = Some(id);
    }
    if let Some(id) = filter.id("FOLDER_ID") {
        let folder = state.allowed_folder(visitor, id, Access::Read).map_err(not_found)?;
        if scope.storage.is_some_and(|storage| storage != folder.storage) {
            return Err(Refusal::new("NOT_FOUND"));
        }
        scope.folder = Some(id);
    }
    Ok(scope)
}

impl Scope {
    /// Whether it includes an object. The folders of chats are never searched.
    fn has(&self, state: &State, object: &Object) -> bool {
        let is_of_a_chat = state.disk.storage_of(object).is_none_or(|storage| storage.owner == StorageOwner::Chats);
        !is_of_a_chat
            && self.storage.is_none_or(|storage| storage == object.storage)
            && self.folder.is_none_or(|folder| state.disk.above(object).any(|above| above.id == folder))
    }
}

/// Whether a document has the words in its text.
fn holds(state: &State, object: &Object, query: &str) -> bool {
    if object.kind() == ObjectKind::Folder {
        return false;
    }
    let is_text = mime_guess::from_path(&object.name).first().is_some_and(|kind| kind.type_() == "text");
    let bytes = object.version().filter(|_| is_text).and_then(|version| state.disk.contents.get(&version.content));
    let read = bytes.map(|bytes| bytes.slice(..bytes.len().min(READ)));
    read.is_some_and(|bytes| String::from_utf8_lossy(&bytes).to_lowercase().contains(query))
}
