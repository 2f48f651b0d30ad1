//! What is printed, for people at a terminal and for the change log.

use b24_spec::{Action, Diff, Subject, Verdict, diff};
use serde_json::{Value, json};

use super::{INPUT, method, spec, spec_with_type};

fn of_params(old: Value, new: Value) -> Diff {
    let with = |params: Value| {
        spec(|files| {
            files.insert("methods/talk/talk.add.json".to_owned(), method(json!({"params": params})));
        })
    };
    diff(&with(old), &with(new))
}

fn optional(names: &[&str]) -> Value {
    names.iter().map(|name| json!({"name": name, "type": "int"})).collect()
}

#[test]
fn a_difference_tells_what_where_which_way_and_why() {
    let found = of_params(json!([]), json!([{"name": "A", "type": "int", "required": true}]));
    let [one] = found.differences.as_slice() else { panic!("{found}") };
    assert_eq!((one.subject, one.name.as_str(), one.place.as_str()), (Subject::Method, "talk.add", "params.A"));
    assert_eq!((one.action, one.verdict), (Action::Added, Verdict::Major));
    assert_eq!(one.reason, "calls without it do not compile, and portals refuse them");
    assert_eq!(one.to_string(), "talk.add: the parameter `A` is new and must be sent");
}

#[test]
fn places_are_written_in_the_keys_of_the_spec() {
    let with = |members: Value| {
        spec(|files| {
            files.insert("methods/talk/talk.add.json".to_owned(), method(members.clone()));
        })
    };
    let old = with(json!({}));
    let new = with(json!({
        "admin": true,
        "params": [{"name": "F", "type": "object", "fields": [{"name": "A", "type": "int"}, {"name": "B", "type": "int"}],
            "groups": [{"need": "any", "of": [["A"], ["B"]], "name": "part"}]}, {"name": "P", "type": "int"}],
        "groups": [{"need": "any", "of": [["F"], ["P"]], "name": "whole"}],
        "errors": [{"code": "E", "kind": "other", "meaning": "No."}],
        "paging": {"by": "start", "param": "P"},
        "result": "int[]"
    }));
    let places = |old, new| diff(old, new).differences.iter().map(|one| one.place.clone()).collect::<Vec<_>>();
    assert_eq!(places(&old, &new), ["admin", "params.F", "params.P", "groups.whole", "result", "paging", "errors.E"]);
    let bare = with(json!({"admin": true, "params": [
        {"name": "F", "type": "object", "fields": [{"name": "A", "type": "int"}, {"name": "B", "type": "int"}]},
        {"name": "P", "type": "int"}], "result": "int[]"}));
    assert_eq!(places(&bare, &new), ["params.F.groups.part", "groups.whole", "paging", "errors.E"]);
}

#[test]
fn the_verdict_is_the_highest() {
    let verdict = |old: &[&str], new: &[&str]| of_params(optional(old), optional(new)).verdict();
    assert_eq!(verdict(&["A"], &["A"]), None);
    assert_eq!(verdict(&["A"], &["A", "B"]), Some(Verdict::Minor));
    assert_eq!(verdict(&["A"], &["B"]), Some(Verdict::Major));
    assert!(Verdict::Patch < Verdict::Minor && Verdict::Minor < Verdict::Major);
}

#[test]
fn the_report_has_a_heading_a_sign_a_verdict_and_a_reason() {
    let found =
        of_params(optional(&["A", "B"]), json!([{"name": "A", "type": "string"}, {"name": "C", "type": "int"}]));
    assert_eq!(
        found.to_string(),
        "\
method talk.add
  ~ major  the parameter `A` is `string` now, it was `int`; the bindings take values of another type
  + minor  the parameter `C` is new and may be left out; calls without it stay as they are
  - major  the parameter `B` is gone; who sends it has to stop

verdict: major (2 major, 1 minor, 0 patch)
"
    );
}

#[test]
fn the_heading_of_a_type_tells_how_it_is_used() {
    let of = |of: &str| json!({"kind": "list", "of": of});
    let report = diff(&spec_with_type(INPUT, of("int")), &spec_with_type(INPUT, of("float"))).to_string();
    assert!(report.starts_with("type Thing (input; talk.add)\n"), "{report}");
    let by_hand = |of: &str| json!({"kind": "list", "of": of, "binding": "hand"});
    let report = diff(&spec_with_type(INPUT, by_hand("int")), &spec_with_type(INPUT, by_hand("float"))).to_string();
    assert!(report.starts_with("type Thing (input; talk.add; written by hand)\n"), "{report}");
}

#[test]
fn the_report_fits_a_hundred_columns_however_long_a_name_is() {
    let long = "NAME_".repeat(60);
    let report = of_params(json!([]), optional(&[&long])).to_string();
    assert!(report.lines().all(|line| line.chars().count() <= 100), "{report}");
    let joined: String = report.split_whitespace().collect();
    assert!(joined.contains(&long), "the name is cut, not shortened: {report}");
}

#[test]
fn nothing_is_told_where_nothing_differs() {
    let same = of_params(optional(&["A"]), optional(&["A"]));
    assert_eq!((same.to_string().as_str(), same.changelog().as_str()), ("no differences\n", ""));
}

#[test]
fn the_entry_for_the_change_log_is_grouped_and_puts_what_breaks_first() {
    let old = json!([{"name": "A", "type": "int"}, {"name": "B", "type": "int"}, {"name": "C", "type": "int"}]);
    let new = json!([
        {"name": "A", "type": "int", "default": 5},
        {"name": "B", "type": "string", "ends": "2026-09-30"},
        {"name": "D", "type": "int"},
        {"name": "E", "type": "int"}
    ]);
    assert_eq!(
        of_params(old, new).changelog(),
        "\
### Added

- `talk.add`: the parameters `D` and `E` are new and may be left out.

### Changed

- **Breaking:** `talk.add`: the parameter `B` is `string` now, it was `int`; the bindings take values of another type.
- `talk.add`: the parameter `A` counts as `5` where it is left out.

### Deprecated

- `talk.add`: the parameter `B` is promised until 2026-09-30 only.

### Removed

- **Breaking:** `talk.add`: the parameter `C` is gone; who sends it has to stop.
"
    );
}

#[test]
fn what_is_only_worded_differently_is_no_news_to_users() {
    let described = |doc: &str| json!([{"name": "A", "type": "int", "doc": doc}]);
    let found = of_params(described("An a."), described("The letter."));
    assert_eq!((found.verdict(), found.changelog().as_str()), (Some(Verdict::Patch), ""));
}

#[test]
fn a_type_that_comes_with_its_only_method_is_told_with_it() {
    let with = |uses: bool| {
        spec(|files| {
            let thing = json!({"name": "Thing", "doc": "A thing.", "since": null, "kind": "id", "of": "int"});
            files.insert("types/Thing.json".to_owned(), thing);
            let close = json!({"name": "talk.close", "summary": "Closes.", "result": "Thing"});
            files.insert("methods/talk/talk.close.json".to_owned(), method(close));
            if uses {
                files.insert("methods/talk/talk.add.json".to_owned(), method(json!({"result": "Thing"})));
            }
        })
    };
    let before = spec(|_| {});
    assert_eq!(diff(&before, &with(false)).changelog(), "### Added\n\n- `talk.close` is new: Closes.\n");
    let told = diff(&before, &with(true)).changelog();
    assert!(told.contains("- `Thing` (in `talk.add` and `talk.close`) is new: A thing.\n"), "{told}");
}
