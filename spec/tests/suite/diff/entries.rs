//! Methods, events, errors, revisions and the change log: what is said of the whole.

use b24_spec::diff;
use serde_json::{Map, Value, json};

use super::{event, method, of_event, of_method, spec, told};

/// What is told when a file has first the one, then the other content.
fn of_file(path: &str, old: &Value, new: &Value) -> Vec<String> {
    let with = |content: &Value| {
        spec(|files| {
            if !content.is_null() {
                files.insert(path.to_owned(), content.clone());
            }
        })
    };
    told(&diff(&with(old), &with(new)))
}

#[test]
fn a_method_is_minor_when_it_comes_and_major_when_it_goes() {
    let other = method(json!({"name": "talk.close", "summary": "Closes a chat."}));
    let path = "methods/talk/talk.close.json";
    assert_eq!(of_file(path, &Value::Null, &other), ["minor: is new: Closes a chat"]);
    assert_eq!(of_file(path, &other, &Value::Null), ["major: is gone"]);
}

#[test]
fn a_method_of_another_name_is_major_and_compared_all_the_same() {
    let named = |name: &str, more: Value| {
        spec(|files: &mut Map<String, Value>| {
            files.clear();
            let mut members = json!({"name": name});
            members.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            files.insert(format!("methods/talk/{name}.json"), method(members));
        })
    };
    assert_eq!(
        told(&diff(&named("talk.chat.add", json!({})), &named("talk.Chat.add", json!({"admin": true})))),
        ["major: was named `talk.chat.add`", "major: may be called by administrators only now"]
    );
    assert_eq!(
        told(&diff(&named("talk.add", json!({})), &named("talk.create", json!({"aliases": ["talk.add"]})))),
        ["major: was named `talk.add`"],
        "the old name lives on as another name of it"
    );
}

#[test]
fn who_may_call_is_major_where_somebody_no_longer_may() {
    for (old, new, told) in [
        (json!({"other_scopes": ["im"]}), json!({}), "major: may not be called any more with the permission `im`"),
        (json!({}), json!({"other_scopes": ["im"]}), "minor: may be called with the permission `im`"),
        (json!({}), json!({"only": "application"}), "major: may be called by applications only now"),
        (json!({"only": "application"}), json!({"only": "webhook"}), "major: may be called by webhooks only now"),
        (json!({"only": "webhook"}), json!({}), "minor: may be called by applications and webhooks now"),
        (json!({}), json!({"rest": 3}), "minor: stands at the address of REST 3.0 now"),
        (json!({"rest": 3}), json!({}), "minor: stands at the address of the older REST now"),
        (json!({}), json!({"admin": true}), "major: may be called by administrators only now"),
        (json!({"admin": true}), json!({}), "minor: may be called by anybody now"),
    ] {
        assert_eq!(of_method(old, new), [told]);
    }
}

#[test]
fn another_permission_is_major() {
    let of = |scope: &str| {
        spec(|files| {
            files.clear();
            let folder = if scope.is_empty() { "_" } else { scope };
            files.insert(format!("methods/{folder}/talk.add.json"), method(json!({"scope": scope})));
        })
    };
    assert_eq!(told(&diff(&of("talk"), &of("im"))), ["major: needs `im` now, it was `talk`"]);
    assert_eq!(told(&diff(&of("talk"), &of(""))), ["major: needs no permission now, it was `talk`"]);
    assert_eq!(of_event(json!({"scope": "talk"}), json!({"scope": "im"})), ["major: needs `im` now, it was `talk`"]);
}

#[test]
fn a_revision_is_minor_where_the_client_refuses_more() {
    let since = |revision: u32| json!({"since": {"im": revision}});
    let until = |revision: u32| json!({"until": {"im": revision}});
    for (old, new, verdict) in [
        (json!({}), since(30), "minor"),
        (since(30), since(31), "minor"),
        (since(31), since(30), "patch"),
        // The bindings have a constant of it, which goes.
        (since(31), json!({}), "major"),
        (json!({}), until(30), "minor"),
        (until(31), until(30), "minor"),
        (until(30), until(31), "patch"),
        (until(30), json!({}), "patch"),
    ] {
        let told = of_method(old.clone(), new.clone());
        assert!(told.len() == 1 && told[0].starts_with(verdict), "{old} to {new}: {told:?}");
        assert!(of_event(old, new)[0].starts_with("patch"), "only the documentation tells it of an event");
    }
}

#[test]
fn what_is_deprecated_is_minor_because_the_compiler_warns() {
    let nothing = json!({"status": {"deprecated": {}}});
    let other = json!({"status": {"deprecated": {"use": "talk.add"}}});
    let undocumented = json!({"status": {"undocumented": true}});
    let current = json!({});
    for (old, new, told) in [
        (&current, &nothing, "minor: is deprecated, and nothing replaces it"),
        (&current, &other, "minor: is deprecated: use `talk.add`"),
        (&undocumented, &other, "minor: is deprecated: use `talk.add`"),
        (&nothing, &other, "patch: is replaced by `talk.add` now"),
        (&other, &nothing, "patch: is replaced by nothing now"),
        (&other, &current, "minor: is not deprecated any more"),
        (&current, &undocumented, "patch: is not documented any more"),
        (&undocumented, &current, "patch: is documented now"),
    ] {
        assert_eq!(of_method(old.clone(), new.clone()), [told]);
    }
    assert_eq!(of_event(current, nothing), ["minor: is deprecated, and nothing replaces it"]);
}

#[test]
fn what_is_not_safe_to_repeat_any_more_is_major() {
    let idempotent = json!({"idempotent": true});
    assert_eq!(of_method(idempotent.clone(), json!({})), ["major: is not safe to repeat any more"]);
    assert_eq!(of_method(json!({}), idempotent), ["minor: is safe to repeat now"]);
}

#[test]
fn other_names_and_words_are_patch() {
    for (old, new, told) in [
        (json!({}), json!({"aliases": ["talk.new"]}), "is also known as `talk.new`"),
        (json!({"aliases": ["talk.new"]}), json!({}), "is not known any more as `talk.new`"),
        (json!({}), json!({"summary": "Adds one."}), "is described in other words"),
        (json!({}), json!({"rules": ["Not on Sundays."]}), "has other rules in words"),
        (json!({}), json!({"docs": "https://b.com/"}), "is documented on another page"),
    ] {
        assert_eq!(of_method(old, new), [format!("patch: {told}")]);
    }
}

#[test]
fn pages_are_minor_when_they_come_and_major_when_they_go() {
    let params = json!([{"name": "START", "type": "int"}, {"name": "LIMIT", "type": "int"}]);
    let paged = |paging: Value| json!({"params": params, "paging": paging});
    let start = || json!({"by": "start", "param": "START"});
    let with = |more: Value| {
        let mut paging = start();
        paging.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        paged(paging)
    };
    for (old, new, told) in [
        (paged(Value::Null), paged(start()), "minor: comes in pages, which continue at `next` beside the result"),
        (paged(start()), paged(Value::Null), "major: does not come in pages any more"),
        (
            paged(start()),
            with(json!({"by": "offset"})),
            "minor: continues at the number of items so far now, it was at `next` beside the result",
        ),
        (
            with(json!({"by": "last_id", "cursor": "id"})),
            with(json!({"by": "last_id", "cursor": "ID"})),
            "minor: continues at `ID` of an item now, it was at `id` of an item",
        ),
        (paged(start()), with(json!({"param": "LIMIT"})), "minor: carries the position in `LIMIT` now, it was `START`"),
        (
            paged(start()),
            with(json!({"size": "LIMIT"})),
            "minor: has the size of a page in `LIMIT` now, it was nothing",
        ),
        (
            with(json!({"page": 20})),
            with(json!({"page": 50})),
            "minor: has this number of items a page: `50` now, it was `20`",
        ),
        (
            paged(start()),
            with(json!({"items": "items"})),
            "major: has its list in `items` now, it was the result itself",
        ),
        (
            paged(start()),
            with(json!({"take": "first"})),
            "minor: continues after this item of a page: `first` now, it was `last`",
        ),
        (
            paged(start()),
            with(json!({"with": {"LIMIT": "size"}})),
            "minor: also continues with `LIMIT of size` now, it was nothing",
        ),
        (
            with(json!({"more": "hasNext"})),
            with(json!({"more": "hasMore"})),
            "minor: tells that there is more in `hasMore` now, it was `hasNext`",
        ),
    ] {
        assert_eq!(of_method(old, new), [told]);
    }
}

#[test]
fn errors_of_a_method_are_minor() {
    let errors = |errors: Value| json!({"params": [{"name": "A", "type": "int"}], "errors": errors});
    let error = || json!({"code": "X", "kind": "state", "meaning": "No."});
    let with = |more: Value| {
        let mut error = error();
        error.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        errors(json!([error]))
    };
    let old = || errors(json!([error()]));
    for (old, new, told) in [
        (errors(json!([])), old(), "minor: the error `X` is known"),
        (old(), errors(json!([])), "minor: the error `X` is not answered any more"),
        (old(), with(json!({"code": "Y", "aliases": ["X"]})), "minor: the error `Y` was `X`"),
        (old(), with(json!({"kind": "access"})), "minor: the error `X` is of the kind `access` now, it was `state`"),
        (old(), with(json!({"param": "A"})), "patch: the error `X` is about `A` now, it was no parameter"),
        (old(), with(json!({"aliases": ["Z"]})), "patch: the error `X` is also known as `Z`"),
        (old(), with(json!({"meaning": "Never."})), "patch: the error `X` is explained in other words"),
    ] {
        assert_eq!(of_method(old, new), [told]);
    }
}

#[test]
fn errors_of_any_method_are_minor() {
    let errors = |errors: Value| json!({"errors": errors});
    let error = |status: u16, advice: &str| json!({"code": "X", "kind": "limit", "status": status, "meaning": "Too many.", "advice": advice});
    let of_errors = |old: Value, new: Value| of_file("errors.json", &errors(old), &errors(new));
    let old = || json!([error(503, "Wait.")]);
    assert_eq!(of_errors(json!([]), old()), ["minor: is known as an error of any method"]);
    assert_eq!(of_errors(old(), json!([])), ["minor: is not answered any more"]);
    assert_eq!(of_errors(old(), json!([error(429, "Wait.")])), ["minor: comes with HTTP status 429 now, it was 503"]);
    assert_eq!(of_errors(old(), json!([error(503, "Rest.")])), ["patch: comes with other advice"]);
}

#[test]
fn an_event_is_minor_when_it_comes_and_major_when_it_goes() {
    let other = event(json!({"name": "ONCLOSE", "summary": "A chat was closed."}));
    assert_eq!(of_file("events/ONCLOSE.json", &Value::Null, &other), ["minor: is new: A chat was closed"]);
    assert_eq!(of_file("events/ONCLOSE.json", &other, &Value::Null), ["major: is gone"]);
}

#[test]
fn an_event_that_takes_over_the_name_of_another_is_told_once() {
    let named = |name: &str, aliases: Value| {
        spec(|files| {
            files.remove("events/ONTALK.json");
            files.insert(format!("events/{name}.json"), event(json!({"name": name, "aliases": aliases})));
        })
    };
    assert_eq!(
        told(&diff(&named("ONTALK", json!([])), &named("ONTALKADD", json!(["ONTALK"])))),
        ["major: was named `ONTALK`"]
    );
}

#[test]
fn how_an_event_is_asked_for_and_what_it_comes_with_is_judged_by_what_is_lost() {
    for (old, new, told) in [
        (json!({}), json!({"subscribe": "install"}), "major: is asked for by `install` now, it was `event.bind`"),
        (json!({"auth": true}), json!({}), "major: comes without the `auth` block now"),
        (json!({}), json!({"auth": true}), "minor: comes with the `auth` block now"),
        (json!({}), json!({"aliases": ["ONCHAT"]}), "patch: is also known as `ONCHAT`"),
        (json!({"aliases": ["ONCHAT"]}), json!({}), "minor: is not known any more as `ONCHAT`"),
        (json!({}), json!({"summary": "More talk."}), "patch: is described in other words"),
        (json!({}), json!({"rules": ["Once an hour."]}), "patch: has other rules in words"),
        (json!({}), json!({"docs": "https://b.com/"}), "patch: is documented on another page"),
    ] {
        assert_eq!(of_event(old, new), [told]);
    }
}

#[test]
fn revisions_are_patch_unless_the_client_takes_portals_for_newer() {
    let steps = |doc: &str, revisions: &[u32]| {
        let steps: Vec<Value> =
            revisions.iter().map(|revision| json!({"revision": revision, "doc": "A step."})).collect();
        json!({"counters": {"im": {"doc": doc, "steps": steps}}})
    };
    let of_steps = |old: &Value, new: &Value| of_file("revisions.json", old, new);
    let (two, three) = (steps("Counts.", &[18, 24]), steps("Counts.", &[18, 24, 30]));
    assert_eq!(of_steps(&two, &three), ["patch: the revision `30` is known"]);
    assert_eq!(of_steps(&three, &two), ["patch: the revision `30` is not known any more"]);
    assert_eq!(of_steps(&two, &steps("Counts more.", &[18, 24])), ["patch: is described in other words"]);
    assert_eq!(
        of_steps(&two, &steps("Counts.", &[24])),
        ["minor: begins with 24 now, it was 18", "patch: the revision `18` is not known any more"]
    );
    assert_eq!(of_steps(&Value::Null, &two), ["minor: is a new counter"]);
    assert_eq!(of_steps(&two, &Value::Null), ["minor: is not counted any more"]);
}

#[test]
fn the_change_log_is_a_record_unless_it_announces_an_end() {
    let log = |changes: Value| json!({"changes": changes});
    let entry = |kind: &str, effective: Value, summary: &str| json!({"id": "C-1", "kind": kind, "published": "2026-05-06", "effective": effective, "summary": summary});
    let new = || log(json!([entry("new", Value::Null, "It came.")]));
    let breaking = |day: &str| log(json!([entry("breaking", json!(day), "It goes.")]));
    let of_log = |old: Value, new: Value| of_file("changes.json", &old, &new);
    assert_eq!(of_log(log(json!([])), new()), ["patch: is announced: It came"]);
    assert_eq!(of_log(log(json!([])), breaking("2026-08-06")), ["minor: is announced for 2026-08-06: It goes"]);
    assert_eq!(
        of_log(breaking("2026-08-06"), breaking("2026-09-06")),
        ["minor: is announced as `breaking` for 2026-09-06 now"]
    );
    assert_eq!(
        of_log(new(), log(json!([entry("new", Value::Null, "It is here.")]))),
        ["patch: is told in other words"]
    );
    assert_eq!(of_log(new(), log(json!([]))), ["patch: is not in the change log any more"]);
}
