//! Results and event data: what callers read.

use serde_json::json;

use super::{of_event, of_member, of_method};

#[test]
fn a_new_member_is_minor_because_nobody_builds_what_is_read() {
    let result = |fields: serde_json::Value| json!({"result": {"type": "object", "fields": fields}});
    let a = json!({"name": "a", "type": "int"});
    let old = || result(json!([a]));
    for (required, told) in [(true, "always present"), (false, "may be missing")] {
        let new = result(json!([a, {"name": "b", "type": "int", "required": required}]));
        assert_eq!(of_method(old(), new), [format!("minor: the member `b` of the result is new and {told}")]);
    }
    let copy = result(json!([a, {"name": "b", "type": "int", "copy_of": "a"}]));
    assert_eq!(
        of_method(old(), copy),
        ["patch: the member `b` of the result is new and may be missing"],
        "the bindings leave a copy out"
    );
}

#[test]
fn a_member_that_is_gone_is_major_unless_it_was_a_copy() {
    let result = |fields: serde_json::Value| json!({"result": {"type": "object", "fields": fields}});
    let a = json!({"name": "a", "type": "int"});
    let with = |b: serde_json::Value| result(json!([a, b]));
    assert_eq!(
        of_method(with(json!({"name": "b", "type": "int"})), result(json!([a]))),
        ["major: the member `b` of the result is gone"]
    );
    assert_eq!(
        of_method(with(json!({"name": "b", "type": "int", "copy_of": "a"})), result(json!([a]))),
        ["patch: the member `b` of the result is gone"]
    );
}

#[test]
fn whether_a_member_may_be_missing_is_part_of_its_type_except_for_lists() {
    for (ty, verdict) in [
        ("string", "major"),
        ("UserId", "major"),
        ("any", "major"),
        ("string[]", "minor"),
        ("map<int, string>", "minor"),
        ("string?", "minor"),
    ] {
        let (always, maybe) = (json!({"type": ty, "required": true}), json!({"type": ty}));
        assert_eq!(
            of_member(always.clone(), maybe.clone()),
            [format!("{verdict}: the member `a` of the result may be missing now")],
            "{ty}"
        );
        assert_eq!(
            of_member(maybe, always),
            [format!("{verdict}: the member `a` of the result is always present now")],
            "{ty}"
        );
    }
}

#[test]
fn a_type_is_major_where_the_bindings_give_another_value() {
    for (old, new, verdict) in [
        (json!({"type": "int"}), json!({"type": "UserId"}), "major"),
        (json!({"type": "string[]"}), json!({"type": "string[]?"}), "major"),
        (json!({"type": "string", "required": true}), json!({"type": "string?", "required": true}), "major"),
        (json!({"type": "map<int, string>"}), json!({"type": "map<int, int>"}), "major"),
        (json!({"type": "string"}), json!({"type": "string?"}), "minor"),
        (json!({"type": "string"}), json!({"type": "Url"}), "minor"),
        (json!({"type": "YesNo[]"}), json!({"type": "bool[]"}), "minor"),
    ] {
        let told =
            format!("{verdict}: the member `a` of the result is `{}` now, it was `{}`", new["type"], old["type"]);
        assert_eq!(of_member(old, new), [told.replace('"', "")]);
    }
}

#[test]
fn a_result_of_another_type_is_major() {
    let result = |ty: &str| json!({"result": ty});
    assert_eq!(of_method(result("int"), result("UserId")), ["major: the result is `UserId` now, it was `int`"]);
    assert_eq!(of_method(result("int"), result("int?")), ["major: the result is `int?` now, it was `int`"]);
    assert_eq!(of_method(result("bool"), result("YesNo")), ["minor: the result is `YesNo` now, it was `bool`"]);
    let described = json!({"result": {"type": "object", "fields": [{"name": "a", "type": "int"}]}});
    assert_eq!(
        of_method(result("object"), described),
        ["major: the result is described member by member now"],
        "any value becomes a type of its own"
    );
}

#[test]
fn a_member_that_begins_to_repeat_another_leaves_the_bindings() {
    let copy = |of: &str| json!({"copy_of": of});
    assert_eq!(
        of_member(json!({}), copy("b")),
        ["major: the member `a` of the result repeats `b` and is left out now"]
    );
    assert_eq!(of_member(copy("b"), json!({})), ["minor: the member `a` of the result does not repeat `b` any more"]);
    assert_eq!(of_member(copy("b"), copy("c")), ["patch: the member `a` of the result repeats `c` now"]);
}

#[test]
fn what_binds_only_senders_is_patch() {
    for (old, new) in [
        (json!({}), json!({"limit": {"chars": 5}})),
        (json!({"limit": {"chars": 9}}), json!({"limit": {"chars": 5}})),
        (json!({}), json!({"default": "x"})),
        (json!({}), json!({"since": {"im": 30}})),
        (json!({}), json!({"until": {"im": 30}})),
        (json!({}), json!({"ends": "2026-09-30"})),
        (json!({}), json!({"read_only": true})),
        (json!({}), json!({"inject": "bot.id"})),
        (json!({}), json!({"aliases": ["b"]})),
        (json!({}), json!({"doc": "A letter."})),
    ] {
        let told = of_member(old, new);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("patch: the member `a` of the result "), "{told:?}");
    }
}

#[test]
fn a_spelling_that_is_not_read_any_more_is_minor() {
    assert_eq!(
        of_member(json!({"aliases": ["b"]}), json!({})),
        ["minor: the member `a` of the result is not known any more as `b`"]
    );
}

#[test]
fn data_of_events_is_read_too() {
    let data = |fields: serde_json::Value| json!({"data": fields});
    let a = json!({"name": "A", "type": "object", "required": true, "fields": [{"name": "B", "type": "int"}]});
    assert_eq!(of_event(data(json!([])), data(json!([a]))), ["minor: the member `A` is new and always present"]);
    let with_c = json!({"name": "A", "type": "object", "required": true, "fields": [{"name": "C", "type": "int"}]});
    assert_eq!(
        of_event(data(json!([a])), data(json!([with_c]))),
        ["minor: the member `A.C` is new and may be missing", "major: the member `A.B` is gone"]
    );
}
