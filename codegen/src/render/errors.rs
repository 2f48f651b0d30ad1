//! The errors that any method may answer.

use b24_spec::{MethodError, Spec};

use super::{docs, source::Source};

pub(crate) fn file(mut source: Source, spec: &Spec) -> String {
    source.line("use crate::request::{Code, ErrorKind, SystemCode};");
    source.blank();
    source.line("pub(crate) static SYSTEM_CODES: &[SystemCode] = &[");
    for system in &spec.errors {
        let codes = std::iter::once(&system.error.code).chain(&system.error.aliases);
        for name in codes {
            let code = code(name, &system.error);
            source.line(&format!("    SystemCode {{ code: {code}, advice: {:?} }},", system.advice));
        }
    }
    source.line("];");
    source.into_text()
}

/// `Code { … }` for one code of an error.
pub(crate) fn code(code: &str, error: &MethodError) -> String {
    let kind = docs::error_kind(error.kind);
    format!("Code {{ code: {code:?}, kind: ErrorKind::{kind}, meaning: {:?} }}", error.meaning)
}
