//! The sheet of a method.

use b24_spec::Method;

use super::{Part, Sheets, rows, rules};
use crate::wording;

pub(super) fn facts(method: &Method) -> Vec<(&'static str, String)> {
    let scopes: Vec<&String> =
        std::iter::once(&method.scope).chain(&method.other_scopes).filter(|scope| !scope.is_empty()).collect();
    let scope = if scopes.is_empty() { "none is needed".to_owned() } else { wording::either(&wording::codes(scopes)) };
    let repeat = if method.idempotent { "safe: it changes nothing more" } else { "does it again" };
    let mut facts = vec![("Scope", scope), ("Callers", wording::callers(method)), ("Repeated", repeat.to_owned())];
    if method.rest3 {
        facts.push(("Address", "REST 3.0, `/rest/api/`".to_owned()));
    }
    facts
}

impl<'a> Sheets<'a> {
    pub(super) fn method(&self, method: &'a Method) -> Vec<Part<'a>> {
        let mut notes: Vec<String> = method.groups.iter().map(wording::group).collect();
        if method.params.is_empty() {
            notes.push("It takes none.".to_owned());
        }
        let params = self.rows(&method.params);
        let result = Part {
            id: "result",
            title: "Result",
            ty: Some(&method.result.ty),
            notes: rows::doc(&method.result).into_iter().collect(),
            rows: self.result_rows(&method.result),
            ..Part::default()
        };
        let pages = method.paging.as_ref().map(wording::paging).unwrap_or_default();
        let errors = method.errors.iter().map(rows::error).collect();
        vec![
            Part { id: "params", title: "Parameters", notes, rows: params, ..Part::default() },
            result,
            Part { id: "pages", title: "Pages", notes: pages, ..Part::default() },
            Part { id: "errors", title: "Errors", rows: errors, ..Part::default() },
            rules(&method.rules),
        ]
    }
}
