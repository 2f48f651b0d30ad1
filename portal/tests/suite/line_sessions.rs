use serde_json::{Value, json};

use crate::{
    desk::{Desk, handle, refuse},
    person::dialog,
};

#[tokio::test]
async fn the_first_word_of_a_client_begins_a_conversation() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    let look = desk.look(chat).await;
    assert_eq!(look["name"], "Eve Fox - Help");
    assert_eq!(
        (&look["type"], &look["message_type"], &look["entity_type"]),
        (&json!("lines"), &json!("L"), &json!("LINES"))
    );
    let code = look["entity_id"].as_str().expect("a code");
    assert!(code.starts_with(&format!("livechat|{}|{}|", desk.line.id(), client.id())), "{code}");
    assert!(look["entity_data_1"].as_str().is_some_and(|data| data.starts_with("N|NONE|0|N|N|1|")), "{look}");
    assert_eq!(look["entity_data_3"], "N");
    assert_eq!(look["owner"], 0, "nobody has taken it");

    client.say("are you there?").await.expect("a message");
    assert_eq!(desk.session(chat).await, 1, "it goes on");
}

#[tokio::test]
async fn a_client_sees_its_own_chat_and_nothing_of_what_operators_are_told() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    desk.ann.say(dialog(chat), "Good morning").await;

    assert_eq!(client.transcript(), "Eve Fox: hello\nAnn Lee: Good morning");
    let side = desk.ann.user.join(chat.into()).await.expect("the chat").transcript();
    assert!(side.starts_with("System: Conversation #1 began\nEve Fox: hello"), "{side}");
}

#[tokio::test]
async fn a_dialog_is_found_by_its_chat_its_session_and_its_client() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let code = desk.look(chat).await["entity_id"].as_str().expect("a code").to_owned();

    for params in [
        json!({"CHAT_ID": chat}),
        json!({"DIALOG_ID": dialog(chat)}),
        json!({"SESSION_ID": 1}),
        json!({"USER_CODE": code}),
        json!({"USER_CODE": format!("imol|{code}")}),
    ] {
        assert_eq!(desk.ann.ok("imopenlines.dialog.get", params.clone()).await["id"], json!(chat), "{params}");
    }
    let open = desk.ann.ok("imopenlines.session.open", json!({"USER_CODE": code})).await;
    assert_eq!(open, json!({"chatId": chat.to_string()}));
}

#[tokio::test]
async fn strangers_find_no_dialog() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let stranger = desk.ann.colleague("Cid Poe");

    let (status, answer) = stranger.call("imopenlines.dialog.get", json!({"CHAT_ID": chat})).await;
    assert_eq!((status, &answer["error"]), (400, &json!("ACCESS_ERROR")));
    assert_eq!(desk.ann.error("imopenlines.dialog.get", json!({"SESSION_ID": 9})).await, "ACCESS_ERROR");
    assert_eq!(desk.ann.error("imopenlines.dialog.get", json!({})).await, "DIALOG_ID_EMPTY");
    let params = json!({"USER_CODE": "livechat|1|1|1"});
    assert_eq!(stranger.error("imopenlines.session.open", params).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn an_operator_takes_a_conversation_and_another_cannot() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;

    assert_eq!(handle(&desk.ann, "operator.answer", chat).await, true);
    assert_eq!(handle(&desk.ann, "operator.answer", chat).await, true, "again");
    assert_eq!(desk.look(chat).await["owner"], json!(desk.ann.id()));
    let (status, answer) = desk.bob.call("imopenlines.operator.answer", json!({"CHAT_ID": chat})).await;
    assert_eq!((status, &answer["error"]), (400, &json!("ACCESS_DENIED")));
}

#[tokio::test]
async fn whoever_answers_first_has_the_conversation() {
    let desk = Desk::open().await;
    desk.line.set("QUEUE_TYPE", "all");
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    assert!(desk.has(chat, desk.ann.id()).await && desk.has(chat, desk.bob.id()).await);

    desk.bob.say(dialog(chat), "I am here").await;
    assert_eq!(desk.look(chat).await["owner"], json!(desk.bob.id()));
    assert!(!desk.has(chat, desk.ann.id()).await);
    assert_eq!(client.last().await.expect("a message").text(), "I am here");
}

#[tokio::test]
async fn whoever_was_only_asked_is_out_of_the_chat_at_the_end() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;
    assert!(!desk.has(chat, desk.ann.id()).await);
}

#[tokio::test]
async fn chats_of_other_kinds_are_no_conversations() {
    let desk = Desk::open().await;
    let team = desk.ann.chat("Team", &[&desk.bob]).await;
    for method in [
        "operator.answer",
        "operator.finish",
        "operator.another.finish",
        "operator.skip",
        "operator.spam",
        "session.start",
        "session.join",
        "session.mode.pin",
        "session.mode.silent",
        "crm.lead.create",
    ] {
        assert_eq!(refuse(&desk.ann, method, team).await, "CHAT_TYPE", "{method}");
        assert_eq!(refuse(&desk.ann, method, 999).await, "CHAT_ID", "{method}");
    }
    let stranger = desk.ann.colleague("Cid Poe");
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(refuse(&stranger, "operator.answer", chat).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_conversation_is_handed_to_somebody_who_works_here() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let cid = desk.ann.colleague("Cid Poe");
    let guest = desk.ann.guest("Dan Out");
    handle(&desk.ann, "operator.answer", chat).await;

    let to = |target: Value| {
        let mut params = target;
        params["CHAT_ID"] = chat.into();
        params
    };
    for target in [json!({"USER_ID": 999}), json!({"USER_ID": guest.id()}), json!({"QUEUE_ID": 99})] {
        let code = desk.ann.error("imopenlines.operator.transfer", to(target.clone())).await;
        assert_eq!(code, "OPERATOR_WRONG", "{target}");
    }
    assert_eq!(desk.ann.ok("imopenlines.operator.transfer", to(json!({"TRANSFER_ID": cid.id()}))).await, true);
    assert!(!desk.has(chat, desk.ann.id()).await && desk.has(chat, cid.id()).await);
    assert_eq!(handle(&cid, "operator.answer", chat).await, true);
    assert_eq!(desk.look(chat).await["owner"], json!(cid.id()));
}

#[tokio::test]
async fn a_transfer_needs_somewhere_to_go() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    for (params, code) in [
        (json!({"USER_ID": 1}), "CHAT_ID_EMPTY"),
        (json!({"CHAT_ID": chat}), "TRANSFER_ID_EMPTY"),
        (json!({"CHAT_ID": chat, "USER_ID": 0}), "USER_ID_EMPTY"),
        (json!({"CHAT_ID": chat, "USER_ID": ""}), "USER_ID_EMPTY"),
        (json!({"CHAT_ID": chat, "QUEUE_ID": 0}), "QUEUE_ID_EMPTY"),
        (json!({"CHAT_ID": chat, "TRANSFER_ID": "nowhere"}), "TRANSFER_ID_EMPTY"),
    ] {
        assert_eq!(desk.ann.error("imopenlines.operator.transfer", params.clone()).await, code, "{params}");
    }
}

#[tokio::test]
async fn a_conversation_goes_to_the_operators_of_another_line() {
    let desk = Desk::open().await;
    let cid = desk.ann.colleague("Cid Poe");
    let other = desk.portal.line("Sales", [&cid.user]).await.expect("a line");
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    let params = json!({"CHAT_ID": chat, "TRANSFER_ID": format!("queue{}", other.id())});
    desk.ann.ok("imopenlines.operator.transfer", params).await;
    assert!(desk.has(chat, cid.id()).await && !desk.has(chat, desk.ann.id()).await);
    assert_eq!(desk.part(chat, 7).await, other.id().to_string());
    let code = desk.look(chat).await["entity_id"].as_str().expect("a code").to_owned();
    assert!(code.starts_with(&format!("livechat|{}|", desk.line.id())), "the client still writes to the first: {code}");
    cid.say(dialog(chat), "Sales here").await;
    assert_eq!(client.last().await.expect("a message").text(), "Sales here");
}

#[tokio::test]
async fn a_conversation_can_be_taken_from_its_operator() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", chat).await;

    assert_eq!(handle(&desk.bob, "session.intercept", chat).await, true);
    assert_eq!(desk.look(chat).await["owner"], json!(desk.bob.id()));
    assert!(!desk.has(chat, desk.ann.id()).await);
    handle(&desk.bob, "operator.finish", chat).await;
    assert_eq!(refuse(&desk.bob, "session.intercept", chat).await, "OPERATOR_WRONG");
    assert_eq!(refuse(&desk.bob, "session.intercept", 0).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn one_ends_ones_own_conversation_and_another_way_that_of_others() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", chat).await;

    assert_eq!(refuse(&desk.bob, "operator.finish", chat).await, "ACCESS_DENIED");
    assert_eq!(handle(&desk.bob, "operator.another.finish", chat).await, true);
    assert!(desk.line.conversations().is_empty());
    assert_eq!(handle(&desk.ann, "operator.finish", chat).await, true, "it is over all the same");
}

#[tokio::test]
async fn the_next_word_after_the_end_begins_another_conversation_in_the_same_chat() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;

    client.say("one more thing").await.expect("a message");
    assert_eq!(desk.line.conversations(), [chat.into()]);
    assert_eq!(desk.session(chat).await, 2);
    let history = desk.ann.ok("imopenlines.session.history.get", json!({"SESSION_ID": 1})).await;
    let texts: Vec<&str> = history["message"]
        .as_object()
        .expect("messages")
        .values()
        .filter_map(|message| message["text"].as_str())
        .collect();
    assert!(texts.contains(&"hello") && !texts.contains(&"one more thing"), "{texts:?}");
}

#[tokio::test]
async fn spam_ends_without_a_word() {
    let desk = Desk::open().await;
    desk.set(json!({"CLOSE_RULE": "text", "CLOSE_TEXT": "bye", "VOTE_MESSAGE": "Y"})).await;
    let (client, chat) = desk.client("Eve Fox", "buy now").await;
    handle(&desk.ann, "operator.answer", chat).await;

    assert_eq!(handle(&desk.ann, "operator.spam", chat).await, true);
    assert!(desk.line.conversations().is_empty());
    assert_eq!(client.transcript(), "Eve Fox: buy now");
    let recent = desk.ann.ok("im.recent.get", json!({"ONLY_OPENLINES": "Y"})).await;
    assert_eq!(recent[0]["lines"]["status"], 65);
}

#[tokio::test]
async fn the_end_is_told_to_the_client_where_the_line_wants_it() {
    let desk = Desk::open().await;
    desk.set(json!({"CLOSE_RULE": "text", "CLOSE_TEXT": "bye"})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(client.transcript(), "Eve Fox: hello\nSystem: bye");
}

#[tokio::test]
async fn a_colleague_joins_a_conversation_beside_its_operator() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", chat).await;

    assert_eq!(handle(&desk.bob, "session.join", chat).await, true);
    desk.bob.say(dialog(chat), "me too").await;
    assert_eq!(desk.look(chat).await["owner"], json!(desk.ann.id()));
    assert_eq!(client.last().await.expect("a message").author(), "Bob Roe");
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(refuse(&desk.bob, "session.join", chat).await, "ACCESS_DENIED", "it is over");
}

#[tokio::test]
async fn an_operator_begins_a_conversation_unless_one_is_going_on() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "session.start", chat).await;
    assert_eq!(desk.session(chat).await, 1, "one is going on");
    handle(&desk.ann, "operator.finish", chat).await;

    assert_eq!(handle(&desk.ann, "session.start", chat).await, true);
    assert_eq!((desk.session(chat).await, desk.look(chat).await["owner"].take()), (2, json!(desk.ann.id())));
    desk.ann.say(dialog(chat), "Did it help?").await;
    assert_eq!(client.last().await.expect("a message").text(), "Did it help?");
}

#[tokio::test]
async fn an_operator_who_writes_after_the_end_begins_another_conversation() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    desk.ann.say(dialog(chat), "hi").await;
    handle(&desk.ann, "operator.finish", chat).await;

    desk.ann.say(dialog(chat), "I forgot something").await;
    assert_eq!(desk.session(chat).await, 2);
    assert_eq!(client.last().await.expect("a message").text(), "I forgot something");
}

#[tokio::test]
async fn a_message_goes_over_into_the_conversation_that_begins_with_it() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    client.say("another matter").await.expect("a message");
    let side = desk.ann.user.join(chat.into()).await.expect("the chat");
    let message = side.messages().into_iter().find(|message| message.text() == "another matter").expect("it").id().0;

    let start = |message: u64| json!({"CHAT_ID": chat, "MESSAGE_ID": message});
    assert_eq!(desk.ann.error("imopenlines.message.session.start", start(999)).await, "CHAT_ID");
    assert_eq!(desk.ann.ok("imopenlines.message.session.start", start(message)).await, true);
    assert_eq!(desk.session(chat).await, 2);
    let of = |session: u64| {
        let ann = &desk.ann;
        async move { ann.ok("imopenlines.session.history.get", json!({"SESSION_ID": session})).await["message"].take() }
    };
    assert!(of(1).await.get(message.to_string()).is_none());
    assert_eq!(of(2).await[message.to_string()]["text"], "another matter");
}

#[tokio::test]
async fn what_is_said_in_silence_stays_among_operators() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", chat).await;
    let hush = |flag: &str| json!({"CHAT_ID": chat, "ACTIVATE": flag});

    assert_eq!(desk.ann.ok("imopenlines.session.mode.silent", hush("Y")).await, true);
    assert_eq!(desk.look(chat).await["entity_data_3"], "Y");
    desk.ann.say(dialog(chat), "what a question").await;
    desk.ann.ok("imopenlines.session.mode.silent", json!({"CHAT_ID": chat})).await;
    desk.ann.say(dialog(chat), "Let me see").await;
    assert_eq!(client.transcript(), "Eve Fox: hello\nAnn Lee: Let me see");
}

#[tokio::test]
async fn an_operator_pins_conversations_one_by_one_or_all_of_them() {
    let desk = Desk::open().await;
    let (_, first) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", first).await;
    let (_, second) = desk.client("Fay Gil", "hello").await;
    handle(&desk.ann, "operator.answer", second).await;

    handle(&desk.ann, "session.mode.pin", first).await;
    assert_eq!(desk.part(first, 3).await, "Y");
    assert_eq!(
        desk.ann.ok("imopenlines.session.mode.pinAll", json!({})).await,
        json!([2]),
        "the first is pinned already"
    );
    assert_eq!(desk.ann.ok("imopenlines.session.mode.unpinAll", json!({})).await, json!([1, 2]));
    assert_eq!(desk.bob.ok("imopenlines.session.mode.pinAll", json!({})).await, json!([]));
    desk.ann.ok("imopenlines.session.mode.pin", json!({"CHAT_ID": first, "ACTIVATE": "N"})).await;
    assert_eq!(desk.part(first, 3).await, "N");
    assert_eq!(refuse(&desk.ann, "session.mode.pin", 0).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn the_history_of_a_session_has_its_messages_and_all_who_belong_to_it() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "a < b, [b]really[/b]").await;
    desk.ann.say(dialog(chat), "no").await;

    let history = desk.ann.ok("imopenlines.session.history.get", json!({"CHAT_ID": chat})).await;
    assert_eq!((&history["chatId"], &history["sessionId"]), (&json!(chat), &json!(1)));
    assert_eq!((&history["canJoin"], &history["canVoteHead"]), (&json!("N"), &json!("N")));
    let messages = history["message"].as_object().expect("messages");
    let said = messages.values().find(|message| message["text"] == "a < b, [b]really[/b]").expect("the message");
    assert_eq!(said["textlegacy"], "a &lt; b, <b>really</b>");
    assert_eq!(said["recipientid"], json!(dialog(chat)));
    assert!(said["params"]["connectorMid"].is_array(), "{said}");
    let client = said["senderid"].as_str().expect("a sender");
    assert_eq!(history["users"][client]["connector"], true);
    assert_eq!(history["chat"][chat.to_string()]["entityType"], "LINES");
    assert_eq!(history["openlines"]["canvoteashead"], json!({desk.line.id().to_string(): false}));

    let ask = |params: Value| desk.ann.error("imopenlines.session.history.get", params);
    assert_eq!(ask(json!({})).await, "MISSING_REQUIRED_PARAM");
    assert_eq!(ask(json!({"CHAT_ID": 999})).await, "INVALID_SESSION_ID");
    assert_eq!(ask(json!({"SESSION_ID": 999})).await, "ACCESS_DENIED");
    let stranger = desk.ann.colleague("Cid Poe");
    assert_eq!(stranger.error("imopenlines.session.history.get", json!({"CHAT_ID": chat})).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_supervisor_rates_a_conversation() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;

    let rate = "imopenlines.session.head.vote";
    assert_eq!(desk.admin.ok(rate, json!({"SESSION_ID": 1, "RATING": 4, "COMMENT": "quick"})).await, true);
    let history = desk.admin.ok("imopenlines.session.history.get", json!({"SESSION_ID": 1})).await;
    assert_eq!((&history["sessionVoteHead"], &history["sessionCommentHead"]), (&json!(4), &json!("quick")));
    assert_eq!(history["canVoteHead"], "Y");

    assert_eq!(desk.admin.error(rate, json!({"RATING": 4})).await, "EMPTY_SESSION_ID");
    assert_eq!(desk.admin.error(rate, json!({"SESSION_ID": 1})).await, "EMPTY_VOTE_PARAMS");
    assert_eq!(desk.admin.error(rate, json!({"SESSION_ID": 1, "RATING": 6})).await, "EMPTY_VOTE_PARAMS");
    assert_eq!(desk.admin.error(rate, json!({"SESSION_ID": 9, "RATING": 4})).await, "ACCESS_DENIED");
    assert_eq!(desk.ann.error(rate, json!({"SESSION_ID": 1, "RATING": 5})).await, "ACCESS_DENIED", "no supervisor");
}

#[tokio::test]
async fn a_client_rates_by_a_one_or_a_zero_and_begins_no_conversation_with_it() {
    let desk = Desk::open().await;
    desk.set(json!({
        "VOTE_MESSAGE": "Y", "VOTE_MESSAGE_1_TEXT": "well?", "VOTE_MESSAGE_1_LIKE": "good", "VOTE_MESSAGE_1_DISLIKE": "sorry",
    }))
    .await;
    for (words, thanks) in [("1", "good"), ("0", "sorry")] {
        let (client, chat) = desk.client("Eve Fox", "hello").await;
        handle(&desk.ann, "operator.finish", chat).await;
        assert_eq!(client.last().await.expect("a message").text(), "well?");
        client.say(words).await.expect("a message");
        assert_eq!(client.last().await.expect("a message").text(), thanks);
        assert!(desk.line.conversations().is_empty());
        client.say(words).await.expect("a message");
        assert_eq!(desk.line.conversations().len(), 1, "it has been rated");
        handle(&desk.ann, "operator.spam", chat).await;
    }
}

#[tokio::test]
async fn a_message_is_saved_as_a_quick_answer_of_the_line() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let message = desk.ann.say(dialog(chat), "Try it again").await;
    let save = |chat: u64, message: u64| json!({"CHAT_ID": chat, "MESSAGE_ID": message});

    assert_eq!(desk.ann.ok("imopenlines.message.quick.save", save(chat, message)).await, true);
    let error = |params: Value| desk.ann.error("imopenlines.message.quick.save", params);
    assert_eq!(error(save(chat, 999)).await, "CANT_SAVE_QUICK_ANSWER");
    assert_eq!(error(save(999, message)).await, "CHAT_ID");
    let team = desk.ann.chat("Team", &[&desk.bob]).await;
    assert_eq!(error(save(team, message)).await, "CHAT_TYPE");
    let stranger = desk.ann.colleague("Cid Poe");
    assert_eq!(stranger.error("imopenlines.message.quick.save", save(chat, message)).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn changes_and_deletions_reach_the_other_side() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "helo").await;
    let answer = desk.ann.say(dialog(chat), "wrong").await;
    let typo = client.messages().remove(0).id();

    client.edit(typo, "hello").await.expect("an edit");
    desk.ann.ok("im.message.update", json!({"MESSAGE_ID": answer, "MESSAGE": "right"})).await;
    assert_eq!(client.transcript(), "Eve Fox (edited): hello\nAnn Lee (edited): right");
    let side = desk.ann.user.join(chat.into()).await.expect("the chat");
    assert!(side.transcript().contains("Eve Fox (edited): hello"), "{}", side.transcript());

    client.delete(typo).await.expect("a deletion");
    desk.ann.ok("im.message.delete", json!({"MESSAGE_ID": answer})).await;
    assert_eq!(client.transcript(), "");
    assert!(!side.transcript().contains("hello"), "{}", side.transcript());
}

#[tokio::test]
async fn the_list_of_recent_dialogs_tells_how_far_a_conversation_is() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    let status = || async {
        let recent = desk.ann.ok("im.recent.get", json!({"ONLY_OPENLINES": "Y"})).await;
        recent[0]["lines"].clone()
    };
    assert_eq!((status().await["id"].clone(), status().await["status"].clone()), (json!(1), json!(0)));
    handle(&desk.ann, "operator.answer", chat).await;
    assert_eq!(status().await["status"], 10);
    desk.ann.say(dialog(chat), "hi").await;
    assert_eq!(status().await["status"], 40);
    client.say("so").await.expect("a message");
    assert_eq!(status().await["status"], 25);
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(status().await["status"], 60);
}
