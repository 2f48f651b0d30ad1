use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    bot::Bot,
    desk::Desk,
    person::{Person, dialog},
};

/// What the bot has heard, by the names of the events.
async fn heard(app: &Bot) -> Vec<String> {
    app.all_events().await.iter().map(|event| event.name().to_owned()).collect()
}

#[tokio::test]
async fn the_bot_of_a_line_comes_first_and_hears_the_client() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    let joined = app.event().await;
    assert_eq!(joined.name(), "ONIMBOTJOINCHAT");
    assert_eq!((joined.param("CHAT_TYPE"), joined.param("CHAT_ENTITY_TYPE")), ("L", "LINES"));
    assert_eq!(joined.get("data[USER][NAME]"), "Eve Fox");

    let message = app.event().await;
    assert_eq!((message.name(), message.param("MESSAGE")), ("ONIMBOTMESSAGEADD", "hello"));
    assert_eq!((message.param("MESSAGE_TYPE"), message.param("CHAT_TYPE")), ("L", "L"));
    assert_eq!(message.param("DIALOG_ID"), dialog(chat));
    assert_eq!(message.param("CHAT_ENTITY_TYPE"), "LINES");
    let code = format!("livechat|{}|{}|", desk.line.id(), client.id());
    assert!(message.param("CHAT_ENTITY_ID").starts_with(&code), "{}", message.param("CHAT_ENTITY_ID"));
    assert!(message.param("CHAT_ENTITY_DATA_1").starts_with("N|NONE|0|N|N|1|"));
    assert_eq!((message.get("data[USER][IS_CONNECTOR]"), message.get("data[USER][IS_BOT]")), ("Y", "N"));
    assert!(message.has(&format!("data[BOT][{bot}][BOT_CODE]")));
    assert!(!desk.has(chat, desk.ann.id()).await, "no operator is asked yet");
}

#[tokio::test]
async fn what_the_bot_says_reaches_the_client_and_its_buttons_reach_the_bot() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    app.add_command(bot, "menu", json!({})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    let keyboard = json!([{"TEXT": "Prices", "COMMAND": "menu", "COMMAND_PARAMS": "prices"}]);
    let said = json!({"DIALOG_ID": dialog(chat), "MESSAGE": "How can I help?", "KEYBOARD": keyboard});
    let message = app.ok("imbot.message.add", said).await;
    app.all_events().await;

    let last = client.last().await.expect("a message");
    assert_eq!((last.author(), last.text()), ("EchoBot", "How can I help?"));
    client.press("Prices").await.expect("a press");
    let pressed = app.event().await;
    assert_eq!((pressed.name(), pressed.command("COMMAND_PARAMS")), ("ONIMCOMMANDADD", "prices"));
    assert_eq!(
        (pressed.command("MESSAGE_ID"), pressed.param("DIALOG_ID")),
        (message.to_string().as_str(), dialog(chat).as_str())
    );

    app.ok("imbot.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "Gone", "KEYBOARD": "N"})).await;
    let last = client.last().await.expect("a message");
    assert_eq!((last.text(), last.buttons().len()), ("Gone", 0));
}

#[tokio::test]
async fn a_bot_may_say_what_only_operators_read() {
    let desk = Desk::open().await;
    let (app, _) = desk.bot().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    let said = json!({"DIALOG_ID": dialog(chat), "MESSAGE": "a regular", "SKIP_CONNECTOR": "Y"});
    app.ok("imbot.message.add", said).await;
    assert_eq!(client.transcript(), "Eve Fox: hello");
}

#[tokio::test]
async fn a_bot_lets_the_queue_have_the_conversation() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let operator = |chat: u64| app.call("imopenlines.bot.session.operator", json!({"CHAT_ID": chat}));

    assert_eq!(operator(chat).await.1["result"], true);
    assert!(desk.has(chat, desk.ann.id()).await && desk.has(chat, bot).await, "the bot listens until the end");
    let (status, answer) = operator(chat).await;
    assert_eq!((status, &answer["error"]), (400, &json!("WRONG_CHAT")), "no bot has it any more");
    assert_eq!(app.error("imopenlines.bot.session.operator", json!({})).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn a_bot_may_have_to_leave_when_it_hands_over() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    desk.line.set("WELCOME_BOT_LEFT", "queue");
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    app.ok("imopenlines.bot.session.operator", json!({"CHAT_ID": chat})).await;
    app.all_events().await;

    assert!(!desk.has(chat, bot).await);
    client.say("anybody?").await.expect("a message");
    assert_eq!(heard(&app).await, [""; 0]);
}

#[tokio::test]
async fn a_bot_hands_a_conversation_to_an_operator_and_stays_until_it_is_taken() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    desk.line.set("WELCOME_BOT_LEFT", "queue");
    let (_, chat) = desk.client("Eve Fox", "hello").await;

    let params = json!({"CHAT_ID": chat, "USER_ID": desk.bob.id(), "LEAVE": "N"});
    assert_eq!(app.ok("imopenlines.bot.session.transfer", params).await, true);
    assert!(desk.has(chat, desk.bob.id()).await && desk.has(chat, bot).await);
    desk.bob.ok("imopenlines.operator.answer", json!({"CHAT_ID": chat})).await;
    assert!(!desk.has(chat, bot).await);
}

#[tokio::test]
async fn a_bot_hands_a_conversation_on_and_leaves_at_once() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let cid = desk.ann.colleague("Cid Poe");
    let sales = desk.portal.line("Sales", [&cid.user]).await.expect("a line");
    let (_, chat) = desk.client("Eve Fox", "hello").await;

    let params = json!({"CHAT_ID": chat, "TRANSFER_ID": format!("queue{}", sales.id()), "LEAVE": "Y"});
    app.ok("imopenlines.bot.session.transfer", params).await;
    assert!(desk.has(chat, cid.id()).await && !desk.has(chat, bot).await);
}

#[tokio::test]
async fn a_bot_hands_nothing_to_bots_guests_and_strangers() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let guest = desk.ann.guest("Dan Out");
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    for target in
        [json!({"USER_ID": bot}), json!({"USER_ID": guest.id()}), json!({"USER_ID": 999}), json!({"QUEUE_ID": 99})]
    {
        let mut params = target.clone();
        params["CHAT_ID"] = chat.into();
        assert_eq!(app.error("imopenlines.bot.session.transfer", params).await, "OPERATOR_WRONG", "{target}");
    }
    assert_eq!(app.error("imopenlines.bot.session.transfer", json!({"CHAT_ID": chat})).await, "TRANSFER_ID_EMPTY");
    let params = json!({"CHAT_ID": chat, "USER_ID": 0});
    assert_eq!(app.error("imopenlines.bot.session.transfer", params).await, "USER_ID_EMPTY");
}

#[tokio::test]
async fn a_bot_ends_a_conversation_and_is_out_of_the_chat() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(app.ok("imopenlines.bot.session.finish", json!({"CHAT_ID": chat})).await, true);
    assert!(desk.line.conversations().is_empty() && !desk.has(chat, bot).await);
    assert_eq!(app.error("imopenlines.bot.session.finish", json!({"CHAT_ID": 0})).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn a_bot_greets_with_the_words_of_the_line_or_with_its_own() {
    let desk = Desk::open().await;
    let (app, _) = desk.bot().await;
    desk.set(json!({"WELCOME_MESSAGE_TEXT": "welcome"})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    for (name, message) in [("WELCOME", "not this"), ("DEFAULT", "own words"), ("DEFAULT", "")] {
        let params = json!({"CHAT_ID": chat, "NAME": name, "MESSAGE": message});
        assert_eq!(app.ok("imopenlines.bot.session.message.send", params).await, true);
    }
    assert_eq!(client.transcript(), "Eve Fox: hello\nEchoBot: welcome\nEchoBot: own words");
}

#[tokio::test]
async fn whoever_says_zero_to_a_bot_gets_an_operator() {
    let desk = Desk::open().await;
    let (app, _) = desk.bot().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    client.say("0").await.expect("a message");
    assert!(desk.has(chat, desk.ann.id()).await);
    assert_eq!(
        heard(&app).await,
        ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEADD"],
        "the bot hears it too"
    );
}

#[tokio::test]
async fn a_bot_has_its_time_and_then_the_queue_is_asked() {
    let desk = Desk::open().await;
    desk.bot().await;
    desk.set(json!({"WELCOME_BOT_TIME": 180})).await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    desk.portal.advance(Duration::from_secs(179));
    assert!(!desk.has(chat, desk.ann.id()).await);
    desk.portal.advance(Duration::from_secs(2));
    assert!(desk.has(chat, desk.ann.id()).await);
}

#[tokio::test]
async fn the_conversations_of_a_bot_that_is_taken_away_go_to_the_queue() {
    let desk = Desk::open().await;
    let (app, bot) = desk.bot().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    app.ok("imbot.unregister", json!({"BOT_ID": bot})).await;
    desk.portal.advance(Duration::from_secs(1));
    assert!(desk.has(chat, desk.ann.id()).await);
}

#[tokio::test]
async fn a_bot_may_be_wanted_in_the_first_conversation_only() {
    for (join, expected) in [("always", true), ("first", false)] {
        let desk = Desk::open().await;
        let (app, bot) = desk.bot().await;
        desk.set(json!({"WELCOME_BOT_JOIN": join})).await;
        let (client, chat) = desk.client("Eve Fox", "hello").await;
        app.ok("imopenlines.bot.session.finish", json!({"CHAT_ID": chat})).await;
        client.say("again").await.expect("a message");
        assert_eq!(desk.has(chat, bot).await, expected, "{join}");
    }
}

#[tokio::test]
async fn a_bot_that_does_not_support_lines_is_left_out() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    app.add_bot("plain", json!({"TYPE": "B"})).await;
    desk.line.welcome_with("plain").expect("a bot");
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert!(desk.has(chat, desk.ann.id()).await);
    assert_eq!(heard(&app).await, [""; 0]);
}

#[tokio::test]
async fn a_hybrid_bot_hears_clients_without_being_mentioned() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    app.add_bot("hybrid", json!({"TYPE": "B", "OPENLINE": "Y"})).await;
    desk.line.welcome_with("hybrid").expect("a bot");
    desk.client("Eve Fox", "hello").await;
    assert_eq!(heard(&app).await, ["ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"]);
}

#[tokio::test]
async fn a_bot_does_nothing_with_conversations_of_others() {
    let desk = Desk::open().await;
    desk.bot().await;
    let other = desk.app().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    for method in ["transfer", "finish"] {
        let method = format!("imopenlines.bot.session.{method}");
        let params = json!({"CHAT_ID": chat, "USER_ID": desk.bob.id()});
        assert_eq!(other.error(&method, params.clone()).await, "BOT_ID_ERROR", "{method}: it has no bot");
        let bot = other.add_bot("other", json!({"TYPE": "O"})).await;
        assert_eq!(other.error(&method, params).await, "BOT_ID_ERROR", "{method}: its bot is another");
        other.ok("imbot.unregister", json!({"BOT_ID": bot})).await;
    }
    assert_eq!(other.error("imopenlines.bot.session.operator", json!({"CHAT_ID": chat})).await, "BOT_ID_ERROR");
    let params = json!({"CHAT_ID": chat, "NAME": "DEFAULT", "MESSAGE": "let me in"});
    assert_eq!(other.ok("imopenlines.bot.session.message.send", params).await, true, "the answer does not tell");
    assert_eq!(client.transcript(), "Eve Fox: hello");
    let params = json!({"DIALOG_ID": dialog(chat), "MESSAGE": "let me in"});
    other.add_bot("other", json!({"TYPE": "O"})).await;
    assert_eq!(other.error("imbot.message.add", params).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn a_bot_of_the_second_api_hears_clients_too() {
    let desk = Desk::open().await;
    let app = desk.app().await;
    let fields = json!({
        "code": "line", "type": "bot", "isSupportOpenline": true, "eventMode": "webhook", "webhookUrl": app.handler,
        "properties": {"name": "Line bot"},
    });
    app.ok("imbot.v2.Bot.register", json!({"fields": fields})).await;
    desk.line.welcome_with("line").expect("a bot");
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    let joined = app.event().await;
    assert_eq!((joined.name(), joined.get("data[chat][entityType]")), ("ONIMBOTV2JOINCHAT", "LINES"));
    let message = app.event().await;
    assert_eq!((message.name(), message.get("data[message][text]")), ("ONIMBOTV2MESSAGEADD", "hello"));
    assert_eq!(message.get("data[message][chatId]"), chat.to_string());
    assert_eq!(message.get("data[user][connector]"), "1");

    let bot: u64 = message.get("data[bot][id]").parse().expect("an id");
    let said = json!({"botId": bot, "dialogId": dialog(chat), "fields": {"message": "hi", "skipConnector": true}});
    app.ok("imbot.v2.Chat.Message.send", said.clone()).await;
    assert_eq!(client.transcript(), "Eve Fox: hello");
    let mut open = said;
    open["fields"]["skipConnector"] = false.into();
    app.ok("imbot.v2.Chat.Message.send", open).await;
    assert_eq!(client.last().await.expect("a message").text(), "hi");
    assert_eq!(app.ok("imopenlines.bot.session.operator", json!({"CHAT_ID": chat})).await, true);
}

#[tokio::test]
async fn a_webhook_client_says_whose_bot_it_is() {
    let desk = Desk::open().await;
    let caller = Person::with_scopes(&desk.portal, desk.portal.admin(), &["imbot", "imopenlines"]);
    let (handler, _events) = crate::bot::listen().await;
    let params = json!({
        "CODE": "hook", "TYPE": "O", "CLIENT_ID": "mine", "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "Hook"},
    });
    caller.ok("imbot.register", params).await;
    desk.line.welcome_with("hook").expect("a bot");
    let (_, chat) = desk.client("Eve Fox", "hello").await;

    let finish = |client: Value| {
        let mut params = json!({"CHAT_ID": chat});
        if client.is_string() {
            params["CLIENT_ID"] = client;
        }
        params
    };
    let method = "imopenlines.bot.session.finish";
    assert_eq!(caller.error(method, finish(json!("yours"))).await, "BOT_ID_ERROR");
    assert_eq!(caller.error(method, finish(Value::Null)).await, "ACCESS_DENIED");
    assert_eq!(caller.ok(method, finish(json!("mine"))).await, true);
}
