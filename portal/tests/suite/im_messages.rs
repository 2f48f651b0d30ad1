use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    bot::Bot,
    person::{Person, dialog},
};

async fn couple() -> (Person, Person) {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    (ann, bob)
}

/// What stands in the dialog of the two, as text.
async fn transcript(ann: &Person, bob: &Person) -> String {
    ann.user.open_with(&bob.user).await.expect("a dialog").transcript()
}

#[tokio::test]
async fn a_message_needs_a_text_or_an_attachment_and_somebody_to_read_it() {
    let (ann, bob) = couple().await;
    let add = async |params: Value| ann.error("im.message.add", params).await;
    assert_eq!(add(json!({"DIALOG_ID": bob.id(), "MESSAGE": " "})).await, "MESSAGE_EMPTY");
    assert_eq!(add(json!({"MESSAGE": "hi"})).await, "USER_ID_EMPTY");
    assert_eq!(add(json!({"DIALOG_ID": 404, "MESSAGE": "hi"})).await, "USER_NOT_FOUND");
    assert_eq!(add(json!({"DIALOG_ID": "chat404", "MESSAGE": "hi"})).await, "CHAT_ID");
    let foreign = bob.chat("Ours", &[]).await;
    assert_eq!(add(json!({"DIALOG_ID": dialog(foreign), "MESSAGE": "hi"})).await, "ACCESS_ERROR");
    ann.ok("im.message.add", json!({"DIALOG_ID": bob.id(), "ATTACH": [{"MESSAGE": "block"}]})).await;
}

#[tokio::test]
async fn each_part_of_a_message_has_its_size() {
    let (ann, bob) = couple().await;
    let button = |text: String| json!([{"TEXT": text, "COMMAND": "a"}]);
    let attach = json!([{"MESSAGE": "x".repeat(60_000)}]);
    let long = "x".repeat(30 * 1024);
    for (part, value) in [("ATTACH", attach), ("KEYBOARD", button(long.clone())), ("MENU", button(long.clone()))] {
        let params = json!({"DIALOG_ID": bob.id(), "MESSAGE": "hi", part: value});
        assert_eq!(ann.error("im.message.add", params).await, format!("{part}_OVERSIZE"));
    }
    let params = json!({"DIALOG_ID": bob.id(), "MESSAGE": "hi", "ATTACH": [{"MESSAGE": long}]});
    ann.ok("im.message.add", params).await;
}

#[tokio::test]
async fn a_system_message_has_no_author() {
    let (ann, bob) = couple().await;
    ann.ok("im.message.add", json!({"DIALOG_ID": bob.id(), "MESSAGE": "noted", "SYSTEM": "Y"})).await;
    assert_eq!(transcript(&ann, &bob).await, "System: noted");
    let part = bob.ok("im.dialog.messages.get", json!({"DIALOG_ID": ann.id()})).await;
    assert_eq!(part["messages"][0]["author_id"], 0);
}

#[tokio::test]
async fn an_answer_stands_in_the_chat_of_the_question() {
    let (ann, bob) = couple().await;
    let question = ann.say(bob.id(), "?").await;
    let chat = ann.chat("Team", &[&bob]).await;
    let answer = |dialog: String, to: u64| json!({"DIALOG_ID": dialog, "MESSAGE": "!", "REPLY_ID": to});

    let id = bob.ok("im.message.add", answer(ann.id().to_string(), question)).await;
    let part = ann.ok("im.dialog.messages.get", json!({"DIALOG_ID": bob.id()})).await;
    assert_eq!((&part["messages"][0]["id"], &part["messages"][0]["params"]["REPLY_ID"]), (&id, &json!(question)));
    assert_eq!(bob.error("im.message.add", answer(dialog(chat), question)).await, "REPLY_FROM_OTHER_CHAT_ERROR");
    let cid = ann.colleague("Cid Fox");
    assert_eq!(cid.error("im.message.add", answer(ann.id().to_string(), question)).await, "REPLY_ACCESS_ERROR");
}

#[tokio::test]
async fn only_the_author_edits_and_only_for_three_days() {
    let (ann, bob) = couple().await;
    let id = ann.say(bob.id(), "tpyo").await;
    let update = json!({"MESSAGE_ID": id, "MESSAGE": "typo"});
    assert_eq!(bob.error("im.message.update", update.clone()).await, "CANT_EDIT_MESSAGE");
    assert_eq!(ann.error("im.message.update", json!({"MESSAGE": "typo"})).await, "MESSAGE_ID_ERROR");
    ann.ok("im.message.update", update.clone()).await;
    ann.portal().advance(Duration::from_mins(3 * 24 * 60 + 1));
    assert_eq!(ann.error("im.message.update", update).await, "CANT_EDIT_MESSAGE");
    assert_eq!(transcript(&ann, &bob).await, "Ann Lee (edited): typo");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_may_leave_no_mark() {
    let (ann, bob) = couple().await;
    let id = ann.say(bob.id(), "text").await;
    let update = |more: Value| {
        let mut params = json!({"MESSAGE_ID": id});
        params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        params
    };
    ann.ok("im.message.update", update(json!({"ATTACH": [{"MESSAGE": "block"}], "IS_EDITED": "N"}))).await;
    assert_eq!(transcript(&ann, &bob).await, "Ann Lee: text\n  | block");
    ann.ok("im.message.update", update(json!({"ATTACH": "N"}))).await;
    assert_eq!(transcript(&ann, &bob).await, "Ann Lee (edited): text");
    ann.ok("im.message.update", update(json!({"MESSAGE": ""}))).await;
    assert_eq!(transcript(&ann, &bob).await, "", "an empty text deletes");
}

#[tokio::test]
async fn a_deleted_message_leaves_a_note_and_is_news_no_longer() {
    let (ann, bob) = couple().await;
    let id = ann.say(bob.id(), "oops").await;
    assert_eq!(bob.error("im.message.delete", json!({"MESSAGE_ID": id})).await, "CANT_EDIT_MESSAGE");
    ann.ok("im.message.delete", json!({"MESSAGE_ID": id})).await;
    assert_eq!(ann.error("im.message.delete", json!({"MESSAGE_ID": id})).await, "CANT_EDIT_MESSAGE");

    let part = bob.ok("im.dialog.messages.get", json!({"DIALOG_ID": ann.id()})).await;
    let message = &part["messages"][0];
    assert_eq!(
        (&message["text"], &message["params"]),
        (&json!("This message was deleted"), &json!({"IS_DELETED": "Y"}))
    );
    assert_eq!(bob.ok("im.counters.get", json!({})).await["TYPE"]["ALL"], 0);
}

#[tokio::test]
async fn who_manages_a_chat_deletes_what_others_wrote_there() {
    let (ann, bob) = couple().await;
    let chat = ann.chat("Team", &[&bob]).await;
    let (mine, foreign) = (ann.say(dialog(chat), "mine").await, bob.say(dialog(chat), "spam").await);
    assert_eq!(bob.error("im.message.delete", json!({"MESSAGE_ID": mine})).await, "CANT_EDIT_MESSAGE");
    assert_eq!(ann.ok("im.message.delete", json!({"MESSAGE_ID": foreign})).await, true);
}

#[tokio::test]
async fn a_like_that_changes_nothing_is_refused() {
    let (ann, bob) = couple().await;
    let id = ann.say(bob.id(), "hi").await;
    let like = |action: &str| json!({"MESSAGE_ID": id, "ACTION": action});
    for action in ["plus", "minus"] {
        assert_eq!(bob.ok("im.message.like", like(action)).await, true);
        assert_eq!(bob.error("im.message.like", like(action)).await, "WITHOUT_CHANGES");
    }
    bob.ok("im.message.like", like("auto")).await;
    bob.ok("im.message.like", json!({"MESSAGE_ID": id})).await;
    assert_eq!(bob.error("im.message.like", like("minus")).await, "WITHOUT_CHANGES", "auto has taken it back");
    let cid = ann.colleague("Cid Fox");
    assert_eq!(cid.error("im.message.like", like("plus")).await, "MESSAGE_ID_ERROR");
}

#[tokio::test]
async fn bots_hear_what_is_said_through_rest_as_if_it_was_typed() {
    let bot = Bot::install().await;
    let id = bot.add_bot("echo", json!({"TYPE": "S"})).await;
    bot.add_command(id, "go", json!({})).await;
    let said = bot.ok("im.message.add", json!({"DIALOG_ID": id, "MESSAGE": "hi"})).await;
    assert_eq!(bot.event().await.name(), "ONIMBOTJOINCHAT", "the dialog is opened first");
    let heard = bot.event().await;
    assert_eq!((heard.name(), heard.param("MESSAGE")), ("ONIMBOTMESSAGEADD", "hi"));

    bot.ok("im.message.update", json!({"MESSAGE_ID": said, "MESSAGE": "hi!"})).await;
    assert_eq!(bot.event().await.name(), "ONIMBOTMESSAGEUPDATE");
    bot.ok("im.message.delete", json!({"MESSAGE_ID": said})).await;
    assert_eq!(bot.event().await.name(), "ONIMBOTMESSAGEDELETE");
    bot.ok("im.message.add", json!({"DIALOG_ID": id, "MESSAGE": "/go there"})).await;
    let called = bot.event().await;
    assert_eq!((called.name(), called.command("COMMAND_PARAMS")), ("ONIMCOMMANDADD", "there"));
}

#[tokio::test]
async fn a_command_is_called_as_its_button_would() {
    let (bot, id) = Bot::register("echo").await;
    bot.add_command(id, "go", json!({})).await;
    bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    let keyboard = json!([{"TEXT": "Go", "COMMAND": "go", "COMMAND_PARAMS": "left"}]);
    let menu = json!([{"TEXT": "Go", "COMMAND": "go right"}]);
    let params = json!({"DIALOG_ID": 1, "MESSAGE": "?", "KEYBOARD": keyboard, "MENU": menu});
    let message = bot.ok("imbot.message.add", params).await;
    let command =
        |params: &str| json!({"MESSAGE_ID": message, "BOT_ID": id, "COMMAND": "go", "COMMAND_PARAMS": params});

    for (params, context) in [("left", "KEYBOARD"), ("right", "MENU")] {
        assert_eq!(bot.ok("im.message.command", command(params)).await, true);
        let event = bot.event().await;
        assert_eq!((event.command("COMMAND_PARAMS"), event.command("COMMAND_CONTEXT")), (params, context));
    }
    assert_eq!(bot.error("im.message.command", command("up")).await, "PARAMS_ERROR");
    let without = |name: &str| {
        let mut params = command("left");
        params.as_object_mut().expect("an object").remove(name);
        params
    };
    for (name, code) in [("MESSAGE_ID", "MESSAGE_ID_ERROR"), ("BOT_ID", "BOT_ID_ERROR"), ("COMMAND", "COMMAND_ERROR")] {
        assert_eq!(bot.error("im.message.command", without(name)).await, code);
    }
    let ann = Person::new(&bot.portal, bot.portal.user("Ann Lee"));
    assert_eq!(ann.error("im.message.command", command("left")).await, "MESSAGE_ID_ERROR", "Ann cannot see it");
}

#[tokio::test]
async fn a_message_becomes_a_chat_or_something_that_the_chat_tells_of() {
    let (ann, bob) = couple().await;
    let chat = ann.chat("Team", &[&bob]).await;
    let message = ann.say(dialog(chat), "Let us talk").await;
    let share = |kind: &str| json!({"MESSAGE_ID": message, "DIALOG_ID": dialog(chat), "TYPE": kind});

    assert_eq!(bob.ok("im.message.share", share("CHAT")).await, true);
    let recent = ann.ok("im.recent.get", json!({})).await;
    assert_eq!(recent[0]["message"]["text"], "Let us talk");
    assert_eq!((&recent[0]["chat"]["owner"], &recent[0]["chat"]["user_counter"]), (&json!(bob.id()), &json!(2)));
    for kind in ["TASK", "POST", "CALEND"] {
        assert_eq!(bob.ok("im.message.share", share(kind)).await, true);
    }
    let told = ann.user.join(b24_portal::ChatId(chat)).await.expect("the chat").transcript();
    assert!(told.ends_with("System: Bob Roe made an event out of a message"), "{told}");

    assert_eq!(bob.error("im.message.share", share("POEM")).await, "PARAMS_ERROR");
    let elsewhere = json!({"MESSAGE_ID": message, "DIALOG_ID": ann.id(), "TYPE": "TASK"});
    assert_eq!(bob.error("im.message.share", elsewhere).await, "MESSAGE_ID_ERROR");
    let cid = ann.colleague("Cid Fox");
    assert_eq!(cid.error("im.message.share", share("TASK")).await, "ACCESS_ERROR");
}
