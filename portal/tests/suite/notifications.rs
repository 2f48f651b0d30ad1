use b24_portal::Portal;
use serde_json::{Value, json};

use crate::{bot::Bot, person::Person};

/// Two colleagues.
async fn pair() -> (Person, Person) {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Ray");
    (ann, bob)
}

impl Person {
    async fn notify(&self, to: &Self, text: &str) -> u64 {
        let params = json!({"USER_ID": to.id(), "MESSAGE": text});
        self.ok("im.notify.personal.add", params).await.as_u64().expect("a notification id")
    }

    /// The texts of the notifications that a call lists.
    async fn texts(&self, method: &str, params: Value) -> Vec<String> {
        let page = self.ok(method, params).await;
        let notices = page["notifications"].as_array().expect("notifications").iter();
        notices.map(|notice| notice["text"].as_str().expect("a text").to_owned()).collect()
    }

    async fn unread(&self) -> u64 {
        let unread = self.ok("im.counters.get", json!({})).await["TYPE"]["NOTIFY"].as_u64().expect("a count");
        let page = self.ok("im.notify.get", json!({})).await;
        assert_eq!(page["total_unread_count"].as_u64().unwrap_or_default(), unread, "both methods count alike");
        unread
    }
}

#[tokio::test]
async fn a_personal_notification_comes_from_whoever_calls() {
    let (ann, bob) = pair().await;
    let id = ann.notify(&bob, "  Lunch?  ").await;

    let page = bob.ok("im.notify.get", json!({})).await;
    let notice = &page["notifications"][0];
    assert_eq!((&notice["id"], &notice["text"]), (&json!(id), &json!("Lunch?")), "spaces around it are cut off");
    assert_eq!((&notice["author_id"], &notice["notify_type"]), (&json!(ann.id()), &json!(2)));
    assert_eq!((&notice["notify_read"], &notice["setting_name"]), (&json!("N"), &json!("rest|rest_notify")));
    assert_eq!(page["users"][0]["name"], "Ann Lee");
    assert_eq!((&page["total_count"], &page["chat_id"]), (&json!(1), &notice["chat_id"]));
}

#[tokio::test]
async fn a_system_notification_has_no_author() {
    let (ann, bob) = pair().await;
    let params = json!({"USER_ID": bob.id(), "MESSAGE": "Backup done"});
    ann.ok("im.notify.system.add", params.clone()).await;
    let mut either = params;
    either["TYPE"] = "SYSTEM".into();
    ann.ok("im.notify", either).await;

    let page = bob.ok("im.notify.get", json!({})).await;
    for notice in page["notifications"].as_array().expect("notifications") {
        assert_eq!((&notice["author_id"], &notice["notify_type"]), (&json!(0), &json!(4)));
    }
    assert_eq!(page["users"], json!([]));
}

#[tokio::test]
async fn a_bot_notifies_in_its_own_name() {
    let (bot, id) = Bot::register("echo").await;
    bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    let event = bot.portal.events().pop().expect("an event");
    let token = event.request()["data"]["BOT"][id.to_string()]["access_token"].as_str().expect("a token").to_owned();
    let url = format!("{}/rest/im.notify?auth={token}", bot.portal.url());
    let (status, answer) = bot.post(&url, &json!({"USER_ID": 1, "MESSAGE": "Done"})).await;

    assert_eq!(status, 200, "{answer}");
    assert_eq!(bot.portal.admin().notifications()[0].author_id().map(|author| author.0), Some(id));
}

#[tokio::test]
async fn a_notification_needs_somebody_and_a_text() {
    let (ann, bob) = pair().await;
    for method in ["im.notify", "im.notify.personal.add", "im.notify.system.add"] {
        assert_eq!(ann.error(method, json!({"MESSAGE": "hi"})).await, "USER_ID_EMPTY", "{method}");
        assert_eq!(ann.error(method, json!({"USER_ID": 0, "MESSAGE": "hi"})).await, "USER_ID_EMPTY", "{method}");
        assert_eq!(ann.error(method, json!({"USER_ID": bob.id(), "MESSAGE": " "})).await, "MESSAGE_EMPTY", "{method}");
        assert_eq!(ann.ok(method, json!({"USER_ID": 77, "MESSAGE": "hi"})).await, false, "{method}");
    }
}

#[tokio::test]
async fn a_notification_carries_an_attachment() {
    let (ann, bob) = pair().await;
    let mut params = json!({"USER_ID": bob.id(), "MESSAGE": "hi", "ATTACH": [{"MESSAGE": "block"}]});
    ann.ok("im.notify", params.clone()).await;
    let page = bob.ok("im.notify.get", json!({})).await;
    assert_eq!(page["notifications"][0]["params"]["ATTACH"][0]["BLOCKS"], json!([{"MESSAGE": "block"}]));

    params["ATTACH"] = json!([{"NONSENSE": "block"}]);
    assert_eq!(ann.error("im.notify", params.clone()).await, "ATTACH_ERROR");
    params["ATTACH"] = json!([{"MESSAGE": "x".repeat(61_000)}]);
    assert_eq!(ann.error("im.notify", params).await, "ATTACH_OVERSIZE");
}

#[tokio::test]
async fn a_tag_replaces_what_the_application_sent_with_it_before() {
    let (ann, bob) = pair().await;
    let send = async |text: &str, client: &str, tag: &str| {
        let params = json!({"USER_ID": bob.id(), "MESSAGE": text, "TAG": tag, "SUB_TAG": "all", "CLIENT_ID": client});
        ann.ok("im.notify", params).await;
    };
    send("one", "shop", "order").await;
    send("two", "shop", "order").await;
    send("other tag", "shop", "stock").await;
    send("other client", "bank", "order").await;

    assert_eq!(bob.texts("im.notify.get", json!({})).await, ["other client", "other tag", "two"]);
    let page = bob.ok("im.notify.get", json!({})).await;
    assert_eq!(page["notifications"][2]["notify_tag"], "MP|shop|order");
    assert_eq!(page["notifications"][2]["notify_sub_tag"], "MP|shop|all");
}

#[tokio::test]
async fn notifications_are_deleted_by_their_number_or_by_own_tags() {
    let (ann, bob) = pair().await;
    let send = async |text: &str, client: &str, tag: &str| {
        let params = json!({"USER_ID": bob.id(), "MESSAGE": text, "TAG": tag, "SUB_TAG": "all", "CLIENT_ID": client});
        ann.ok("im.notify", params).await
    };
    let one = send("one", "shop", "1").await;
    send("two", "shop", "2").await;
    send("three", "shop", "3").await;
    send("four", "bank", "2").await;

    assert_eq!(ann.ok("im.notify.delete", json!({"ID": one})).await, false, "it is not Ann's");
    assert_eq!(bob.ok("im.notify.delete", json!({"ID": one})).await, true);
    assert_eq!(ann.ok("im.notify.delete", json!({"TAG": "2", "CLIENT_ID": "shop"})).await, true);
    assert_eq!(bob.texts("im.notify.get", json!({})).await, ["four", "three"]);
    assert_eq!(ann.ok("im.notify.delete", json!({"SUB_TAG": "all", "CLIENT_ID": "shop"})).await, true);
    assert_eq!(bob.texts("im.notify.get", json!({})).await, ["four"]);
    assert_eq!(ann.ok("im.notify.delete", json!({"TAG": "9", "CLIENT_ID": "shop"})).await, false);
    assert_eq!(ann.error("im.notify.delete", json!({"TAG": "2"})).await, "ACCESS_DENIED", "whose tag?");
    assert_eq!(ann.error("im.notify.delete", json!({})).await, "PARAMS_ERROR");
}

#[tokio::test]
async fn a_notification_is_read_alone_or_with_all_after_it() {
    let (ann, bob) = pair().await;
    let ids = [ann.notify(&bob, "1").await, ann.notify(&bob, "2").await, ann.notify(&bob, "3").await];

    assert_eq!(bob.ok("im.notify.read", json!({})).await, true);
    assert_eq!(bob.unread().await, 3, "nothing was named");
    bob.ok("im.notify.read", json!({"ID": ids[0], "ONLY_CURRENT": "Y"})).await;
    assert_eq!(bob.unread().await, 2);
    bob.ok("im.notify.read", json!({"ID": ids[1]})).await;
    assert_eq!(bob.unread().await, 0);
    bob.ok("im.notify.read", json!({"ID": ids[1], "ACTION": "N"})).await;
    assert_eq!(bob.unread().await, 2);
    bob.ok("im.notify.read.list", json!({"IDS": [ids[1], 0, ids[2]]})).await;
    assert_eq!(bob.unread().await, 1, "a zero ends the list");
    assert_eq!(bob.ok("im.notify.read.all", json!({})).await, json!({"result": true, "newCounter": 0}));
    for wrong in [json!({}), json!({"IDS": 5})] {
        assert_eq!(bob.error("im.notify.read.list", wrong).await, "PARAMS_ERROR");
    }
}

#[tokio::test]
async fn whoever_has_had_no_notification_gets_no_counts() {
    let ann = Person::alone().await;
    assert_eq!(ann.ok("im.notify.get", json!({})).await, json!({"notifications": [], "users": []}));
}

#[tokio::test]
async fn a_page_has_what_asks_for_a_confirmation_first() {
    let (ann, bob) = pair().await;
    let ask = |text: &str| bob.portal().ask(&bob.user, text, &[("Accept", "Y"), ("Decline", "N")]);
    ask("asks 1");
    ann.notify(&bob, "tells 1").await;
    ask("asks 2");
    ann.notify(&bob, "tells 2").await;

    assert_eq!(bob.texts("im.notify.get", json!({})).await, ["asks 2", "asks 1", "tells 2", "tells 1"]);
    let (mut seen, mut next) = (Vec::new(), json!({"LIMIT": 1}));
    loop {
        let page = bob.ok("im.notify.get", next).await;
        let Some(last) = page["notifications"].get(0) else { break };
        seen.push(last["text"].as_str().expect("a text").to_owned());
        next = json!({"LIMIT": 1, "LAST_ID": last["id"], "LAST_TYPE": last["notify_type"]});
    }
    assert_eq!(seen, ["asks 2", "asks 1", "tells 2", "tells 1"]);

    assert_eq!(bob.error("im.notify.get", json!({"LAST_ID": 5})).await, "LAST_ID_AND_LAST_TYPE");
    assert_eq!(bob.error("im.notify.get", json!({"LAST_TYPE": 1})).await, "LAST_ID_AND_LAST_TYPE");
    assert_eq!(bob.error("im.notify.get", json!({"LAST_ID": "x", "LAST_TYPE": 1})).await, "LAST_ID_STRING");
}

#[tokio::test]
async fn a_page_has_fifty_at_most() {
    let (ann, bob) = pair().await;
    for number in 1..=55 {
        ann.notify(&bob, &number.to_string()).await;
    }
    assert_eq!(bob.texts("im.notify.get", json!({})).await.len(), 50);
    assert_eq!(bob.texts("im.notify.get", json!({"LIMIT": 70})).await.len(), 50);
}

#[tokio::test]
async fn a_pressed_button_answers_and_takes_the_notification_away() {
    let (ann, bob) = pair().await;
    let id = bob.portal().ask(&bob.user, "Join the project?", &[("Accept", "Y"), ("Decline", "N")]).0;
    let asked = bob.ok("im.notify.get", json!({})).await;
    let buttons = asked["notifications"][0]["notify_buttons"].as_str().expect("JSON text");
    let buttons: Value = serde_json::from_str(buttons).expect("JSON");
    assert_eq!((&buttons[0]["TITLE"], &buttons[1]["VALUE"]), (&json!("Accept"), &json!("N")));
    bob.ok("im.notify.read.list", json!({"IDS": [id]})).await;
    assert_eq!(bob.unread().await, 1, "a list leaves it alone");

    let press = |value: &str| json!({"NOTIFY_ID": id, "NOTIFY_VALUE": value});
    assert_eq!(ann.ok("im.notify.confirm", press("Y")).await["result_message"], false, "it is not Ann's");
    assert_eq!(bob.ok("im.notify.confirm", press("X")).await["result_message"], false);
    assert_eq!(bob.ok("im.notify.confirm", press("Y")).await["result_message"], json!(["You chose \"Accept\""]));
    assert_eq!(bob.texts("im.notify.get", json!({})).await, [""; 0]);
    assert_eq!(bob.error("im.notify.confirm", json!({"NOTIFY_VALUE": "Y"})).await, "ID_ERROR");
    assert_eq!(bob.error("im.notify.confirm", json!({"NOTIFY_ID": id})).await, "NOTIFY_VALUE_ERROR");
}

#[tokio::test]
async fn only_what_takes_an_answer_is_answered_in_words() {
    let (ann, bob) = pair().await;
    let told = ann.notify(&bob, "hi").await;
    let asked = bob.portal().ask_freely(&bob.user, "How are you?").0;

    let answer = |id: u64| json!({"NOTIFY_ID": id, "ANSWER_TEXT": "fine"});
    assert_eq!(bob.ok("im.notify.answer", answer(told)).await, json!({"result_message": false}));
    assert_eq!(bob.ok("im.notify.answer", answer(asked)).await["result_message"].as_array().map(Vec::len), Some(1));
    assert_eq!(bob.unread().await, 1, "what was answered was read");
    assert_eq!(bob.error("im.notify.answer", json!({"ANSWER_TEXT": "fine"})).await, "ID_ERROR");
    assert_eq!(bob.error("im.notify.answer", json!({"NOTIFY_ID": asked})).await, "ANSWER_TEXT_ERROR");
}

#[tokio::test]
async fn the_history_is_searched_by_text_kind_author_and_date() {
    let (ann, bob) = pair().await;
    ann.notify(&bob, "Invoice paid").await;
    bob.portal().ask_freely(&bob.user, "Invoice lost?");
    ann.portal().advance(std::time::Duration::from_hours(24 * 3));
    ann.notify(&bob, "Goods sent").await;
    let found = async |params: Value| bob.texts("im.notify.history.search", params).await;

    assert_eq!(found(json!({"SEARCH_TEXT": "INVOICE"})).await, ["Invoice lost?", "Invoice paid"]);
    assert_eq!(found(json!({"SEARCH_TYPE": "rest"})).await, ["Goods sent", "Invoice paid"]);
    assert_eq!(found(json!({"SEARCH_TYPES": ["im|default"]})).await, ["Invoice lost?"]);
    assert_eq!(found(json!({"SEARCH_AUTHORS": [ann.id()], "SEARCH_TEXT": "in"})).await, ["Invoice paid"]);
    let now = ann.ok("server.time", json!({})).await;
    assert_eq!(found(json!({"SEARCH_DATE": now})).await, ["Goods sent"]);
    let long_ago =
        json!({"SEARCH_DATE_FROM": "2020-01-01T00:00:00+00:00", "SEARCH_DATE_TO": "2020-02-01T00:00:00+00:00"});
    assert_eq!(found(long_ago).await, [""; 0]);

    let first = bob.ok("im.notify.history.search", json!({"SEARCH_TEXT": "invoice", "LIMIT": 1})).await;
    assert_eq!(first["total_results"], 2);
    let last = &first["notifications"][0]["id"];
    let second = bob.ok("im.notify.history.search", json!({"SEARCH_TEXT": "invoice", "LAST_ID": last})).await;
    assert_eq!((second["notifications"].as_array().map(Vec::len), second.get("total_results")), (Some(1), None));
}

#[tokio::test]
async fn a_search_for_text_alone_needs_three_letters() {
    let ann = Person::alone().await;
    for short in [json!({}), json!({"SEARCH_TEXT": "in"})] {
        assert_eq!(ann.error("im.notify.history.search", short).await, "SEARCH_TEXT_ERROR");
    }
    let wrong = json!({"SEARCH_TEXT": "invoice", "LAST_ID": "x"});
    assert_eq!(ann.error("im.notify.history.search", wrong).await, "LAST_ID_STRING");
}

#[tokio::test]
async fn the_kinds_of_notifications_stand_under_their_modules() {
    let ann = Person::alone().await;
    let schema = ann.ok("im.notify.schema.get", json!({})).await;
    assert_eq!(schema["rest"]["MODULE_ID"], "rest");
    assert_eq!(schema["rest"]["LIST"][0]["ID"], "rest|rest_notify");
}

#[tokio::test]
async fn the_page_shows_notifications_and_answers_them() {
    let portal = Portal::start().await.expect("a portal");
    let ann = Person::new(&portal, portal.user("Ann Lee"));
    let (one, two) = (portal.ask(&ann.user, "Join?", &[("Yes", "Y")]), portal.ask_freely(&ann.user, "Why?"));
    let state = async || {
        let url = format!("{}/portal/state?user={}", portal.url(), ann.id());
        let state: Value = crate::bot::fetch(url).await.expect("an answer").json().await.expect("JSON");
        state["notices"].clone()
    };
    let act = async |deed: &str, mut body: Value| {
        body["user"] = ann.id().into();
        let url = format!("{}/portal/{deed}", portal.url());
        crate::bot::http().post(url).json(&body).send().await.expect("an answer").status().as_u16()
    };

    let yes = json!({"title": "Yes", "value": "Y", "type": "accept"});
    assert_eq!(state().await[1]["buttons"], json!([yes]));
    assert_eq!((&state().await[0]["can_answer"], &state().await[0]["read"]), (&json!(true), &json!(false)));
    assert_eq!(act("read_notice", json!({"notice": two.0})).await, 200);
    assert_eq!((&state().await[0]["read"], &state().await[1]["read"]), (&json!(true), &json!(false)));
    assert_eq!(act("press_notice", json!({"notice": one.0, "value": "N"})).await, 409, "there is no such button");
    assert_eq!(act("press_notice", json!({"notice": one.0, "value": "Y"})).await, 200);
    assert_eq!(act("answer_notice", json!({"notice": two.0, "text": "because"})).await, 200);
    assert_eq!(act("read_notice", json!({})).await, 200);
    assert_eq!(act("delete_notice", json!({"notice": two.0})).await, 200);
    assert_eq!(state().await, json!([]));
}
