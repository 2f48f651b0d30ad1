//! Types of fields that an application draws itself.

use serde_json::{Value, json};

use crate::{
    events::is_address,
    ids::AppId,
    rest::{Call, Refusal},
    state::{State, placements::FieldType},
};

/// How long the full code of a type may be.
const LONGEST_CODE: usize = 50;

/// A type belongs to an application, so there is none for a webhook.
fn app(call: &Call<'_>) -> Result<AppId, Refusal> {
    call.app().map_err(|_| Refusal::because("WRONG_AUTH_TYPE", "Application context required"))
}

fn code(call: &Call<'_>) -> String {
    call.args.text_or_empty("USER_TYPE_ID")
}

fn wrong(why: String) -> Refusal {
    Refusal::because("ERROR_ARGUMENT", why)
}

fn handler(state: &State, call: &Call<'_>, app: AppId, code: &str) -> Result<String, Refusal> {
    let handler = call.args.text_or_empty("HANDLER");
    if !is_address(&handler) {
        return Err(wrong(format!("{handler:?} is no address of a page")));
    }
    let is_taken = |known: &FieldType| known.app == app && known.code != code && known.handler == handler;
    if state.placements.types.iter().any(is_taken) { Err(bound_already()) } else { Ok(handler) }
}

fn bound_already() -> Refusal {
    Refusal::because("ERROR_CORE", "Unable to set placement handler: Handler already binded")
}

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (app, code) = (app(call)?, code(call));
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !code.chars().all(is_plain) {
        return Err(wrong(format!("USER_TYPE_ID has lower-case letters and digits only, not {code:?}")));
    }
    if FieldType::full_code(app, &code).len() > LONGEST_CODE {
        return Err(wrong(format!(
            "USER_TYPE_ID is too long: with what stands before it, it may have {LONGEST_CODE} letters"
        )));
    }
    if state.placements.types.iter().any(|known| known.code == code) {
        return Err(bound_already());
    }
    let handler = handler(state, call, app, &code)?;
    let ty = FieldType { app, code, handler, title: String::new(), description: String::new(), height: 0 };
    let ty = dressed(ty, call);
    state.placements.types.push(ty);
    Ok(true.into())
}

fn dressed(mut ty: FieldType, call: &Call<'_>) -> FieldType {
    if let Some(title) = call.args.text("TITLE") {
        title.clone_into(&mut ty.title);
    }
    if let Some(description) = call.args.text("DESCRIPTION") {
        description.clone_into(&mut ty.description);
    }
    if let Some(height) = call.args.object("OPTIONS").value("height").and_then(Value::as_u64) {
        ty.height = height;
    }
    ty
}

/// Where a type of the calling application stands.
fn position(state: &State, call: &Call<'_>) -> Result<usize, Refusal> {
    let (app, code) = (app(call)?, code(call));
    let position = state.placements.types.iter().position(|known| known.app == app && known.code == code);
    position.ok_or_else(|| Refusal::because("ERROR_NOT_FOUND", "User Field Type not found"))
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let at = position(state, call)?;
    let handler = handler(state, call, app(call)?, &code(call))?;
    if let Some(ty) = state.placements.types.get_mut(at) {
        *ty = dressed(FieldType { handler, ..ty.clone() }, call);
    }
    Ok(true.into())
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let at = position(state, call)?;
    state.placements.types.remove(at);
    Ok(true.into())
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = app(call)?;
    let row = |ty: &FieldType| {
        json!({
            "USER_TYPE_ID": ty.code,
            "HANDLER": ty.handler,
            "TITLE": ty.title,
            "DESCRIPTION": ty.description,
        })
    };
    Ok(call.counted(state.placements.types.iter().filter(|ty| ty.app == app).map(row).collect()))
}
