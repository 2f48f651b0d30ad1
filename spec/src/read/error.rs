//! Error codes.

use super::word;
use crate::{
    ErrorKind, Field, MethodError, SystemError,
    json::{Cursor, Members},
    suggest::did_you_mean,
};

pub(super) fn system_errors(members: &Members<'_>) -> Vec<SystemError> {
    let one = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let system = SystemError {
            status: members.need("status").and_then(|cursor| cursor.number()).unwrap_or_default(),
            advice: members.need_prose("advice"),
            error: error_members(&members, None),
        };
        members.finish();
        Some(system)
    };
    members.get_list("errors").iter().filter_map(one).collect()
}

pub(super) fn error(cursor: &Cursor<'_>, params: Option<&[Field]>) -> Option<MethodError> {
    let members = cursor.object()?;
    let error = error_members(&members, params);
    members.finish();
    Some(error)
}

fn error_members(members: &Members<'_>, params: Option<&[Field]>) -> MethodError {
    let kind = members.need("kind").and_then(|_| word(members, "kind", &ErrorKind::WORDS));
    let paths = match members.get("param") {
        Some(cursor) if cursor.is_list() => cursor.list(),
        Some(cursor) => vec![cursor],
        None => Vec::new(),
    };
    if let Some(params) = params {
        for path in &paths {
            check_path(path, params);
        }
    }
    MethodError {
        code: members.need_string("code"),
        aliases: members.get_strings("aliases"),
        kind: kind.unwrap_or(ErrorKind::Other),
        params: paths.iter().filter_map(Cursor::string).map(str::to_owned).collect(),
        meaning: members.need_prose("meaning"),
    }
}

fn check_path(cursor: &Cursor<'_>, params: &[Field]) {
    let mut level = params;
    for part in cursor.string().unwrap_or_default().split('.') {
        let Some(field) = level.iter().find(|field| field.name == part) else {
            let known = level.iter().map(|field| field.name.as_str());
            cursor.error(format!("there is no parameter \"{part}\"{}", did_you_mean(part, known)));
            return;
        };
        // A named type is described in its own file: what lies below it is not checked here.
        if field.fields.is_empty() {
            return;
        }
        level = &field.fields;
    }
}
