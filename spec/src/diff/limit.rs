//! How large a value may be.

use super::{
    comparison::Comparison,
    difference::Action,
    place::{Place, major, minor, patch},
};
use crate::Limit;

/// A number of a limit.
struct Bound {
    value: fn(&Limit) -> Option<i64>,
    /// Whether a larger number forbids more.
    is_floor: bool,
    before: &'static str,
    after: &'static str,
}

const BOUNDS: [Bound; 6] = [
    Bound { value: |limit| limit.kb.map(i64::from), is_floor: false, before: "at most ", after: " KB" },
    Bound { value: |limit| limit.chars.map(i64::from), is_floor: false, before: "at most ", after: " characters" },
    Bound { value: |limit| limit.min_chars.map(i64::from), is_floor: true, before: "at least ", after: " characters" },
    Bound { value: |limit| limit.count.map(i64::from), is_floor: false, before: "at most ", after: " items" },
    Bound { value: |limit| limit.min, is_floor: true, before: "numbers from ", after: "" },
    Bound { value: |limit| limit.max, is_floor: false, before: "numbers up to ", after: "" },
];

impl Comparison<'_> {
    pub(super) fn limit(&mut self, at: &Place, old: Option<&Limit>, new: Option<&Limit>) {
        let docs = patch("the client does not check what is read");
        let tighter = at.ways.judge(major("calls that went through are refused"), docs);
        let looser = at.ways.judge(minor("more is sent than before"), docs);
        for Bound { value, is_floor, before, after } in &BOUNDS {
            let shown = |number: i64| format!("{before}{number}{after}");
            let (ruling, predicate) = match (old.and_then(value), new.and_then(value)) {
                (None, Some(is)) => (tighter, format!("is limited to {} now", shown(is))),
                (Some(was), None) => (looser, format!("is not limited to {} any more", shown(was))),
                (Some(was), Some(is)) if was != is => {
                    let ruling = if (is > was) == *is_floor { tighter } else { looser };
                    (ruling, format!("is limited to {} now instead of {}", shown(is), shown(was)))
                }
                _ => continue,
            };
            self.tell(at, Action::Changed, ruling, predicate);
        }
        // What comes and goes with the whole limit is told with it.
        let (Some(old), Some(new)) = (old, new) else { return };
        if old.error != new.error {
            let code =
                new.error.as_deref().map_or("cut to its limit".to_owned(), |code| format!("refused with `{code}`"));
            let ruling = at.ways.judge(minor("who handles the old answer has to know"), docs);
            self.tell(at, Action::Changed, ruling, format!("is {code} now where it is too large"));
        }
        match (&old.from, &new.from) {
            (was, is) if was == is => {}
            (was, Some(is)) if was.as_ref().is_none_or(|was| was < is) => {
                self.tell(at, Action::Changed, looser, format!("is limited from {is} on only"));
            }
            (_, is) => {
                let day = is.as_ref().map_or("at once".to_owned(), |day| format!("from {day} on"));
                self.tell(at, Action::Changed, tighter, format!("is limited {day} now"));
            }
        }
    }
}
