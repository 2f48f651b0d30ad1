//! Parameters: what callers send.

use serde_json::{Value, json};

use super::{of_method, of_param};

#[test]
fn a_new_parameter_is_major_where_calls_without_it_do_not_compile() {
    let new = |members: Value| {
        let mut param = json!({"name": "A", "type": "string"});
        param.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        of_method(json!({}), json!({"params": [param]}))
    };
    assert_eq!(new(json!({})), ["minor: the parameter `A` is new and may be left out"]);
    assert_eq!(new(json!({"required": true})), ["major: the parameter `A` is new and must be sent"]);
    assert_eq!(
        new(json!({"required": true, "inject": "bot.id"})),
        ["minor: the parameter `A` is new and may be left out"],
        "the client fills it in"
    );
    assert_eq!(
        new(json!({"read_only": true})),
        ["patch: the parameter `A` is new and may be missing"],
        "nobody can send it"
    );
}

#[test]
fn a_parameter_that_is_gone_is_major_unless_nobody_could_send_it() {
    let gone = |param: Value| of_method(json!({"params": [param]}), json!({}));
    assert_eq!(gone(json!({"name": "A", "type": "int"})), ["major: the parameter `A` is gone"]);
    assert_eq!(gone(json!({"name": "A", "type": "int", "read_only": true})), ["patch: the parameter `A` is gone"]);
}

#[test]
fn an_argument_that_becomes_a_setter_is_major_though_callers_may_leave_it_out() {
    let (required, optional) = (json!({"required": true}), json!({}));
    assert_eq!(of_param(required.clone(), optional.clone()), ["major: the parameter `A` may be left out now"]);
    assert_eq!(of_param(optional, required), ["major: the parameter `A` must be sent now"]);
}

#[test]
fn what_the_client_fills_in_is_a_setter_required_or_not() {
    let required = json!({"required": true, "inject": "bot.id"});
    assert_eq!(of_param(json!({"inject": "bot.id"}), required.clone()), ["minor: the parameter `A` must be sent now"]);
    assert_eq!(of_param(required, json!({"inject": "bot.id"})), ["minor: the parameter `A` may be left out now"]);
}

#[test]
fn what_the_client_fills_in_is_minor_until_it_stops_to() {
    let (none, id, token) = (json!({}), json!({"inject": "bot.id"}), json!({"inject": "bot.token"}));
    assert_eq!(of_param(none.clone(), id.clone()), ["minor: the parameter `A` is filled in with `bot.id` now"]);
    assert_eq!(of_param(id.clone(), token), ["minor: the parameter `A` is filled in with `bot.token` now"]);
    assert_eq!(of_param(id, none), ["major: the parameter `A` is not filled in by the client any more"]);
    assert_eq!(
        of_param(json!({"required": true}), json!({"required": true, "inject": "bot.id"})),
        ["major: the parameter `A` is filled in with `bot.id` now"],
        "the argument becomes a setter"
    );
}

#[test]
fn a_type_is_major_where_the_bindings_take_another_value() {
    for (old, new, verdict) in [
        ("int", "UserId", "major"),
        ("int", "float", "major"),
        ("string", "int", "major"),
        ("string", "string[]", "major"),
        ("UserId", "ChatId", "major"),
        ("string", "Secret", "major"),
        // One type in the bindings.
        ("string", "Url", "minor"),
        ("bool", "YesNo", "minor"),
        ("any", "object", "minor"),
        // Nobody gives a setter nothing.
        ("string", "string?", "minor"),
        ("UserId[]?", "UserId[]", "minor"),
        ("UserId?[]", "UserId[]", "minor"),
        // A map is given as any value.
        ("map<UserId, string>", "map<UserId, int>", "minor"),
    ] {
        assert_eq!(
            of_param(json!({"type": old}), json!({"type": new})),
            [format!("{verdict}: the parameter `A` is `{new}` now, it was `{old}`")]
        );
    }
}

#[test]
fn a_limit_is_major_where_it_is_tighter_and_minor_where_it_is_looser() {
    let none = json!({});
    for (limit, tighter, shown) in [
        (json!({"kb": 30}), json!({"kb": 20}), "at most 20 KB now instead of at most 30 KB"),
        (json!({"chars": 30}), json!({"chars": 20}), "at most 20 characters now instead of at most 30 characters"),
        (
            json!({"min_chars": 2}),
            json!({"min_chars": 3}),
            "at least 3 characters now instead of at least 2 characters",
        ),
        (json!({"count": 9}), json!({"count": 8}), "at most 8 items now instead of at most 9 items"),
        (json!({"min": -5}), json!({"min": 1}), "numbers from 1 now instead of numbers from -5"),
        (json!({"max": 9}), json!({"max": 8}), "numbers up to 8 now instead of numbers up to 9"),
    ] {
        let (limit, tighter) = (json!({"limit": limit}), json!({"limit": tighter}));
        let verdict = |old: &Value, new: &Value| of_param(old.clone(), new.clone());
        assert_eq!(verdict(&limit, &tighter), [format!("major: the parameter `A` is limited to {shown}")]);
        assert!(verdict(&tighter, &limit)[0].starts_with("minor: "), "{shown}");
        assert!(verdict(&none, &limit)[0].starts_with("major: "), "{shown}");
        assert!(verdict(&limit, &none)[0].starts_with("minor: "), "{shown}");
    }
}

#[test]
fn a_limit_has_a_day_and_an_answer_too() {
    let limit = |more: Value| {
        let mut limit = json!({"kb": 30});
        limit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"limit": limit})
    };
    let always = || limit(json!({}));
    let from = |day: &str| limit(json!({"from": day}));
    for (old, new, told) in [
        (
            always(),
            limit(json!({"error": "X"})),
            "minor: the parameter `A` is refused with `X` now where it is too large",
        ),
        (
            limit(json!({"error": "X"})),
            always(),
            "minor: the parameter `A` is cut to its limit now where it is too large",
        ),
        (always(), from("2026-01-01"), "minor: the parameter `A` is limited from 2026-01-01 on only"),
        (from("2026-01-01"), from("2027-01-01"), "minor: the parameter `A` is limited from 2027-01-01 on only"),
        (from("2027-01-01"), from("2026-01-01"), "major: the parameter `A` is limited from 2026-01-01 on now"),
        (from("2027-01-01"), always(), "major: the parameter `A` is limited at once now"),
    ] {
        assert_eq!(of_param(old, new), [told]);
    }
}

#[test]
fn a_default_is_minor() {
    let default = |value: &str| json!({"default": value});
    for (old, new, told) in [
        (json!({}), default("N"), "minor: the parameter `A` counts as `N` where it is left out"),
        (default("N"), default("Y"), "minor: the parameter `A` counts as `Y` where it is left out, it was `N`"),
        (default("N"), json!({}), "minor: the parameter `A` has no known default any more"),
    ] {
        assert_eq!(of_param(old, new), [told]);
    }
}

#[test]
fn a_revision_is_minor_where_the_client_sends_less_and_patch_where_it_sends_more() {
    let since = |revision: u32| json!({"since": {"im": revision}});
    let until = |revision: u32| json!({"until": {"im": revision}});
    for (old, new, told) in [
        (json!({}), since(30), "minor: the parameter `A` is there since im revision 30"),
        (since(30), since(31), "minor: the parameter `A` is there since im revision 31 now, it was im revision 30"),
        (since(31), since(30), "patch: the parameter `A` is there since im revision 30 now, it was im revision 31"),
        (since(30), json!({}), "patch: the parameter `A` is not known to begin with im revision 30 any more"),
        (json!({}), until(30), "minor: the parameter `A` is there until im revision 30"),
        (until(31), until(30), "minor: the parameter `A` is there until im revision 30 now, it was im revision 31"),
        (until(30), until(31), "patch: the parameter `A` is there until im revision 31 now, it was im revision 30"),
        (until(30), json!({}), "patch: the parameter `A` does not end with im revision 30 any more"),
        (
            since(30),
            json!({"since": {"imopenlines": 2}}),
            "minor: the parameter `A` is there since imopenlines revision 2 now, it was im revision 30",
        ),
    ] {
        assert_eq!(of_param(old, new), [told]);
    }
}

#[test]
fn an_end_is_minor_because_the_compiler_warns() {
    let ends = |day: &str| json!({"ends": day});
    for (old, new, told) in [
        (json!({}), ends("2026-09-30"), "minor: the parameter `A` is promised until 2026-09-30 only"),
        (ends("2026-09-30"), ends("2026-01-31"), "minor: the parameter `A` is promised until 2026-01-31 only"),
        (
            ends("2026-01-31"),
            ends("2026-09-30"),
            "patch: the parameter `A` is promised until 2026-09-30 now, it was 2026-01-31",
        ),
        (ends("2026-09-30"), json!({}), "patch: the parameter `A` is not about to end any more"),
    ] {
        assert_eq!(of_param(old, new), [told]);
    }
}

#[test]
fn what_the_client_alone_has_to_know_is_patch() {
    for (old, new, told) in [
        (json!({"type": "bool"}), json!({"type": "bool", "send": "YesNo"}), "is written as `Y` or `N` now"),
        (json!({"type": "bool", "send": "YesNo"}), json!({"type": "bool"}), "is written as true or false now"),
        (json!({}), json!({"aliases": ["B"]}), "is also known as `B`"),
        (json!({"aliases": ["B"]}), json!({}), "is not known any more as `B`"),
        (json!({"doc": "An a."}), json!({"doc": "A letter."}), "is described in other words"),
    ] {
        assert_eq!(of_param(old, new), [format!("patch: the parameter `A` {told}")]);
    }
}

#[test]
fn whom_a_parameter_is_for_is_minor() {
    let webhook = json!({"only": "webhook"});
    assert_eq!(
        of_param(json!({}), webhook.clone()),
        ["minor: the parameter `A` is for calls through webhooks only now"]
    );
    assert_eq!(of_param(webhook, json!({})), ["minor: the parameter `A` is for calls through applications too now"]);
}

#[test]
fn a_parameter_that_is_read_only_cannot_be_sent_any_more() {
    let read_only = |required: bool| json!({"read_only": true, "required": required});
    assert_eq!(of_param(json!({}), json!({"read_only": true})), ["major: the parameter `A` is only read now"]);
    assert_eq!(of_param(json!({"read_only": true}), json!({})), ["minor: the parameter `A` is sent too now"]);
    assert_eq!(
        of_param(read_only(true), json!({"required": true})),
        ["major: the parameter `A` is sent too now"],
        "it is a new argument"
    );
}

#[test]
fn a_parameter_of_another_name_is_told_once_and_major_where_the_bindings_call_it_otherwise() {
    let renamed = |old: &str, new: &str, aliases: Value| {
        let param = |name: &str, aliases: Value| json!({"params": [{"name": name, "type": "int", "aliases": aliases}]});
        of_method(param(old, json!([])), param(new, aliases))
    };
    assert_eq!(renamed("EVENT", "event", json!([])), ["minor: the parameter `event` was named `EVENT`"]);
    assert_eq!(renamed("USER_ID", "userId", json!(["USER_ID"])), ["minor: the parameter `userId` was named `USER_ID`"]);
    assert_eq!(renamed("userId", "userid", json!([])), ["major: the parameter `userid` was named `userId`"]);
    assert_eq!(renamed("NAME", "TITLE", json!(["NAME"])), ["major: the parameter `TITLE` was named `NAME`"]);
    assert_eq!(
        renamed("NAME", "TITLE", json!([])),
        ["minor: the parameter `TITLE` is new and may be left out", "major: the parameter `NAME` is gone"]
    );
}

#[test]
fn members_are_compared_at_any_depth() {
    let nested = |leaf: Value| {
        json!({"params": [{"name": "A", "type": "object", "fields": [
            {"name": "B", "type": "object[]", "fields": [
                {"name": "C", "type": "map<int, object>", "fields": [leaf]}
            ]}
        ]}]})
    };
    let leaf = |required: bool| json!({"name": "D", "type": "int", "required": required});
    assert_eq!(of_method(nested(leaf(false)), nested(leaf(true))), ["major: the parameter `A.B.C.D` must be sent now"]);
}

#[test]
fn an_object_that_is_described_now_is_another_type() {
    let bare = json!({"type": "object"});
    let described = json!({"type": "object", "fields": [{"name": "B", "type": "int"}]});
    assert_eq!(
        of_param(bare.clone(), described.clone()),
        ["major: the parameter `A` is described member by member now"]
    );
    assert_eq!(of_param(described.clone(), bare), ["major: the parameter `A` is not described any more"]);
    assert_eq!(
        of_param(described, json!({"type": "object[]", "fields": [{"name": "B", "type": "int"}]})),
        ["major: the parameter `A` is `object[]` now, it was `object`"]
    );
}

#[test]
fn arguments_in_another_order_are_major_and_setters_are_not() {
    let params = |names: [&str; 3], required: bool| {
        let param = |name: &&str| json!({"name": name, "type": "int", "required": required});
        json!({"params": names.iter().map(param).collect::<Vec<_>>()})
    };
    assert_eq!(
        of_method(params(["A", "B", "C"], true), params(["C", "A", "B"], true)),
        ["major: takes `C`, `A`, `B` in this order now, it was `A`, `B`, `C`"]
    );
    assert_eq!(of_method(params(["A", "B", "C"], false), params(["C", "A", "B"], false)), Vec::<String>::new());
}

mod groups {
    use super::{Value, json, of_method};

    fn with(group: Value) -> Value {
        let params: Vec<Value> = ["A", "B", "C"].iter().map(|name| json!({"name": name, "type": "int"})).collect();
        let groups = if group.is_null() { json!([]) } else { json!([group]) };
        json!({"params": params, "groups": groups})
    }

    fn group(need: &str, of: Value) -> Value {
        with(json!({"need": need, "of": of, "name": "target"}))
    }

    #[test]
    fn a_choice_of_exactly_one_is_an_argument() {
        let (none, one) = (with(Value::Null), group("one", json!([["A"], ["B", "C"]])));
        assert_eq!(
            of_method(none.clone(), one.clone()),
            ["major: the choice `target` is new: exactly one of `A`, `B` with `C`"]
        );
        assert_eq!(of_method(one, none), ["major: the choice `target` is gone: exactly one of `A`, `B` with `C`"]);
    }

    #[test]
    fn at_least_one_is_checked_before_a_call_is_sent() {
        let (none, any) = (with(Value::Null), group("any", json!([["A"], ["B"]])));
        assert_eq!(
            of_method(none.clone(), any.clone()),
            ["major: the choice `target` is new: at least one of `A`, `B`"]
        );
        assert_eq!(of_method(any, none), ["minor: the choice `target` is gone: at least one of `A`, `B`"]);
    }

    #[test]
    fn other_alternatives_are_major_unless_they_only_allow_more() {
        let (two, three) = (json!([["A"], ["B"]]), json!([["A"], ["B"], ["C"]]));
        for (old, new, verdict) in [
            (group("one", two.clone()), group("one", three.clone()), "major"),
            (group("one", three.clone()), group("one", two.clone()), "major"),
            (group("any", two.clone()), group("any", three.clone()), "minor"),
            (group("any", three), group("any", two.clone()), "major"),
            (group("any", two.clone()), group("one", two.clone()), "major"),
            (group("one", two.clone()), group("any", two), "major"),
        ] {
            let told = of_method(old, new);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with(&format!("{verdict}: the choice `target` is ")), "{told:?}");
        }
    }

    #[test]
    fn the_order_of_alternatives_does_not_matter() {
        let told = of_method(group("one", json!([["A"], ["B"]])), group("one", json!([["B"], ["A"]])));
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn the_name_of_a_choice_is_major_where_an_argument_has_it() {
        let named = |need: &str, name: &str| with(json!({"need": need, "of": [["A"], ["B"]], "name": name}));
        assert_eq!(
            of_method(named("one", "target"), named("one", "place")),
            ["major: the choice `place` is called `place` now, it was `target`"]
        );
        assert_eq!(
            of_method(named("any", "target"), named("any", "place")),
            ["patch: the choice `place` has another name"]
        );
    }

    #[test]
    fn a_choice_without_a_name_is_called_by_its_place() {
        let params: Vec<Value> = ["A", "B", "C", "D"].iter().map(|name| json!({"name": name, "type": "int"})).collect();
        let (first, second) =
            (json!({"need": "one", "of": [["A"], ["B"]]}), json!({"need": "any", "of": [["C"], ["D"]]}));
        let old = json!({"params": params, "groups": [first]});
        let new = json!({"params": params, "groups": [second, first]});
        assert_eq!(
            of_method(old, new),
            [
                "major: the choice is new: at least one of `C`, `D`",
                "major: the choice is called choice 2 now, it was choice 1"
            ]
        );
    }

    #[test]
    fn the_answer_to_none_is_minor() {
        let answered = |code: &str| with(json!({"need": "any", "of": [["A"], ["B"]], "name": "target", "error": code}));
        assert_eq!(
            of_method(answered("X"), answered("Y")),
            ["minor: the choice `target` is answered with `Y` where none is given"]
        );
    }

    #[test]
    fn a_type_in_a_choice_is_given_as_it_is() {
        let typed = |ty: &str| {
            json!({
                "params": [{"name": "A", "type": ty}, {"name": "B", "type": "int"}],
                "groups": [{"need": "one", "of": [["A"], ["B"]], "name": "target"}]
            })
        };
        assert_eq!(
            of_method(typed("string"), typed("string?")),
            ["major: the parameter `A` is `string?` now, it was `string`"],
            "an alternative holds the optional value"
        );
    }
}
