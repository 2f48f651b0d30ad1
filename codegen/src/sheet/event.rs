//! The sheet of an event.

use b24_spec::{Event, TypeExpr};

use super::{Part, Sheets, rules};
use crate::wording;

pub(super) fn facts(event: &Event) -> Vec<(&'static str, String)> {
    let scope = if event.scope.is_empty() { "none is needed".to_owned() } else { wording::code(&event.scope) };
    let auth = if event.auth { "a block of type `EventAuth`" } else { "none" };
    vec![("Scope", scope), ("Got by", wording::subscription(&event.subscribe)), ("Auth", auth.to_owned())]
}

impl<'a> Sheets<'a> {
    pub(super) fn event(&self, event: &'a Event) -> Vec<Part<'a>> {
        let notes = if event.data.is_empty() { vec!["It has none.".to_owned()] } else { Vec::new() };
        let ty = (!event.data.is_empty()).then_some(&TypeExpr::Object);
        vec![
            Part { id: "data", title: "Data", ty, notes, rows: self.rows(&event.data), ..Part::default() },
            rules(&event.rules),
        ]
    }
}
