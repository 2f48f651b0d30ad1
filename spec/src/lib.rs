//! The Bitrix24 REST API as data.
//!
//! The JSON files beside this crate describe methods, events, objects, revisions and errors; `README.md` documents
//! their format. This crate reads them into a [`Spec`] and reports every mistake it finds, each with its file, line
//! and JSON pointer. [`diff`] tells what changed between two of them, and what it means to users of typed bindings.
//!
//! ```
//! let spec = b24_spec::Spec::embedded().expect("the embedded spec is checked by the tests");
//! let method = &spec.methods["imbot.message.add"];
//! assert_eq!(method.scope, "imbot");
//! assert!(method.param("message").is_some(), "parameters are found in any letter case");
//! ```

mod diagnostic;
mod diff;
mod json;
mod model;
mod read;
mod source;
mod suggest;
mod type_expr;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use diff::{Action, Diff, Difference, Direction, Subject, Verdict, diff};
pub use model::{
    Advance, Change, ChangeKind, Counter, EnumValue, ErrorKind, Event, Field, Group, Inject, Limit, Method,
    MethodError, Need, Paging, Since, Spec, Status, Step, SystemError, Tag, Through, TypeDef, TypeKind,
};
pub use source::{Source, Sources};
pub use suggest::closest;
pub use type_expr::TypeExpr;
