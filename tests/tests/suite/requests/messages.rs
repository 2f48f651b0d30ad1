use super::*;

#[test]
fn a_message_is_sent() {
    assert_sends(
        api::imbot::message::add(UserId(1), "answer text").bot_id(39).system(false).url_preview(true),
        "imbot.message.add",
        json!({"BOT_ID": 39, "DIALOG_ID": 1, "MESSAGE": "answer text", "SYSTEM": "N", "URL_PREVIEW": "Y"}),
    );
}

#[test]
fn a_message_is_sent_into_a_dialog_of_two_people() {
    let target =
        api::imbot::message::AddTarget::FromUserIdAndToUserId { from_user_id: UserId(1), to_user_id: UserId(2) };
    assert_sends(
        api::imbot::message::add(target, "answer text").bot_id(BotId(39)),
        "imbot.message.add",
        json!({"BOT_ID": 39, "FROM_USER_ID": 1, "TO_USER_ID": 2, "MESSAGE": "answer text"}),
    );
}

#[test]
fn a_message_changes() {
    assert_sends(
        api::imbot::message::update(1).bot_id(39).message("answer text").url_preview(true),
        "imbot.message.update",
        json!({"BOT_ID": 39, "MESSAGE_ID": 1, "MESSAGE": "answer text", "URL_PREVIEW": "Y"}),
    );
}

#[test]
fn an_empty_text_that_deletes_a_message_is_sent() {
    assert_sends(
        api::imbot::message::update(1).message(""),
        "imbot.message.update",
        json!({"MESSAGE_ID": 1, "MESSAGE": ""}),
    );
}

#[test]
fn an_empty_keyboard_that_removes_the_buttons_is_sent() {
    assert_sends(
        api::imbot::message::update(1).keyboard(Keyboard::new()),
        "imbot.message.update",
        json!({"MESSAGE_ID": 1, "KEYBOARD": []}),
    );
}

#[test]
fn a_message_is_deleted() {
    assert_sends(
        api::imbot::message::delete(1).bot_id(39).complete(false),
        "imbot.message.delete",
        json!({"BOT_ID": 39, "MESSAGE_ID": 1, "COMPLETE": "N"}),
    );
}

#[test]
fn a_message_is_liked() {
    assert_sends(
        api::imbot::message::like(1).bot_id(39).action(LikeAction::Auto),
        "imbot.message.like",
        json!({"BOT_ID": 39, "MESSAGE_ID": 1, "ACTION": "auto"}),
    );
}
