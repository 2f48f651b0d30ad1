use serde_json::{Value, json};

use crate::v2::{V2, add_bot};

#[tokio::test]
async fn a_message_comes_with_everything_that_belongs_to_it() {
    let bot = V2::register(json!({"type": "personal"})).await;
    let chat = bot.dialog().await;
    let asked = chat.say("well?").await.expect("a message").id();
    let id = bot
        .send(json!({
            "message": " [B]Yes[/B] ", "attach": [{"MESSAGE": "a block"}], "replyId": asked, "urlPreview": false,
            "keyboard": {"BUTTONS": [{"TEXT": "More", "COMMAND": "more"}]}, "templateId": "a-b-c",
        }))
        .await;

    let last = chat.last().await.expect("a message");
    assert_eq!((last.text(), last.buttons()), ("[B]Yes[/B]", vec!["More".to_owned()]));
    let message = bot.ok("Chat.Message.get", json!({"messageId": id})).await["message"].take();
    assert_eq!((&message["uuid"], &message["params"]["replyId"]), (&json!("a-b-c"), &json!(asked)));
    assert_eq!(message["params"]["attach"][0]["BLOCKS"], json!([{"MESSAGE": "a block"}]));
    assert_eq!((&message["authorId"], &message["isSystem"]), (&json!(bot.id), &json!(false)));
}

#[tokio::test]
async fn a_message_needs_a_text_or_an_attachment() {
    let bot = V2::register(json!({})).await;
    for fields in [json!({"message": " "}), json!({"keyboard": [{"TEXT": "x", "COMMAND": "x"}]})] {
        assert_eq!(bot.error("Chat.Message.send", json!({"dialogId": 1, "fields": fields})).await, "EMPTY_MESSAGE");
    }
    assert_eq!(bot.error("Chat.Message.send", json!({"dialogId": 1})).await, "EMPTY_MESSAGE");
    bot.send(json!({"attach": [{"MESSAGE": "enough"}]})).await;
}

#[tokio::test]
async fn a_message_goes_where_the_bot_is() {
    let bot = V2::register(json!({})).await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let to = |dialog: Value| json!({"dialogId": dialog, "fields": {"message": "hi"}});
    assert_eq!(bot.error("Chat.Message.send", to(json!(format!("chat{}", team.id())))).await, "ACCESS_DENIED");
    assert_eq!(bot.error("Chat.Message.send", to(json!(404))).await, "ACCESS_DENIED");
    team.invite_bot("echo").await.expect("an invitation");
    bot.ok("Chat.Message.send", to(json!(format!("chat{}", team.id())))).await;
    assert_eq!(team.last().await.expect("a message").text(), "hi");
}

#[tokio::test]
async fn a_text_of_more_than_twenty_thousand_characters_is_cut() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    bot.send(json!({"message": "ü".repeat(20_001)})).await;
    let text = chat.last().await.expect("a message").text().to_owned();
    assert_eq!((text.chars().count(), text.ends_with("ü (...)")), (20_006, true));
    bot.send(json!({"message": "ü".repeat(20_000)})).await;
    assert!(chat.last().await.expect("a message").text().ends_with('ü'));
}

#[tokio::test]
async fn an_attachment_may_have_sixty_thousand_characters() {
    let bot = V2::register(json!({})).await;
    let send =
        |length: usize| json!({"dialogId": 1, "fields": {"message": "x", "attach": [{"MESSAGE": "x".repeat(length)}]}});
    bot.ok("Chat.Message.send", send(59_000)).await;
    assert_eq!(bot.error("Chat.Message.send", send(60_000)).await, "ATTACH_OVERSIZE");
    let wrong = json!({"dialogId": 1, "fields": {"message": "x", "attach": [{"NONSENSE": 1}]}});
    assert_eq!(bot.error("Chat.Message.send", wrong).await, "ATTACH_ERROR");
}

#[tokio::test]
async fn a_bot_forwards_what_it_can_see() {
    let bot = V2::register(json!({"type": "supervisor"})).await;
    let team = bot.team().await;
    let origin = team.say("the original").await.expect("a message").id();
    let secret = bot.app.portal.admin().group("Secret", []).await.expect("a chat");
    let unseen = secret.say("unseen").await.expect("a message").id();
    let forward = |id: u64| json!({"dialogId": 1, "fields": {"forwardIds": {"a-b-c": id}}});

    let sent = bot.ok("Chat.Message.send", forward(origin.0)).await;
    assert_eq!(sent["uuidMap"], json!({"a-b-c": sent["id"]}));
    let message = bot.ok("Chat.Message.get", json!({"messageId": sent["id"]})).await["message"].take();
    assert_eq!((&message["text"], &message["uuid"]), (&json!("the original"), &json!("a-b-c")));
    assert_eq!((&message["forward"]["id"], &message["forward"]["userId"]), (&json!(origin), &json!(1)));
    assert_eq!(bot.error("Chat.Message.send", forward(unseen.0)).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let id = bot.send(json!({"message": "hi", "keyboard": [{"TEXT": "Go", "COMMAND": "go"}]})).await;
    let update = |fields: Value| json!({"messageId": id, "fields": fields});

    assert_eq!(bot.ok("Chat.Message.update", update(json!({"message": "bye"}))).await, json!({"result": true}));
    assert_eq!(chat.transcript(), "EchoBot (edited): bye\n  [1] Go");
    bot.ok("Chat.Message.update", update(json!({"keyboard": "N"}))).await;
    assert_eq!(chat.transcript(), "EchoBot (edited): bye");
    bot.ok("Chat.Message.update", update(json!({"message": ""}))).await;
    assert_eq!(chat.transcript(), "");
}

#[tokio::test]
async fn a_bot_changes_its_own_messages_only_and_no_system_message() {
    let bot = V2::register(json!({})).await;
    let foreign = bot.dialog().await.say("mine").await.expect("a message").id().0;
    let system = bot.send(json!({"message": "note", "system": "Y"})).await;
    for id in [foreign, system, 999] {
        let update = json!({"messageId": id, "fields": {"message": "x"}});
        assert_eq!(bot.error("Chat.Message.update", update).await, "ACCESS_DENIED");
        assert_eq!(bot.error("Chat.Message.delete", json!({"messageId": id})).await, "ACCESS_DENIED");
    }
}

#[tokio::test]
async fn a_bot_that_manages_the_chat_deletes_any_message() {
    let bot = V2::register(json!({})).await;
    let chat = bot.ok("Chat.add", json!({"fields": {"userIds": [1]}})).await["chat"].take();
    let id = b24_portal::ChatId(chat["id"].as_u64().expect("a chat"));
    let team = bot.app.portal.admin().join(id).await.expect("the chat");
    let message = team.say("rude words").await.expect("a message").id();
    let system = json!({"dialogId": chat["dialogId"], "fields": {"message": "note", "system": true}});
    let system = bot.ok("Chat.Message.send", system).await["id"].take();

    bot.ok("Chat.Message.delete", json!({"messageId": message})).await;
    bot.ok("Chat.Message.delete", json!({"messageId": system, "complete": true})).await;
    assert!(team.messages().is_empty());
}

#[tokio::test]
async fn supervisors_and_personal_bots_read_what_others_wrote() {
    let bot = V2::register(json!({})).await;
    let boss = V2 { id: add_bot(&bot.app, "boss", json!({"type": "supervisor"})).await, app: bot.app };
    let team = boss.app.portal.admin().group("Team", []).await.expect("a chat");
    let message = json!({"messageId": team.say("before").await.expect("a message").id()});

    assert_eq!(boss.error("Chat.Message.get", message.clone()).await, "ACCESS_DENIED", "not in the chat");
    assert_eq!(boss.error("Chat.Message.getContext", message.clone()).await, "MESSAGE_ACCESS_DENIED");
    team.invite_bot("boss").await.expect("an invitation");
    let answer = boss.ok("Chat.Message.get", message.clone()).await;
    assert_eq!((&answer["message"]["text"], &answer["user"]["name"]), (&json!("before"), &json!("You")));
    assert_eq!(boss.error("Chat.Message.getContext", json!({"messageId": 999})).await, "MESSAGE_NOT_FOUND");
    for method in ["Chat.Message.get", "Chat.Message.getContext"] {
        let mut params = message.clone();
        params["botId"] = bot.id.into();
        assert_eq!(boss.error(method, params).await, "BOT_TYPE_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn the_context_of_a_message_is_what_stands_around_it() {
    let bot = V2::register(json!({"type": "personal"})).await;
    let chat = bot.dialog().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(chat.say(&format!("number {number}")).await.expect("a message").id().0);
    }
    let context = async |index: usize, range: u64| {
        let params = json!({"messageId": ids[index], "range": range});
        let answer = bot.ok("Chat.Message.getContext", params).await;
        let texts = answer["messages"].as_array().expect("messages").iter();
        let texts: Vec<String> = texts.map(|message| message["text"].to_string()).collect();
        (texts.join(" ").replace("number ", ""), answer["hasPrevPage"].clone(), answer["hasNextPage"].clone())
    };

    assert_eq!(context(2, 1).await, (r#""1" "2" "3""#.to_owned(), json!(true), json!(true)));
    assert_eq!(context(0, 1).await, (r#""0" "1""#.to_owned(), json!(false), json!(true)));
    assert_eq!(context(4, 50).await, (r#""0" "1" "2" "3" "4""#.to_owned(), json!(false), json!(false)));
}

#[tokio::test]
async fn a_bot_reads_up_to_a_message() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let (one, two) = (chat.say("one").await.expect("a message").id(), chat.say("two").await.expect("a message").id());

    let answer = bot.ok("Chat.Message.read", json!({"dialogId": 1, "messageId": one})).await;
    assert_eq!(
        (&answer["lastId"], &answer["counter"], &answer["viewedMessages"]),
        (&json!(one), &json!(1), &json!([one]))
    );
    let answer = bot.ok("Chat.Message.read", json!({"dialogId": 1})).await;
    assert_eq!(
        (&answer["lastId"], &answer["counter"], &answer["viewedMessages"]),
        (&json!(two), &json!(0), &json!([two]))
    );
    assert_eq!(answer["chatId"], json!(chat.id()));
    assert_eq!(bot.error("Chat.Message.read", json!({"dialogId": 1, "messageId": 999})).await, "MESSAGE_NOT_FOUND");
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let foreign = json!({"dialogId": format!("chat{}", team.id())});
    assert_eq!(bot.error("Chat.Message.read", foreign).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_bot_has_one_reaction_to_a_message() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let id = chat.say("hi").await.expect("a message").id();
    let reaction = |word: &str| json!({"messageId": id, "reaction": word});
    let likes = async || chat.last().await.expect("a message").likes().len();

    assert_eq!(bot.ok("Chat.Message.Reaction.add", reaction("like")).await, json!({"result": true}));
    assert_eq!(bot.error("Chat.Message.Reaction.add", reaction("like")).await, "REACTION_ALREADY_SET");
    assert_eq!(likes().await, 1);
    bot.ok("Chat.Message.Reaction.add", reaction("fire")).await;
    assert_eq!(likes().await, 0, "another one takes its place");
    bot.ok("Chat.Message.Reaction.delete", reaction("fire")).await;
    bot.ok("Chat.Message.Reaction.delete", reaction("fire")).await;
    for method in ["Chat.Message.Reaction.add", "Chat.Message.Reaction.delete"] {
        assert_eq!(bot.error(method, reaction("unicorn")).await, "REACTION_NOT_FOUND");
        assert_eq!(bot.error(method, json!({"messageId": 999, "reaction": "like"})).await, "ACCESS_DENIED");
    }
}

#[tokio::test]
async fn people_cannot_react_where_the_bot_does_not_want_it() {
    let bot = V2::register(json!({"isReactionsEnabled": false})).await;
    let chat = bot.dialog().await;
    let id = b24_portal::MessageId(bot.send(json!({"message": "take it or leave it"})).await);
    assert!(chat.like(id).await.expect_err("a refusal").to_string().contains("no reactions"));
    bot.ok("Bot.update", json!({"fields": {"isReactionsEnabled": true}})).await;
    chat.like(id).await.expect("a like");
}
