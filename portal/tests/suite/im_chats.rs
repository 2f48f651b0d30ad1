use serde_json::{Value, json};

use crate::{
    bot::Bot,
    person::{Person, dialog},
};

const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn shown(person: &Person, dialog: impl ToString) -> Value {
    person.ok("im.dialog.get", json!({"DIALOG_ID": dialog.to_string()})).await
}

#[tokio::test]
async fn a_chat_without_parameters_has_one_member_and_a_title() {
    let ann = Person::alone().await;
    let chat = ann.ok("im.chat.add", json!({})).await;

    let shown = shown(&ann, format!("chat{chat}")).await;
    assert_eq!((&shown["id"], &shown["owner"], &shown["user_counter"]), (&chat, &json!(ann.id()), &json!(1)));
    assert_eq!(
        (&shown["type"], &shown["message_type"], &shown["role"]),
        (&json!("chat"), &json!("C"), &json!("owner"))
    );
    let title = shown["name"].as_str().expect("a title");
    assert!(title.ends_with(&format!(" chat #{chat}")), "{title} has a colour and a number");
}

#[tokio::test]
async fn a_chat_is_described_with_everything_that_it_was_made_with() {
    let (ann, bob) = couple().await;
    let params = json!({
        "USERS": [bob.id()], "TITLE": " Deal ", "DESCRIPTION": "About it", "COLOR": "PINK", "MESSAGE": "Welcome",
        "AVATAR": PIXEL, "TYPE": "OPEN", "ENTITY_TYPE": "ORDER", "ENTITY_ID": "13",
    });
    let chat = ann.ok("im.chat.add", params).await.as_u64().expect("a chat");

    let shown = shown(&bob, dialog(chat)).await;
    assert_eq!((&shown["name"], &shown["description"]), (&json!("Deal"), &json!("About it")));
    assert_eq!((&shown["color"], &shown["message_type"]), (&json!("#f76187"), &json!("O")));
    assert!(shown["avatar"].as_str().is_some_and(|avatar| !avatar.is_empty()));
    assert_eq!((&shown["counter"], &shown["message_count"], &shown["role"]), (&json!(1), &json!(1), &json!("member")));
    assert_eq!(shown["last_message_id"], shown["unread_id"]);
    assert_eq!(shown["entity_link"], json!({"type": "ORDER", "url": "", "id": "13"}));
    assert_eq!((&shown["manager_list"], &shown["dialog_id"]), (&json!([ann.id()]), &json!(dialog(chat))));
    let reader = &shown["readed_list"][0];
    assert_eq!((&reader["user_id"], &reader["user_name"]), (&json!(ann.id()), &json!("Ann Lee")));
    assert_eq!(reader["message_id"], shown["last_message_id"], "who wrote it has read it");
}

async fn couple() -> (Person, Person) {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    (ann, bob)
}

#[tokio::test]
async fn a_chat_can_be_made_for_another_owner_and_needs_people_that_exist() {
    let (ann, bob) = couple().await;
    let chat = ann.ok("im.chat.add", json!({"TITLE": "For Bob", "OWNER_ID": bob.id()})).await;
    assert_eq!(ann.ok("im.chat.user.list", json!({"CHAT_ID": chat})).await, json!([bob.id(), ann.id()]));
    assert_eq!(ann.error("im.chat.add", json!({"USERS": [404]})).await, "WRONG_REQUEST");
    assert_eq!(ann.error("im.chat.add", json!({"OWNER_ID": 404})).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn a_chat_is_found_by_what_it_belongs_to() {
    let (ann, bob) = couple().await;
    let entity = json!({"ENTITY_TYPE": "CRM", "ENTITY_ID": "DEAL|1663"});
    assert_eq!(ann.ok("im.chat.get", entity.clone()).await, json!(null));
    let chat = ann.ok("im.chat.add", entity.clone()).await;
    assert_eq!(bob.ok("im.chat.get", entity.clone()).await, json!({"ID": chat}));
    let guest = ann.guest("Eve Out");
    assert_eq!(guest.ok("im.chat.get", entity).await, json!(null), "somebody from outside finds only its own chats");
}

#[tokio::test]
async fn a_chat_of_the_crm_keeps_its_look_and_its_owner() {
    let (ann, bob) = couple().await;
    let params = json!({"USERS": [bob.id()], "ENTITY_TYPE": "CRM", "ENTITY_ID": "DEAL|1663"});
    let chat = ann.ok("im.chat.add", params).await.as_u64().expect("a chat");

    let shown = shown(&ann, dialog(chat)).await;
    let link = json!({"type": "DEAL", "url": "/crm/deal/details/1663/", "id": "DEAL|1663"});
    assert_eq!((&shown["type"], &shown["entity_link"]), (&json!("crm"), &link));
    let restrictions = &shown["restrictions"];
    assert_eq!(
        (&restrictions["avatar"], &restrictions["rename"], &restrictions["extend"], &restrictions["leave_owner"]),
        (&json!(false), &json!(false), &json!(true), &json!(false))
    );
    assert_eq!(ann.error("im.chat.updateTitle", json!({"CHAT_ID": chat, "TITLE": "New"})).await, "ACCESS_ERROR");
    assert_eq!(ann.error("im.chat.updateAvatar", json!({"CHAT_ID": chat, "AVATAR": PIXEL})).await, "ACCESS_ERROR");
    assert_eq!(ann.error("im.chat.leave", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    assert_eq!(bob.ok("im.chat.leave", json!({"CHAT_ID": chat})).await, true);
}

#[tokio::test]
async fn the_chat_of_a_workgroup_is_named_by_the_group() {
    let (ann, bob) = couple().await;
    let params = json!({"USERS": [bob.id()], "ENTITY_TYPE": "SONET_GROUP", "ENTITY_ID": "121", "TITLE": "Project"});
    let chat = ann.ok("im.chat.add", params).await;

    let shown = shown(&ann, "sg121").await;
    assert_eq!((&shown["id"], &shown["type"], &shown["dialog_id"]), (&chat, &json!("sonetGroup"), &json!("sg121")));
    assert_eq!(shown["restrictions"]["path"], "/workgroups/group/#ID#/");
    ann.say("sg121", "hi").await;
    assert_eq!(ann.ok("im.chat.mute", json!({"DIALOG_ID": "sg121"})).await, true);
    assert_eq!(ann.error("im.chat.user.delete", json!({"CHAT_ID": chat, "USER_ID": bob.id()})).await, "ACCESS_ERROR");
    assert_eq!(ann.error("im.chat.user.add", json!({"CHAT_ID": chat, "USERS": [1]})).await, "ACCESS_ERROR");
    assert_eq!(ann.error("im.dialog.get", json!({"DIALOG_ID": "sg5"})).await, "ACCESS_ERROR");
}

#[tokio::test]
async fn a_change_of_the_look_is_told_in_the_chat_and_one_that_changes_nothing_is_refused() {
    let (ann, bob) = couple().await;
    let chat = ann.chat("Release", &[&bob]).await;
    for (method, name, value) in
        [("updateTitle", "TITLE", "Done"), ("updateColor", "COLOR", "MINT"), ("updateAvatar", "AVATAR", PIXEL)]
    {
        let method = format!("im.chat.{method}");
        assert_eq!(bob.ok(&method, json!({"CHAT_ID": chat, name: value})).await, true);
        if name != "AVATAR" {
            assert_eq!(bob.error(&method, json!({"DIALOG_ID": dialog(chat), name: value})).await, "WRONG_REQUEST");
        }
        assert_eq!(bob.error(&method, json!({"CHAT_ID": 999, name: value})).await, "WRONG_REQUEST");
        assert_eq!(bob.error(&method, json!({name: value})).await, "CHAT_ID_EMPTY");
        assert_eq!(bob.error(&method, json!({"CHAT_ID": dialog(chat), name: value})).await, "CHAT_ID_EMPTY");
        assert_eq!(bob.error(&method, json!({"DIALOG_ID": ann.id(), name: value})).await, "DIALOG_ID_EMPTY");
    }
    let history = ann.user.join(b24_portal::ChatId(chat)).await.expect("the chat").transcript();
    assert_eq!(
        history,
        "System: Bob Roe changed the chat title to \"Done\"\n\
         System: Bob Roe changed the chat color to \"Mint\"\n\
         System: Bob Roe changed the chat picture"
    );
    assert_eq!(shown(&ann, dialog(chat)).await["counter"], 0, "such messages are news to nobody");
}

#[tokio::test]
async fn only_who_is_in_a_chat_changes_its_look() {
    let (ann, bob) = couple().await;
    let chat = ann.chat("Ours", &[]).await;
    assert_eq!(bob.error("im.chat.updateTitle", json!({"CHAT_ID": chat, "TITLE": "Mine"})).await, "ACCESS_ERROR");
    assert_eq!(bob.error("im.chat.updateColor", json!({"CHAT_ID": chat, "COLOR": "MINT"})).await, "ACCESS_ERROR");
    assert_eq!(bob.error("im.chat.updateAvatar", json!({"CHAT_ID": chat, "AVATAR": PIXEL})).await, "ACCESS_DENIED");
    assert_eq!(ann.error("im.chat.updateTitle", json!({"CHAT_ID": chat, "TITLE": " "})).await, "TITLE_EMPTY");
    assert_eq!(ann.error("im.chat.updateColor", json!({"CHAT_ID": chat, "COLOR": "BEIGE"})).await, "WRONG_COLOR");
    assert_eq!(ann.error("im.chat.updateAvatar", json!({"CHAT_ID": chat, "AVATAR": "bm90IGE="})).await, "AVATAR_ERROR");
}

#[tokio::test]
async fn a_bot_that_is_taken_into_a_new_chat_is_told_and_hears_what_it_is_called_for() {
    let (bot, id) = Bot::register("echo").await;
    let text = format!("[USER={id}]Echo[/USER] hello");
    let chat = bot.ok("im.chat.add", json!({"USERS": [id], "TITLE": "Team", "MESSAGE": text})).await;

    let joined = bot.event().await;
    assert_eq!((joined.name(), joined.param("DIALOG_ID")), ("ONIMBOTJOINCHAT", format!("chat{chat}").as_str()));
    let said = bot.event().await;
    assert_eq!((said.name(), said.param("MESSAGE")), ("ONIMBOTMESSAGEADD", "hello"));
    bot.ok("im.chat.updateTitle", json!({"CHAT_ID": chat, "TITLE": "Crew"})).await;
    assert!(bot.all_events().await.is_empty(), "what a chat tells of itself is for people");
}
