use serde_json::{Value, json};

use crate::{
    bot::{Bot, Event},
    desk::{Desk, handle},
    person::dialog,
};

fn registration(id: &str, more: Value) -> Value {
    let mut params = json!({
        "ID": id, "NAME": "Site chat", "ICON": {"DATA_IMAGE": "data:image/svg+xml,%3Csvg/%3E"},
        "PLACEMENT_HANDLER": "https://example.com/settings",
    });
    if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
        params.extend(more);
    }
    params
}

/// An application whose connector is set up for the line, bound to all events.
async fn connected(desk: &Desk, more: Value) -> Bot {
    let app = desk.app().await;
    assert_eq!(app.ok("imconnector.register", registration("site", more)).await, json!({"result": true}));
    let line = desk.line.id().0;
    assert_eq!(app.ok("imconnector.activate", json!({"CONNECTOR": "site", "LINE": line, "ACTIVE": 1})).await, true);
    let data = json!({"ID": "channel-1", "URL": "https://example.com", "NAME": "Site"});
    let params = json!({"CONNECTOR": "site", "LINE": line, "DATA": data});
    assert_eq!(app.ok("imconnector.connector.data.set", params).await, true);
    app
}

async fn bind(app: &Bot, events: &[&str]) {
    for event in events {
        app.ok("event.bind", json!({"event": event, "handler": app.handler})).await;
    }
}

fn message(id: &str, text: &str) -> Value {
    json!({
        "user": {"id": "user-42", "name": "Eve", "last_name": "Fox", "email": "eve@example.com"},
        "message": {"id": id, "date": 1_700_000_000, "text": text},
        "chat": {"id": "channel-1", "url": "https://example.com/1"},
    })
}

async fn send(app: &Bot, desk: &Desk, messages: Value) -> Value {
    let params = json!({"CONNECTOR": "site", "LINE": desk.line.id().0, "MESSAGES": messages});
    app.ok("imconnector.send.messages", params).await["DATA"]["RESULT"].take()
}

/// The chat of the line in which a message arrived.
async fn arrived(app: &Bot, desk: &Desk, text: &str) -> u64 {
    let sent = send(app, desk, json!([message("m1", text)])).await;
    assert_eq!(sent[0]["SUCCESS"], true, "{sent}");
    sent[0]["session"]["CHAT_ID"].as_str().expect("a chat").parse().expect("a number")
}

fn names(events: &[Event]) -> Vec<&str> {
    events.iter().map(Event::name).collect()
}

#[tokio::test]
async fn a_connector_tells_what_is_wrong_with_its_registration_inside_the_result() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    let with = |name: &str, value: Value| {
        let mut params = registration("site", json!({}));
        params[name] = value;
        params
    };
    for (params, code) in [
        (with("ID", json!("")), "CONNECTOR_ID_REQUIRED"),
        (with("ID", json!("my.site")), "APPLICATION_REGISTRATION_ERROR_POINT"),
        (with("ID", json!("my site")), "GENERAL_CONNECTOR_REGISTRATION_ERROR"),
        (with("ID", json!("livechat")), "APPLICATION_REGISTRATION_ERROR"),
        (with("NAME", json!("")), "NAME_REQUIRED"),
        (with("ICON", json!({})), "ICON_REQUIRED"),
        (with("PLACEMENT_HANDLER", json!("")), "NO_PLACEMENT_HANDLER"),
    ] {
        let answer = app.ok("imconnector.register", params).await;
        assert_eq!((&answer["result"], &answer["error"]), (&json!(false), &json!(code)));
        assert!(answer["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
    }
    let answer = app.ok("imconnector.unregister", json!({"ID": "site"})).await;
    assert_eq!((&answer["result"], &answer["error"]), (&json!(false), &json!("APPLICATION_UNREGISTRATION_ERROR")));
}

#[tokio::test]
async fn connectors_belong_to_applications() {
    let desk = Desk::open().await;
    let (status, answer) = desk.admin.call("imconnector.register", registration("site", json!({}))).await;
    assert_eq!((status, &answer["error"]), (403, &json!("WRONG_AUTH_TYPE")));

    connected(&desk, json!({})).await;
    let other = desk.app().await;
    let answer = other.ok("imconnector.register", registration("site", json!({}))).await;
    assert_eq!(answer["error"], "APPLICATION_REGISTRATION_ERROR");
    assert_eq!(other.ok("imconnector.unregister", json!({"ID": "site"})).await["result"], false);
    let params = json!({"CONNECTOR": "site", "LINE": 1, "MESSAGES": [message("m1", "hi")]});
    assert_eq!(other.error("imconnector.send.messages", params).await, "IMCONNECTOR_NO_CORRECT_PROVIDER");
}

#[tokio::test]
async fn a_connector_is_listed_under_its_name_in_small_letters() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    app.ok("imconnector.register", registration("My_Site", json!({}))).await;
    app.ok("imconnector.register", registration("my_site", json!({"NAME": "Better name"}))).await;

    let list = app.ok("imconnector.list", json!({})).await;
    assert_eq!((&list["my_site"], &list["livechat"]), (&json!("Better name"), &json!("Live Chat")));
    assert_eq!(app.ok("imconnector.unregister", json!({"ID": "MY_SITE"})).await, json!({"result": true}));
    assert!(app.ok("imconnector.list", json!({})).await.get("my_site").is_none());
}

#[tokio::test]
async fn a_connector_is_ready_once_it_is_active_and_has_its_data() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    app.ok("imconnector.register", registration("site", json!({}))).await;
    let line = desk.line.id().0;
    let status = || async {
        let status = app.ok("imconnector.status", json!({"CONNECTOR": "site", "LINE": line})).await;
        (status["CONFIGURED"].clone(), status["STATUS"].clone())
    };
    assert_eq!(status().await, (json!(false), json!(false)));
    app.ok("imconnector.activate", json!({"CONNECTOR": "site", "LINE": line, "ACTIVE": "Y"})).await;
    let params = json!({"CONNECTOR": "site", "LINE": line, "DATA": {"ID": "channel-1"}});
    app.ok("imconnector.connector.data.set", params).await;
    assert_eq!(status().await, (json!(true), json!(true)));
    desk.set(json!({"ACTIVE": "N"})).await;
    assert_eq!(status().await, (json!(true), json!(false)), "the line is not at work");
    let elsewhere = app.ok("imconnector.status", json!({"CONNECTOR": "site"})).await;
    assert_eq!((&elsewhere["LINE"], &elsewhere["CONFIGURED"]), (&json!(0), &json!(false)));

    let params = json!({"CONNECTOR": "site", "LINE": 99, "ACTIVE": "Y"});
    assert_eq!(app.ok("imconnector.activate", params).await, false, "there is no such line");
    for method in ["imconnector.activate", "imconnector.connector.data.set", "imconnector.status"] {
        assert_eq!(app.error(method, json!({})).await, "ERROR_ARGUMENT", "{method}");
    }
}

#[tokio::test]
async fn a_message_from_outside_becomes_one_of_a_client() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let sent = send(&app, &desk, json!([message("m1", "hello"), message("m2", "anybody?")])).await;

    assert_eq!(sent[0]["session"], sent[1]["session"]);
    assert_eq!(sent[0]["message"], json!({"id": "m1", "date": {}, "text": "hello", "files": []}));
    assert_eq!(sent[0]["chat"]["description"], "Link to the original post: https://example.com/1");
    let chat: u64 = sent[0]["session"]["CHAT_ID"].as_str().expect("a chat").parse().expect("a number");
    let look = desk.look(chat).await;
    assert_eq!(look["entity_id"], json!(format!("site|{}|channel-1|user-42", desk.line.id())));
    assert_eq!(look["name"], "Eve Fox - Help");
    let user = sent[0]["user"].as_str().expect("a user");
    let history = desk.ann.ok("imopenlines.session.history.get", json!({"CHAT_ID": chat})).await;
    assert_eq!(history["users"][user]["connector"], true);
    assert_eq!(history["users"][user]["externalAuthId"], "imconnector");
}

#[tokio::test]
async fn each_message_tells_its_own_flaw() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let mut flawed = message("m1", "hello");
    flawed["user"]["name"] = "R2D2".into();
    let sent = send(&app, &desk, json!([flawed, message("m2", "hello")])).await;
    assert_eq!((&sent[0]["SUCCESS"], &sent[1]["SUCCESS"]), (&json!(false), &json!(true)));
    assert!(sent[0]["ERRORS"][0].as_str().is_some_and(|why| why.contains("name")), "{sent}");

    app.ok("imconnector.activate", json!({"CONNECTOR": "site", "LINE": desk.line.id().0, "ACTIVE": 0})).await;
    let sent = send(&app, &desk, json!([message("m3", "hello")])).await;
    assert_eq!(sent[0]["SUCCESS"], false, "the connector is off: {sent}");
}

#[tokio::test]
async fn a_message_has_a_user_a_chat_and_something_to_say() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let line = desk.line.id().0;
    let error = |params: Value| app.error("imconnector.send.messages", params);
    let with = |messages: Value| json!({"CONNECTOR": "site", "LINE": line, "MESSAGES": messages});
    for messages in [json!([]), json!("hello"), json!(["hello"]), json!([{"user": {"id": "1"}}])] {
        assert_eq!(error(with(messages.clone())).await, "ERROR_ARGUMENT", "{messages}");
    }
    let mut empty = message("m1", "");
    empty["message"] = json!({"id": "m1"});
    assert_eq!(error(with(json!([empty]))).await, "ERROR_ARGUMENT");
    desk.set(json!({"ACTIVE": "N"})).await;
    assert_eq!(error(with(json!([message("m1", "hi")]))).await, "NOT_ACTIVE_LINE");
    let params = json!({"CONNECTOR": "nobody", "LINE": line, "MESSAGES": [message("m1", "hi")]});
    assert_eq!(error(params).await, "IMCONNECTOR_NO_CORRECT_PROVIDER");
}

#[tokio::test]
async fn a_chat_may_be_one_client_however_many_write_there() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({"CHAT_GROUP": true})).await;
    let mut second = message("m2", "me too");
    second["user"] = json!({"id": "user-43", "name": "Fay"});
    let sent = send(&app, &desk, json!([message("m1", "hello"), second])).await;

    assert_eq!(sent[0]["session"], sent[1]["session"]);
    assert_ne!(sent[0]["user"], sent[1]["user"]);
    let chat: u64 = sent[0]["session"]["CHAT_ID"].as_str().expect("a chat").parse().expect("a number");
    assert_eq!(desk.look(chat).await["entity_id"], json!(format!("site|{}|channel-1|0", desk.line.id())));
}

#[tokio::test]
async fn what_an_operator_says_goes_to_the_application_of_the_connector() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    bind(&app, &["OnImConnectorMessageAdd"]).await;
    let chat = arrived(&app, &desk, "hello").await;
    let message = desk.ann.say(dialog(chat), "Good\nmorning").await;

    let event = app.event().await;
    assert_eq!(event.name(), "ONIMCONNECTORMESSAGEADD");
    assert_eq!((event.get("data[CONNECTOR]"), event.get("data[LINE]")), ("site", desk.line.id().to_string().as_str()));
    let part = |name: &str| event.get(&format!("data[MESSAGES][0]{name}")).to_owned();
    assert_eq!((part("[im][chat_id]"), part("[im][message_id]")), (chat.to_string(), message.to_string()));
    assert_eq!(part("[message][user_id]"), desk.ann.id().to_string());
    assert_eq!(part("[message][text]"), "[b]Ann Lee:[/b] [br]Good[br]morning");
    assert_eq!(part("[chat][id]"), "channel-1");
    assert_eq!(event.get("auth[user_id]"), desk.ann.id().to_string());
    assert_eq!(event.get("auth[application_token]"), app.app.application_token);
    assert_eq!(names(&app.all_events().await), [""; 0], "nothing of what the client said");
}

#[tokio::test]
async fn changes_go_out_with_the_ids_that_the_external_system_gave() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({"NEED_SIGNATURE": false})).await;
    bind(&app, &["OnImConnectorMessageUpdate", "OnImConnectorMessageDelete"]).await;
    let chat = arrived(&app, &desk, "hello").await;
    let message = desk.ann.say(dialog(chat), "wrong").await;
    let delivered = json!({
        "CONNECTOR": "site", "LINE": desk.line.id().0,
        "MESSAGES": [{
            "im": {"chat_id": chat, "message_id": message}, "message": {"id": ["ext-5"], "date": 1}, "chat": {"id": "channel-1"},
        }],
    });
    assert_eq!(
        app.ok("imconnector.send.status.delivery", delivered.clone()).await,
        json!({"SUCCESS": true, "DATA": []})
    );
    assert_eq!(app.ok("imconnector.send.status.reading", delivered).await["SUCCESS"], true);
    let views = desk.look(chat).await["last_message_views"].take();
    assert_eq!(views["message_id"], json!(message));
    assert_eq!(views["first_viewers"][0]["user_name"], "Eve Fox", "what is delivered counts as read");

    desk.ann.ok("im.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "right"})).await;
    let event = app.event().await;
    assert_eq!(event.name(), "ONIMCONNECTORMESSAGEUPDATE");
    assert_eq!(event.get("data[MESSAGES][0][message][id][0]"), "ext-5");
    assert_eq!(event.get("data[MESSAGES][0][message][text]"), "right");
    desk.ann.ok("im.message.delete", json!({"MESSAGE_ID": message})).await;
    let event = app.event().await;
    assert_eq!((event.name(), event.get("data[MESSAGES][0][message][id]")), ("ONIMCONNECTORMESSAGEDELETE", "ext-5"));
}

#[tokio::test]
async fn a_connector_tells_what_it_does_not_take() {
    let desk = Desk::open().await;
    let more = json!({"EDIT_INTERNAL_MESSAGES": false, "DEL_INTERNAL_MESSAGES": false, "NEED_SYSTEM_MESSAGES": "N"});
    let app = connected(&desk, more).await;
    let events = ["OnImConnectorMessageAdd", "OnImConnectorMessageUpdate", "OnImConnectorMessageDelete"];
    bind(&app, &events).await;
    desk.set(json!({"WELCOME_MESSAGE": "Y", "WELCOME_MESSAGE_TEXT": "welcome"})).await;
    let chat = arrived(&app, &desk, "hello").await;
    let message = desk.ann.say(dialog(chat), "wrong").await;
    desk.ann.ok("im.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "right"})).await;
    desk.ann.ok("im.message.delete", json!({"MESSAGE_ID": message})).await;
    assert_eq!(names(&app.all_events().await), ["ONIMCONNECTORMESSAGEADD"], "only what the operator said");
}

#[tokio::test]
async fn what_the_line_says_by_itself_goes_out_unsigned() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    bind(&app, &["OnImConnectorMessageAdd"]).await;
    desk.set(json!({"WELCOME_MESSAGE": "Y", "WELCOME_MESSAGE_TEXT": "welcome"})).await;
    arrived(&app, &desk, "hello").await;
    assert_eq!(app.event().await.get("data[MESSAGES][0][message][text]"), "welcome");
}

#[tokio::test]
async fn clients_may_be_kept_from_the_names_of_operators() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    bind(&app, &["OnImConnectorMessageAdd"]).await;
    let chat = arrived(&app, &desk, "hello").await;
    for (settings, expected) in [
        (json!({"OPERATOR_DATA": "hide"}), "hi"),
        (json!({"DEFAULT_OPERATOR_DATA": {"NAME": "Help desk"}}), "[b]Help desk:[/b] [br]hi"),
    ] {
        desk.set(settings).await;
        desk.ann.say(dialog(chat), "hi").await;
        assert_eq!(app.event().await.get("data[MESSAGES][0][message][text]"), expected);
    }
}

#[tokio::test]
async fn an_application_changes_and_deletes_what_it_brought() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let chat = arrived(&app, &desk, "helo").await;
    let call = |method: &str, message: Value| {
        let params = json!({"CONNECTOR": "site", "LINE": desk.line.id().0, "MESSAGES": [message]});
        let method = format!("imconnector.{method}.messages");
        let app = &app;
        async move { app.ok(&method, params).await["DATA"]["RESULT"][0].take() }
    };
    let side = desk.ann.user.join(chat.into()).await.expect("the chat");

    let changed = call("update", message("m1", "hello")).await;
    assert_eq!((&changed["SUCCESS"], &changed["message"]["text"]), (&json!(true), &json!("hello")));
    assert!(side.transcript().contains("Eve Fox (edited): hello"), "{}", side.transcript());
    let lost = call("update", message("m9", "hello")).await;
    assert_eq!(lost["SUCCESS"], false);
    assert!(lost["ERRORS"][0].is_string());

    let deletion = json!({"user": {"id": "user-42"}, "message": {"id": "m1"}, "chat": {"id": "channel-1"}});
    assert_eq!(call("delete", deletion.clone()).await["SUCCESS"], true);
    assert!(!side.transcript().contains("hello"), "{}", side.transcript());
    assert_eq!(call("delete", deletion).await["SUCCESS"], false, "it is gone");
}

#[tokio::test]
async fn a_connector_may_be_registered_without_deletions() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({"DEL_EXTERNAL_MESSAGES": false})).await;
    arrived(&app, &desk, "hello").await;
    let deletion = json!({"user": {"id": "user-42"}, "message": {"id": "m1"}, "chat": {"id": "channel-1"}});
    let params = json!({"CONNECTOR": "site", "LINE": desk.line.id().0, "MESSAGES": [deletion]});
    assert_eq!(app.ok("imconnector.delete.messages", params).await["DATA"]["RESULT"][0]["SUCCESS"], false);
}

#[tokio::test]
async fn an_employee_may_have_written_in_the_external_system() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    bind(&app, &["OnImConnectorMessageAdd"]).await;
    let chat = arrived(&app, &desk, "hello").await;
    let mut answer = message("m2", "I answered over there");
    answer["message"]["user_id"] = desk.ann.id().into();
    send(&app, &desk, json!([answer])).await;

    let side = desk.ann.user.join(chat.into()).await.expect("the chat");
    assert!(side.transcript().contains("Ann Lee: I answered over there"), "{}", side.transcript());
    assert_eq!(names(&app.all_events().await), [""; 0], "the client has it already");
}

#[tokio::test]
async fn the_chat_of_an_external_dialog_gets_another_name() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let chat = arrived(&app, &desk, "hello").await;
    let params = |user: Value, chat: &str| json!({"CONNECTOR": "site", "LINE": desk.line.id().0, "CHAT_ID": chat, "NAME": "Order 5", "USER_ID": user});
    let method = "imconnector.chat.name.set";
    assert_eq!(app.error(method, params(Value::Null, "channel-1")).await, "ERROR_ARGUMENT");
    assert_eq!(app.error(method, params(json!("user-42"), "channel-9")).await, "CHAT_RENAMING_FAILED");
    assert_eq!(app.ok(method, params(json!("user-42"), "channel-1")).await["SUCCESS"], true);
    assert_eq!(desk.look(chat).await["name"], "Order 5");
}

#[tokio::test]
async fn the_beginning_and_the_end_of_a_conversation_are_told() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let events = ["OnImConnectorDialogStart", "OnSessionStart", "OnImConnectorDialogFinish", "OnSessionFinish"];
    bind(&app, &events).await;
    let chat = arrived(&app, &desk, "hello").await;

    let began = app.event().await;
    assert_eq!(began.name(), "ONIMCONNECTORDIALOGSTART");
    let part = |event: &Event, name: &str| event.get(&format!("data[DATA][0]{name}")).to_owned();
    assert_eq!(
        (part(&began, "[connector][connector_id]"), part(&began, "[connector][chat_id]")),
        ("site".into(), "channel-1".into())
    );
    assert_eq!((part(&began, "[session][id]"), part(&began, "[session][closed]")), ("1".into(), "N".into()));
    assert_eq!(
        (part(&began, "[session][parent_id]"), part(&began, "[session][close_term]")),
        ("0".into(), "60".into())
    );
    assert_eq!((part(&began, "[chat][id]"), part(&began, "[user][id]")), ("channel-1".into(), "user-42".into()));
    let session = app.event().await;
    assert_eq!((session.name(), part(&session, "[chat][id]")), ("ONSESSIONSTART", chat.to_string()));

    handle(&desk.ann, "operator.finish", chat).await;
    let ended = app.event().await;
    assert_eq!((ended.name(), part(&ended, "[session][closed]")), ("ONIMCONNECTORDIALOGFINISH", "Y".into()));
    assert_eq!(app.event().await.name(), "ONSESSIONFINISH");
}

#[tokio::test]
async fn every_word_of_a_person_is_told_to_the_application_of_the_connector() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    let other = desk.app().await;
    let events = ["OnOpenLineMessageAdd", "OnOpenLineMessageUpdate", "OnOpenLineMessageDelete"];
    bind(&app, &events).await;
    bind(&other, &events).await;
    let chat = arrived(&app, &desk, "hello").await;
    let part = |event: &Event, name: &str| event.get(&format!("data[DATA][0]{name}")).to_owned();

    let client = app.event().await;
    assert_eq!((client.name(), part(&client, "[message][text]")), ("ONOPENLINEMESSAGEADD", "hello".into()));
    assert_eq!((part(&client, "[message][system]"), part(&client, "[chat][id]")), ("N".into(), chat.to_string()));
    assert_eq!(part(&client, "[connector][user_id]"), "user-42");
    assert!(client.has("data[DATA][0][extra][EXTRA_URL]") && client.has("data[DATA][0][message][attach]"));
    let message = desk.ann.say(dialog(chat), "hi").await;
    let operator = app.event().await;
    assert_eq!(part(&operator, "[message][user_id]"), desk.ann.id().to_string());

    desk.ann.ok("im.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "hi!"})).await;
    let changed = app.event().await;
    assert_eq!((changed.name(), part(&changed, "[im][message_id]")), ("ONOPENLINEMESSAGEUPDATE", message.to_string()));
    assert_eq!(changed.get("data[CONNECTOR]"), "site");
    desk.ann.ok("im.message.delete", json!({"MESSAGE_ID": message})).await;
    assert_eq!(app.event().await.name(), "ONOPENLINEMESSAGEDELETE");
    desk.client("Gus Hay", "a client of the portal's own chat").await;
    assert_eq!(names(&app.all_events().await), [""; 0], "no connector of an application");
    assert_eq!(names(&other.all_events().await), [""; 0], "no connector of this application");
}

#[tokio::test]
async fn an_application_is_told_that_its_connector_is_off_or_the_line_gone() {
    let desk = Desk::open().await;
    let app = connected(&desk, json!({})).await;
    bind(&app, &["OnImConnectorStatusDelete", "OnImConnectorLineDelete"]).await;

    assert!(desk.line.disconnect("site"));
    let off = app.event().await;
    assert_eq!((off.name(), off.get("data[connector]")), ("ONIMCONNECTORSTATUSDELETE", "site"));
    assert_eq!(off.get("data[line]"), desk.line.id().to_string());
    assert!(!desk.line.disconnect("site"), "it is off");
    let params = json!({"CONFIG_ID": desk.line.id().0});
    desk.admin.ok("imopenlines.config.delete", params).await;
    let gone = app.event().await;
    assert_eq!((gone.name(), gone.get("data")), ("ONIMCONNECTORLINEDELETE", desk.line.id().to_string().as_str()));
}
