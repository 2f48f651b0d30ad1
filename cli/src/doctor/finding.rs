use anstyle::Style;

use crate::style::{ERROR, GOOD, QUIET, WARNING, indented, styled, width};

/// The label of the widest kind, and the space after it.
const LABEL: usize = "warning".len() + 2;

/// What the doctor has found so far; it is told at once.
#[derive(Debug, Default)]
pub(super) struct Findings {
    warnings: usize,
    failures: usize,
}

impl Findings {
    #[expect(clippy::unused_self, reason = "findings are told like one another")]
    pub(super) fn good(&mut self, what: &str) {
        tell("ok", GOOD, what, "");
    }

    /// Something that may be meant so. `advice` is what to do if it is not.
    pub(super) fn warning(&mut self, what: &str, advice: &str) {
        self.warnings += 1;
        tell("warning", WARNING, what, advice);
    }

    /// Something that keeps a bot from hearing.
    pub(super) fn failure(&mut self, what: &str, advice: &str) {
        self.failures += 1;
        tell("failure", ERROR, what, advice);
    }

    /// Says how it stands; `true` if nothing is broken.
    pub(super) fn conclude(&self) -> bool {
        let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let sum = match (self.failures, self.warnings) {
            (0, 0) => "Nothing is wrong.".to_owned(),
            (0, warnings) => format!("Nothing is broken; {}.", count(warnings, "warning")),
            (failures, 0) => format!("{}.", count(failures, "failure")),
            (failures, warnings) => format!("{}, {}.", count(failures, "failure"), count(warnings, "warning")),
        };
        anstream::println!("\n{sum}");
        self.failures == 0
    }
}

fn tell(label: &str, style: Style, what: &str, advice: &str) {
    let room = " ".repeat(LABEL - label.len());
    anstream::println!("{}{room}{}", styled(style, label), indented(what, width(), LABEL).trim_start());
    if !advice.is_empty() {
        for line in indented(advice, width(), LABEL).lines() {
            anstream::println!("{}", styled(QUIET, line));
        }
    }
}
