//! Shared types: a difference counts the ways in which the type goes.

use b24_spec::{Direction, diff};
use serde_json::{Value, json};

use super::{BOTH, INPUT, OUTPUT, UNUSED, Ways, method, of_type, spec, spec_with_type, told};

fn object(fields: Value) -> Value {
    json!({"kind": "object", "fields": fields})
}

#[test]
fn a_required_member_that_is_new_is_major_to_those_who_send_and_minor_to_those_who_read() {
    let old = || object(json!([]));
    let new = || object(json!([{"name": "A", "type": "int", "required": true}]));
    for (ways, told) in [
        (INPUT, "major: the member `A` is new and must be sent"),
        (OUTPUT, "minor: the member `A` is new and always present"),
        (BOTH, "major: the member `A` is new and must be sent"),
        (UNUSED, "patch: the member `A` is new and always present"),
    ] {
        assert_eq!(of_type(ways, old(), new()), [told]);
    }
}

#[test]
fn a_limit_is_major_to_those_who_send_and_patch_to_those_who_read() {
    let old = || json!({"kind": "id", "of": "string"});
    let new = || json!({"kind": "id", "of": "string", "limit": {"chars": 9}});
    for (ways, verdict) in [(INPUT, "major"), (OUTPUT, "patch"), (BOTH, "major"), (UNUSED, "patch")] {
        assert_eq!(of_type(ways, old(), new()), [format!("{verdict}: is limited to at most 9 characters now")]);
    }
}

#[test]
fn a_difference_tells_which_way_it_goes() {
    let direction = |ways: Ways| {
        let of = |fields: Value| spec_with_type(ways, object(fields));
        diff(&of(json!([])), &of(json!([{"name": "A", "type": "int"}]))).differences[0].direction
    };
    assert_eq!(direction(INPUT), Some(Direction::Input));
    assert_eq!(direction(OUTPUT), Some(Direction::Output));
    assert_eq!(direction(BOTH), Some(Direction::Both));
    assert_eq!(direction(UNUSED), None);
}

#[test]
fn what_is_only_read_of_a_type_is_not_new_to_those_who_send() {
    let fields =
        |required: bool| object(json!([{"name": "A", "type": "int", "read_only": true, "required": required}]));
    assert_eq!(of_type(INPUT, object(json!([])), fields(true)), ["patch: the member `A` is new and always present"]);
    assert_eq!(of_type(BOTH, object(json!([])), fields(true)), ["minor: the member `A` is new and always present"]);
    assert_eq!(of_type(BOTH, fields(true), fields(false)), ["major: the member `A` may be missing now"]);
}

#[test]
fn a_type_is_reached_through_other_types_and_lists() {
    let of = |required: bool| {
        spec(|files| {
            let inner = json!({"name": "Inner", "doc": "I.", "since": null, "kind": "object",
                "fields": [{"name": "A", "type": "int", "required": required}]});
            files.insert("types/Inner.json".to_owned(), inner);
            for (name, kind) in [
                ("One", json!({"kind": "tagged", "tags": {"I": "Inner[]"}})),
                ("Two", json!({"kind": "list", "of": "One"})),
                ("Three", json!({"kind": "union", "forms": ["string", "Two"]})),
            ] {
                let mut def = json!({"name": name, "doc": "A type.", "since": null});
                def.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
                files.insert(format!("types/{name}.json"), def);
            }
            let params = json!({"params": [{"name": "P", "type": "map<int, Three>"}]});
            files.insert("methods/talk/talk.add.json".to_owned(), method(params));
        })
    };
    let found = diff(&of(false), &of(true));
    assert_eq!(told(&found), ["major: the member `A` must be sent now"]);
    assert_eq!(found.users("Inner").collect::<Vec<_>>(), ["talk.add"]);
}

#[test]
fn a_type_that_is_sent_too_has_a_second_name_which_takes_the_first_from_those_who_sent_it() {
    let thing = || object(json!([{"name": "A", "type": "int"}]));
    for (was, is, told) in [
        (OUTPUT, BOTH, &["minor: is sent and read now, it was read"][..]),
        (INPUT, BOTH, &["major: is sent and read now, it was sent"]),
        (BOTH, OUTPUT, &["major: is read now, it was sent and read"]),
        (UNUSED, OUTPUT, &["minor: is read now, it was used by nothing"]),
        (OUTPUT, UNUSED, &["major: is used by nothing now, it was read"]),
    ] {
        let found = diff(&spec_with_type(was, thing()), &spec_with_type(is, thing()));
        let of_type: Vec<String> = super::told(&found)
            .into_iter()
            .zip(&found.differences)
            .filter(|(_, one)| one.name == "Thing")
            .map(|(line, _)| line)
            .collect();
        assert_eq!(of_type, told);
    }
}

#[test]
fn an_identifier_is_the_same_both_ways() {
    let thing = || json!({"kind": "id", "of": "int"});
    let found = diff(&spec_with_type(INPUT, thing()), &spec_with_type(BOTH, thing()));
    assert_eq!(told(&found), ["major: the result is `Thing` now, it was `any`"]);
}

#[test]
fn an_identifier_of_another_make_is_major() {
    let of = |of: &str| json!({"kind": "id", "of": of});
    assert_eq!(of_type(INPUT, of("int"), of("string")), ["major: is made of `string` now, it was `int`"]);
    assert_eq!(of_type(UNUSED, of("int"), of("string")), ["patch: is made of `string` now, it was `int`"]);
}

#[test]
fn a_value_of_an_open_list_is_minor_when_it_comes_and_major_when_it_goes() {
    let values = |values: Value| json!({"kind": "enum", "values": values});
    let (red, green) = (json!({"value": "R", "name": "Red"}), json!({"value": "G", "name": "Green"}));
    for ways in [INPUT, OUTPUT, BOTH] {
        assert_eq!(of_type(ways, values(json!([red])), values(json!([red, green]))), ["minor: the value `G` is new"]);
        assert_eq!(of_type(ways, values(json!([red, green])), values(json!([red]))), ["major: the value `G` is gone"]);
    }
}

#[test]
fn a_value_of_another_name_or_spelling_is_major_and_told_once() {
    let values = |value: &str, name: &str| json!({"kind": "enum", "values": [{"value": value, "name": name}]});
    assert_eq!(
        of_type(INPUT, values("R", "Red"), values("R", "Ruby")),
        ["major: the value `R` is called `Ruby` now, it was `Red`"]
    );
    assert_eq!(of_type(INPUT, values("R", "Red"), values("r", "Red")), ["major: the value `r` was written `R`"]);
    assert_eq!(
        of_type(INPUT, values("R", "Red"), values("", "Red")),
        ["major: the value `Red` was written `R`"],
        "a word of no letters is called as in the bindings"
    );
}

#[test]
fn colours_are_patch_unless_the_bindings_lose_them_all() {
    let values = |color: Value| json!({"kind": "enum", "values": [{"value": "R", "name": "Red", "color": color}]});
    assert_eq!(
        of_type(OUTPUT, values(json!("#ff0000")), values(json!("#ee0000"))),
        ["patch: the value `R` stands for #ee0000 now, it was #ff0000"]
    );
    assert_eq!(
        of_type(OUTPUT, values(json!("#ff0000")), values(Value::Null)),
        ["patch: the value `R` stands for no colour now, it was #ff0000", "major: has no colours any more"]
    );
    assert!(of_type(OUTPUT, values(Value::Null), values(json!("#ff0000"))).contains(&"minor: has colours".to_owned()));
}

#[test]
fn a_list_of_other_items_is_major_unless_the_bindings_have_one_type_for_both() {
    let of = |of: &str| json!({"kind": "list", "of": of});
    assert_eq!(of_type(OUTPUT, of("int"), of("UserId")), ["major: is a list of `UserId` now, it was one of `int`"]);
    assert_eq!(of_type(OUTPUT, of("Url"), of("string")), ["minor: is a list of `string` now, it was one of `Url`"]);
}

#[test]
fn a_form_is_minor_when_it_comes_and_major_when_it_goes() {
    let forms = |forms: Value| json!({"kind": "union", "forms": forms});
    for ways in [INPUT, OUTPUT] {
        assert_eq!(
            of_type(ways, forms(json!(["int", "string"])), forms(json!(["int", "string", "UserId[]"]))),
            ["minor: the form `UserId[]` is new"]
        );
        assert_eq!(
            of_type(ways, forms(json!(["int", "string"])), forms(json!(["string"]))),
            ["major: the form `int` is gone"]
        );
    }
}

#[test]
fn the_order_of_forms_matters_to_those_who_read() {
    let forms = |forms: Value| json!({"kind": "union", "forms": forms});
    let (old, new) = (|| forms(json!(["int", "string"])), || forms(json!(["string", "int"])));
    assert_eq!(of_type(OUTPUT, old(), new()), ["minor: has its forms in another order"]);
    assert_eq!(of_type(INPUT, old(), new()), ["patch: has its forms in another order"]);
    assert_eq!(
        of_type(OUTPUT, old(), forms(json!(["bool", "int", "string"]))),
        ["minor: the form `bool` is new"],
        "the others follow each other as before"
    );
}

#[test]
fn a_key_of_a_tagged_object_is_minor_when_it_comes_and_major_otherwise() {
    let tags = |tags: Value| json!({"kind": "tagged", "tags": tags});
    let old = || tags(json!({"A": "int"}));
    for (new, told) in [
        (tags(json!({"A": "int", "B": "string"})), "minor: the key `B` is new and holds `string`"),
        (tags(json!({"A": "string"})), "major: the key `A` holds `string` now, it held `int`"),
        (tags(json!({"a": "int"})), "major: the key `a` was named `A`"),
    ] {
        assert_eq!(of_type(INPUT, old(), new), [told]);
    }
    assert_eq!(of_type(INPUT, tags(json!({"A": "int", "B": "int"})), old()), ["major: the key `B` is gone"]);
}

#[test]
fn a_type_of_another_kind_is_major() {
    let id = || json!({"kind": "id", "of": "int"});
    assert_eq!(of_type(OUTPUT, object(json!([])), id()), ["major: is an identifier now, it was an object"]);
    assert_eq!(
        of_type(INPUT, id(), json!({"kind": "enum", "values": [{"value": "A", "name": "A"}]})),
        ["major: is a list of words now, it was an identifier"]
    );
    assert_eq!(of_type(INPUT, id(), json!({"kind": "dialog"})), ["major: is a dialog now, it was an identifier"]);
}

#[test]
fn a_type_that_can_hold_itself_comes_in_a_box_which_its_holders_see() {
    let holds = |fields: Value| {
        spec(|files| {
            let thing = json!({"name": "Thing", "doc": "T.", "since": null, "kind": "object", "fields": fields});
            files.insert("types/Thing.json".to_owned(), thing);
            let result = json!({"type": "object", "fields": [{"name": "thing", "type": "Thing"}]});
            files.insert("methods/talk/talk.add.json".to_owned(), method(json!({"result": result})));
        })
    };
    let (plain, nested) = (holds(json!([])), holds(json!([{"name": "PARENT", "type": "Thing?"}])));
    assert_eq!(
        told(&diff(&plain, &nested)),
        ["major: can hold itself now", "minor: the member `PARENT` is new and may be missing"]
    );
    let listed = holds(json!([{"name": "CHILDREN", "type": "Thing[]"}]));
    assert_eq!(
        told(&diff(&plain, &listed)),
        ["minor: the member `CHILDREN` is new and may be missing"],
        "a list needs no box"
    );
}

#[test]
fn a_type_in_other_hands_is_major() {
    let by_hand = || json!({"kind": "dialog", "binding": "hand"});
    let generated = || json!({"kind": "dialog"});
    assert_eq!(of_type(INPUT, generated(), by_hand()), ["major: is written by hand now"]);
    assert_eq!(of_type(INPUT, by_hand(), generated()), ["major: is written by the generator now"]);
}

#[test]
fn words_and_revisions_of_a_type_are_patch() {
    let id = |more: Value| {
        let mut id = json!({"kind": "id", "of": "int"});
        id.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        id
    };
    for (new, told) in [
        (json!({"doc": "Another."}), "is described in other words"),
        (json!({"rules": ["It is a number."]}), "has other rules in words"),
        (json!({"met": "In a page."}), "is met elsewhere"),
        (json!({"since": {"im": 30}}), "is there since im revision 30"),
    ] {
        assert_eq!(of_type(BOTH, id(json!({})), id(new)), [format!("patch: {told}")]);
    }
}

#[test]
fn a_type_comes_goes_and_changes_its_name() {
    let of = |name: &str| {
        spec(|files| {
            let thing = json!({"name": name, "doc": "A thing.", "since": null, "kind": "id", "of": "int"});
            files.insert(format!("types/{name}.json"), thing);
            files.insert("methods/talk/talk.add.json".to_owned(), method(json!({"result": name})));
        })
    };
    let without = spec(|_| {});
    let about = |found: b24_spec::Diff| told(&found).pop().unwrap();
    assert_eq!(about(diff(&without, &of("Thing"))), "minor: is new: A thing");
    assert_eq!(about(diff(&of("Thing"), &without)), "major: is gone");
    assert_eq!(
        told(&diff(&of("ThingID"), &of("ThingId"))),
        ["major: was named `ThingID`"],
        "what uses it is not told once more"
    );
}

#[test]
fn a_type_that_nothing_uses_is_not_in_the_bindings() {
    let unused = |files: &mut serde_json::Map<String, Value>| {
        let thing = json!({"name": "Thing", "doc": "A thing.", "since": null, "kind": "id", "of": "int"});
        files.insert("types/Thing.json".to_owned(), thing);
    };
    assert_eq!(told(&diff(&spec(|_| {}), &spec(unused))), ["patch: is new: A thing"]);
    assert_eq!(told(&diff(&spec(unused), &spec(|_| {}))), ["patch: is gone"]);
}

#[test]
fn a_type_that_is_met_outside_of_calls_is_read() {
    let met = |kind: Value| {
        spec(|files| {
            let mut thing = json!({"name": "Thing", "doc": "A thing.", "since": null, "met": "In a page."});
            thing.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
            files.insert("types/Thing.json".to_owned(), thing);
        })
    };
    let (old, new) = (object(json!([{"name": "A", "type": "int"}])), object(json!([])));
    assert_eq!(told(&diff(&met(old), &met(new))), ["major: the member `A` is gone"]);
}

#[test]
fn the_envelope_of_events_is_read_though_no_list_of_fields_names_it() {
    let auth = |fields: Value| {
        spec(|files| {
            let auth = json!({"name": "EventAuth", "doc": "Whom.", "since": null, "kind": "object", "fields": fields});
            files.insert("types/EventAuth.json".to_owned(), auth);
        })
    };
    let domain = json!([{"name": "domain", "type": "string"}]);
    assert_eq!(told(&diff(&auth(domain), &auth(json!([])))), ["major: the member `domain` is gone"]);
}

#[test]
fn a_list_that_holds_itself_is_compared_all_the_same() {
    let of = |of: &str| json!({"kind": "list", "of": of});
    assert_eq!(
        of_type(OUTPUT, of("Thing"), of("Thing[]")),
        ["major: is a list of `Thing[]` now, it was one of `Thing`"]
    );
}
