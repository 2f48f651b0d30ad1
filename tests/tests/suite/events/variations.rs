use super::*;

fn private_message() -> Value {
    json!({
        "BOT": course_bots(),
        "PARAMS": {"DIALOG_ID": 1, "CHAT_TYPE": "P", "MESSAGE_ID": 1, "MESSAGE": "x", "LANGUAGE": "ru"}
    })
}

#[test]
fn the_tokens_of_an_unknown_event_are_not_for_logs() {
    let (_, event) = decoded(&wrapped("ONIMBOTV9MESSAGEADD", json!({"bot": {"auth": tokens("5")}})));
    assert!(!format!("{event:?}").contains("access-5"), "{event:?}");
}

#[test]
fn a_user_who_is_nobody_may_be_missing_empty_or_an_empty_list() {
    for nobody in [json!(null), json!(""), json!([]), json!({})] {
        let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEADD", with(private_message(), json!({"USER": nobody}))));
        let Event::ImbotMessageAdd(add) = event else { panic!("{event:?}") };
        assert_eq!(add.user, None, "{nobody}");
    }
}

#[test]
fn the_letter_case_of_the_name_does_not_matter() {
    let (_, upper) = decoded(&wrapped("ONIMBOTMESSAGEADD", private_message()));
    for name in ["OnImBotMessageAdd", "onimbotmessageadd"] {
        assert_eq!(decoded(&wrapped(name, private_message())).1, upper, "{name}");
    }
}

#[test]
fn an_unknown_event_keeps_its_name_and_data() {
    let (_, event) = decoded(&wrapped("ONCRMDEALADD", json!({"FIELDS": {"ID": "5", "TITLE": "Ä & b"}})));
    assert_eq!(
        event,
        Event::Other { name: "ONCRMDEALADD".into(), data: Untyped(json!({"FIELDS": {"ID": "5", "TITLE": "Ä & b"}})) }
    );
}

#[test]
fn text_arrives_as_it_was_written() {
    for text in ["a & b = c + d", "50% [b]x[/b]", "привет, мир", "👋 zoë\n\ttwo", "%5B", "a[b]=c&d", "\"'<>"]
    {
        let mut data = private_message();
        data["PARAMS"]["MESSAGE"] = text.into();
        let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEADD", data));
        let Event::ImbotMessageAdd(add) = event else { panic!("{event:?}") };
        assert_eq!(add.params.message, text);
    }
}

#[test]
fn an_event_without_what_it_needs_names_the_way_to_it() {
    for (remove, told) in [("MESSAGE_ID", "data.PARAMS.MESSAGE_ID: "), ("DIALOG_ID", "data.PARAMS.DIALOG_ID: ")] {
        let mut data = private_message();
        data["PARAMS"].as_object_mut().unwrap().remove(remove);
        let error = decode_event(http_build_query(&wrapped("ONIMBOTMESSAGEADD", data)).as_bytes()).unwrap_err();
        assert_eq!(error, format!("{told}expected a value, found nothing"));
    }
}

#[test]
fn an_event_with_a_wrong_value_says_what_it_found() {
    let mut data = private_message();
    data["PARAMS"]["DIALOG_ID"] = "chatter".into();
    let error = decode_event(http_build_query(&wrapped("ONIMBOTMESSAGEADD", data)).as_bytes()).unwrap_err();
    assert_eq!(error, "data.PARAMS.DIALOG_ID: expected a dialog like 5 or chat5, found the text \"chatter\"");
}

#[test]
fn an_event_without_a_name_or_without_auth_is_refused() {
    let without = |key: &str| {
        let mut event = wrapped("ONIMBOTDELETE", json!({"BOT_ID": 1, "BOT_CODE": "x"}));
        event.as_object_mut().unwrap().remove(key);
        decode_event(http_build_query(&event).as_bytes()).unwrap_err()
    };
    assert_eq!(without("event"), "event: expected a value, found nothing");
    assert_eq!(without("auth"), "auth: expected a value, found nothing");
}

#[test]
fn a_scalar_where_a_group_is_wanted_is_refused_and_the_reverse() {
    let mut flat = private_message();
    flat["PARAMS"] = "x".into();
    let error = decode_event(http_build_query(&wrapped("ONIMBOTMESSAGEADD", flat)).as_bytes()).unwrap_err();
    assert_eq!(error, "data.PARAMS: expected an object, found the text \"x\"");
    let mut deep = private_message();
    deep["PARAMS"]["MESSAGE_ID"] = json!({"ID": 1});
    let error = decode_event(http_build_query(&wrapped("ONIMBOTMESSAGEADD", deep)).as_bytes()).unwrap_err();
    assert_eq!(error, "data.PARAMS.MESSAGE_ID: expected a number, found an object");
}

#[test]
fn tokens_are_not_shown() {
    let (auth, event) =
        decoded(&wrapped("ONIMBOTMESSAGEADD", with(private_message(), json!({"BOT": {"39": bot("39", "x")}}))));
    let shown = format!("{auth:?} {event:?}");
    for secret in ["access-27", "refresh-27", "access-39", "refresh-39", "\"application\""] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
