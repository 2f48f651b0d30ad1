//! Whether somebody may call a method at all. What it may do there is the business of the method.

use b24_spec::{ErrorKind, Method, Through};

use super::{
    Refusal,
    caller::{Caller, Entrance},
    refusal::usual_code,
};
use crate::state::State;

/// Refuses a caller without the permission, through the wrong entrance or without the rank that the spec asks for.
pub(super) fn check(state: &State, caller: &Caller, method: &Method) -> Result<(), Refusal> {
    if !has_scope(caller, method) {
        return Err(Refusal::new("insufficient_scope"));
    }
    let is_wrong_entrance = matches!(
        (method.only, &caller.entry),
        (Some(Through::Application), Entrance::Webhook(_)) | (Some(Through::Webhook), Entrance::App(_))
    );
    if is_wrong_entrance {
        return Err(Refusal::new(documented(method, ErrorKind::Auth, "WRONG_AUTH_TYPE")));
    }
    if method.admin && !caller.is_admin(state) {
        let code = documented(method, ErrorKind::Access, "ACCESS_DENIED");
        return Err(if code.is_empty() { Refusal::because(code, "Access denied.") } else { Refusal::new(code) });
    }
    Ok(())
}

/// Whether a caller has one of the permissions that a method asks for.
pub(super) fn has_scope(caller: &Caller, method: &Method) -> bool {
    let mut scopes = std::iter::once(&method.scope).chain(&method.other_scopes);
    scopes.any(|scope| caller.may_use(scope))
}

/// The usual code, unless the method has only others of this kind.
fn documented<'a>(method: &'a Method, kind: ErrorKind, usual: &'a str) -> &'a str {
    let mut own = method.errors.iter().filter(|error| error.kind == kind).map(|error| error.code.as_str());
    let first = own.clone().next();
    own.find(|code| *code == usual).or(first).unwrap_or_else(|| usual_code(method, usual))
}
