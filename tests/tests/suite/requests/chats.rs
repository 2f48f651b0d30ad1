use super::*;

#[test]
fn the_people_of_a_chat_are_listed() {
    assert_sends(
        api::imbot::chat::user::list(13).bot_id(39),
        "imbot.chat.user.list",
        json!({"CHAT_ID": 13, "BOT_ID": 39}),
    );
}

#[test]
fn people_are_invited() {
    assert_sends(
        api::imbot::chat::user::add(13, [3, 4]).bot_id(39),
        "imbot.chat.user.add",
        json!({"CHAT_ID": 13, "USERS": [3, 4], "BOT_ID": 39}),
    );
}

#[test]
fn a_user_is_removed() {
    assert_sends(
        api::imbot::chat::user::delete(13, 4).bot_id(39),
        "imbot.chat.user.delete",
        json!({"CHAT_ID": 13, "USER_ID": 4, "BOT_ID": 39}),
    );
}

#[test]
fn the_bot_leaves() {
    assert_sends(api::imbot::chat::leave(13).bot_id(39), "imbot.chat.leave", json!({"CHAT_ID": 13, "BOT_ID": 39}));
}

#[test]
fn the_title_changes() {
    assert_sends(
        api::imbot::chat::update_title(13, "New name for the chat").bot_id(39),
        "imbot.chat.updateTitle",
        json!({"CHAT_ID": 13, "TITLE": "New name for the chat", "BOT_ID": 39}),
    );
}

#[test]
fn the_colour_changes() {
    assert_sends(
        api::imbot::chat::update_color(13, Color::Mint).bot_id(39),
        "imbot.chat.updateColor",
        json!({"CHAT_ID": 13, "COLOR": "MINT", "BOT_ID": 39}),
    );
}

#[test]
fn every_colour_has_the_name_that_the_course_lists() {
    let course = "RED, GREEN, MINT, LIGHT_BLUE, DARK_BLUE, PURPLE, AQUA, PINK, LIME, BROWN, AZURE, KHAKI, SAND, \
                  MARENGO, GRAY, GRAPHITE";
    let known: Vec<&str> = Color::KNOWN.iter().map(|(word, _)| *word).collect();
    assert_eq!(known, course.split(", ").collect::<Vec<_>>());
}

#[test]
fn the_picture_changes() {
    assert_sends(
        api::imbot::chat::update_avatar(13, Base64::encode("picture")).bot_id(39),
        "imbot.chat.updateAvatar",
        json!({"CHAT_ID": 13, "AVATAR": "cGljdHVyZQ==", "BOT_ID": 39}),
    );
}

#[test]
fn a_chat_is_created() {
    assert_sends(
        api::imbot::chat::add([1, 2])
            .r#type(NewChatType::Chat)
            .title("My new private chat")
            .description("Very important chat")
            .color(Color::Pink)
            .message("Welcome to the chat")
            .avatar(Base64::from_text("cGljdHVyZQ=="))
            .entity_type(ChatEntityType::Chat)
            .entity_id("13")
            .owner_id(39)
            .bot_id(39),
        "imbot.chat.add",
        json!({
            "TYPE": "CHAT", "TITLE": "My new private chat", "DESCRIPTION": "Very important chat", "COLOR": "PINK",
            "MESSAGE": "Welcome to the chat", "USERS": [1, 2], "AVATAR": "cGljdHVyZQ==", "ENTITY_TYPE": "CHAT",
            "ENTITY_ID": 13, "OWNER_ID": 39, "BOT_ID": 39
        }),
    );
}

#[test]
fn a_chat_is_found_by_a_kind_of_object_of_ones_own() {
    assert_sends(
        api::imbot::chat::get("OPEN".into(), "13").bot_id(39),
        "imbot.chat.get",
        json!({"ENTITY_TYPE": "OPEN", "ENTITY_ID": 13, "BOT_ID": 39}),
    );
}

#[test]
fn a_chat_gets_another_owner() {
    assert_sends(
        api::imbot::chat::set_owner(13, 2).bot_id(39),
        "imbot.chat.setOwner",
        json!({"CHAT_ID": 13, "USER_ID": "2", "BOT_ID": 39}),
    );
}

#[test]
fn a_dialog_is_asked_for() {
    assert_sends(
        api::imbot::dialog::get("chat29".parse::<DialogId>().unwrap()),
        "imbot.dialog.get",
        json!({"DIALOG_ID": "chat29"}),
    );
    assert_sends(api::imbot::dialog::get(UserId(256)), "imbot.dialog.get", json!({"DIALOG_ID": "256"}));
}

#[test]
fn the_bot_is_seen_typing() {
    assert_sends(
        api::imbot::chat::send_typing(UserId(1)).bot_id(39),
        "imbot.chat.sendTyping",
        json!({"BOT_ID": 39, "DIALOG_ID": 1}),
    );
}
