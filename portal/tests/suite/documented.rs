//! Events have every key that the documentation has for them. That they have no other is checked wherever one is sent.

use b24_spec::{Spec, TypeKind};
use serde_json::json;

use crate::bot::{Bot, Event};

/// The keys of an object of the spec that are not under `block` of an event.
fn lacking(event: &Event, block: &str, ty: &str) -> Vec<String> {
    let spec = Spec::embedded().expect("a spec without mistakes");
    let TypeKind::Object { fields, .. } = &spec.types[ty].kind else { panic!("{ty} is no object") };
    let names = fields.iter().map(|field| field.name.clone());
    names.filter(|name| !event.holds(&format!("{block}[{name}]"))).collect()
}

/// A supervisor, so that it hears of everything, in a group chat of the administrator.
async fn in_a_team() -> (Bot, u64, b24_portal::Chat) {
    let bot = Bot::install().await;
    let id = bot.add_bot("boss", json!({"TYPE": "S"})).await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    team.invite_bot("boss").await.expect("an invitation");
    (bot, id, team)
}

#[tokio::test]
async fn a_message_in_a_group_has_every_key() {
    let (bot, id, team) = in_a_team().await;
    bot.event().await;
    let message = team.say(&format!("[USER={id}]Boss[/USER] hi")).await.expect("a message").id();
    let added = bot.event().await;
    assert_eq!(lacking(&added, "data[PARAMS]", "MessageParams"), ["ID", "FILES", "PARAMS"], "others have these");
    assert!(lacking(&added, "data[USER]", "EventUser").is_empty());
    assert!(lacking(&added, &format!("data[BOT][{id}]"), "EventBot").is_empty());
    assert_eq!(lacking(&added, "auth", "EventAuth"), ["client_id"], "in the block of a bot only");

    team.edit(message, &format!("[USER={id}]Boss[/USER] ho")).await.expect("an edit");
    let edited = bot.event().await;
    for key in
        ["ID", "CHAT_ID", "AUTHOR_ID", "MESSAGE", "MESSAGE_TYPE", "MESSAGE_ORIGINAL", "MENTIONED_LIST", "LANGUAGE"]
    {
        assert!(edited.holds(&format!("data[PARAMS][{key}]")), "{key}");
    }
    team.delete(message).await.expect("a deletion");
    let deleted = bot.event().await;
    for key in
        ["ID", "CHAT_ID", "AUTHOR_ID", "MESSAGE", "CHAT_AUTHOR_ID", "CHAT_ENTITY_DATA_1", "DIALOG_ID", "CHAT_TYPE"]
    {
        assert!(deleted.holds(&format!("data[PARAMS][{key}]")), "{key}");
    }
    assert!(!deleted.holds("data[PARAMS][TO_USER_ID]") && !deleted.holds("data[PARAMS][MESSAGE_ORIGINAL]"));
}

#[tokio::test]
async fn a_message_in_a_private_dialog_tells_nothing_of_a_chat() {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    chat.say("hi").await.expect("a message");
    let event = bot.event().await;
    for key in
        ["CHAT_ID", "CHAT_TITLE", "CHAT_COLOR", "CHAT_ENTITY_TYPE", "CHAT_USER_COUNT", "MENTIONED_LIST", "IS_MANAGER"]
    {
        assert!(!event.holds(&format!("data[PARAMS][{key}]")), "{key}");
    }
}

#[tokio::test]
async fn a_command_has_every_key() {
    let (bot, id, team) = in_a_team().await;
    let command = bot.add_command(id, "go", json!({})).await;
    bot.event().await;
    team.say("/go there").await.expect("a message");
    let event = bot.event().await;
    assert_eq!(
        lacking(&event, "data[PARAMS]", "CommandParams"),
        ["TO_USER_ID", "FILES", "PARAMS"],
        "others have these"
    );
    assert!(lacking(&event, &format!("data[COMMAND][{command}]"), "EventCommand").is_empty());

    let chat = bot.portal.admin().open("boss").await.expect("a dialog");
    bot.event().await;
    chat.say("/go").await.expect("a message");
    assert_eq!(bot.event().await.param("TO_USER_ID"), id.to_string());
}

#[tokio::test]
async fn a_bot_that_comes_in_is_told_whether_it_sees_what_was_said_before() {
    let (bot, _, _) = in_a_team().await;
    let joined = bot.event().await;
    assert_eq!(
        lacking(&joined, "data[PARAMS]", "JoinParams"),
        ["TO_USER_ID", "FROM_USER_ID", "SILENT_JOIN"],
        "elsewhere"
    );
    assert_eq!(joined.param("ACCESS_HISTORY"), "1");

    let team = bot.portal.admin().group("Other", []).await.expect("a chat");
    team.say("before it came").await.expect("a message");
    let boss = bot.ok("imbot.bot.list", json!({})).await.as_object().expect("bots").keys().next().cloned();
    let invite = json!({"CHAT_ID": team.id(), "USERS": [boss], "HIDE_HISTORY": "Y"});
    bot.ok("im.chat.user.add", invite).await;
    assert_eq!(bot.event().await.param("ACCESS_HISTORY"), "0");
}

#[tokio::test]
async fn an_answer_to_a_message_says_to_which() {
    let (bot, id) = Bot::register("echo").await;
    let question = bot.ok("im.message.add", json!({"DIALOG_ID": id, "MESSAGE": "hi"})).await;
    bot.all_events().await;
    bot.ok("im.message.add", json!({"DIALOG_ID": id, "MESSAGE": "and?", "REPLY_ID": question})).await;
    assert_eq!(bot.event().await.get("data[PARAMS][PARAMS][REPLY_ID]"), question.to_string());
}
