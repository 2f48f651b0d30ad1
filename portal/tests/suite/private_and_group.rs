use b24_portal::{NewApp, Portal};
use serde_json::json;

use crate::bot::{Bot, Event, listen};

#[tokio::test]
async fn opening_a_dialog_welcomes_once() {
    let (bot, id) = Bot::register("echo").await;
    let ann = bot.portal.user("Ann Lee");

    ann.open("echo").await.expect("a dialog");
    let event = bot.event().await;
    assert_eq!(event.name(), "ONIMBOTJOINCHAT");
    assert_eq!((event.param("CHAT_TYPE"), event.param("DIALOG_ID")), ("P", ann.id().to_string().as_str()));
    assert_eq!(
        (event.param("USER_ID"), event.param("BOT_ID")),
        (ann.id().to_string().as_str(), id.to_string().as_str())
    );
    assert_eq!(event.get("data[USER][NAME]"), "Ann Lee");

    ann.open("echo").await.expect("the dialog again");
    assert!(bot.all_events().await.is_empty());
}

#[tokio::test]
async fn every_message_in_a_private_dialog_goes_to_the_bot() {
    let (bot, id) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    let message = chat.say("what's new & 1+1?").await.expect("a message");
    let event = bot.event().await;
    assert_eq!(event.name(), "ONIMBOTMESSAGEADD");
    assert_eq!(event.param("MESSAGE"), "what's new & 1+1?");
    assert_eq!(event.param("MESSAGE_ID"), message.id().to_string());
    assert_eq!((event.param("FROM_USER_ID"), event.param("DIALOG_ID")), ("1", "1"));
    assert_eq!((event.param("TO_USER_ID"), event.param("CHAT_TYPE")), (id.to_string().as_str(), "P"));
    assert!(!event.has("data[PARAMS][MESSAGE_ORIGINAL]"), "group chats only");
    assert_eq!((event.get("data[USER][ID]"), event.get("data[USER][IS_BOT]")), ("1", "N"));
    assert_eq!(event.get("auth[user_id]"), "1");
    assert!(!event.get("event_handler_id").is_empty());
}

#[tokio::test]
async fn the_block_of_a_bot_has_its_own_token_flat_and_nested() {
    let (bot, id) = Bot::register("echo").await;
    bot.portal.admin().open("echo").await.expect("a dialog");

    let event = bot.event().await;
    let block = |name: &str| event.get(&format!("data[BOT][{id}]{name}")).to_owned();
    assert_eq!((block("[BOT_ID]"), block("[BOT_CODE]")), (id.to_string(), "echo".to_owned()));
    assert_eq!((block("[user_id]"), block("[client_id]")), (id.to_string(), bot.app.client_id.clone()));
    for key in ["access_token", "refresh_token", "domain", "member_id", "application_token", "client_endpoint"] {
        assert!(!block(&format!("[{key}]")).is_empty(), "{key}");
        assert_eq!(block(&format!("[{key}]")), block(&format!("[AUTH][{key}]")));
    }
    assert_ne!(block("[access_token]"), event.token());

    let url = format!("{}/rest/imbot.message.add?auth={}", bot.portal.url(), block("[access_token]"));
    assert_eq!(bot.post(&url, &json!({"DIALOG_ID": 1, "MESSAGE": "hi"})).await.0, 200);
}

#[tokio::test]
async fn a_group_is_heard_when_the_bot_is_mentioned() {
    let (bot, id) = Bot::register("echo").await;
    let (ann, bob) = (bot.portal.user("Ann Lee"), bot.portal.user("Bob Roe"));
    let team = ann.group("Team", [&bob]).await.expect("a chat");
    team.invite_bot("echo").await.expect("an invitation");
    let joined = bot.event().await;
    assert_eq!((joined.name(), joined.param("CHAT_TYPE")), ("ONIMBOTJOINCHAT", "C"));
    assert_eq!(joined.param("DIALOG_ID"), format!("chat{}", team.id()));

    team.say("just us").await.expect("a message");
    let text = format!("[USER={id}]EchoBot[/USER], how much?");
    team.say(&text).await.expect("a message");

    let event = bot.event().await;
    assert_eq!((event.param("MESSAGE"), event.param("MESSAGE_ORIGINAL")), ("how much?", text.as_str()));
    assert_eq!(event.param("TO_USER_ID"), id.to_string());
    assert_eq!((event.param("CHAT_TITLE"), event.param("TO_CHAT_ID")), ("Team", team.id().to_string().as_str()));
    assert_eq!(event.get(&format!("data[PARAMS][MENTIONED_LIST][{id}]")), id.to_string());
    assert!(bot.all_events().await.is_empty(), "what was said among people stays there");
}

#[tokio::test]
async fn a_supervisor_hears_everything() {
    let bot = Bot::install().await;
    bot.add_bot("boss", json!({"TYPE": "S"})).await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    team.invite_bot("boss").await.expect("an invitation");
    bot.event().await;

    team.say("just us").await.expect("a message");
    let event = bot.event().await;
    assert_eq!((event.param("MESSAGE"), event.param("TO_USER_ID")), ("just us", "0"));
}

#[tokio::test]
async fn bots_of_one_application_share_a_request() {
    let bot = Bot::install().await;
    let (one, two) = (bot.add_bot("one", json!({})).await, bot.add_bot("two", json!({})).await);
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    for code in ["one", "two"] {
        team.invite_bot(code).await.expect("an invitation");
        bot.event().await;
    }

    team.say(&format!("[USER={one}]A[/USER] [USER={two}]B[/USER] hello")).await.expect("a message");
    let event = bot.event().await;
    assert_eq!(event.param("MESSAGE"), "hello");
    assert_eq!(event.get(&format!("data[BOT][{one}][BOT_CODE]")), "one");
    assert_eq!(event.get(&format!("data[BOT][{two}][BOT_CODE]")), "two");
    assert!(bot.all_events().await.is_empty());
}

#[tokio::test]
async fn bots_do_not_hear_bots() {
    let bot = Bot::install().await;
    let (one, two) = (bot.add_bot("one", json!({"TYPE": "S"})).await, bot.add_bot("two", json!({"TYPE": "S"})).await);
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    for code in ["one", "two"] {
        team.invite_bot(code).await.expect("an invitation");
        bot.event().await;
    }

    let params = json!({"BOT_ID": one, "DIALOG_ID": format!("chat{}", team.id()), "MESSAGE": format!("[USER={two}]B[/USER] hi")});
    bot.ok("imbot.message.add", params).await;
    assert!(bot.all_events().await.is_empty());
}

/// What a bot hears of an edit and a deletion in its private dialog.
async fn changes_heard(bot: &Bot, code: &str) -> Vec<Event> {
    let chat = bot.portal.admin().open(code).await.expect("a dialog");
    let message = chat.say("tpyo").await.expect("a message").id();
    bot.all_events().await;
    chat.edit(message, "typo").await.expect("an edit");
    chat.delete(message).await.expect("a deletion");
    let events = bot.all_events().await;
    assert!(events.iter().all(|event| event.param("MESSAGE_ID") == message.to_string()));
    events
}

#[tokio::test]
async fn a_plain_bot_hears_of_edits_and_deletions_only_after_an_update() {
    let (bot, id) = Bot::register("echo").await;
    assert!(changes_heard(&bot, "echo").await.is_empty(), "the addresses of the registration are ignored");

    let fields = json!({"EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "EchoBot"}});
    bot.ok("imbot.update", json!({"BOT_ID": id, "FIELDS": fields})).await;
    let events = changes_heard(&bot, "echo").await;
    let names: Vec<_> = events.iter().map(Event::name).collect();
    assert_eq!(names, ["ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE"]);
    assert_eq!(events[0].param("MESSAGE"), "typo");
    assert_eq!(events[1].param("MESSAGE"), "This message has been deleted.");
}

#[tokio::test]
async fn a_supervisor_and_a_bot_of_open_lines_hear_of_them_from_the_start() {
    let bot = Bot::install().await;
    bot.add_bot("boss", json!({"TYPE": "S"})).await;
    bot.add_bot("line", json!({"TYPE": "O"})).await;
    bot.add_bot("both", json!({"OPENLINE": "Y"})).await;
    for code in ["boss", "line", "both"] {
        assert_eq!(changes_heard(&bot, code).await.len(), 2, "{code}");
    }
}

#[tokio::test]
async fn who_asked_for_no_changes_hears_of_none() {
    let bot = Bot::install().await;
    let silent = json!({
        "CODE": "silent", "TYPE": "S", "PROPERTIES": {"NAME": "Silent"},
        "EVENT_MESSAGE_ADD": bot.handler, "EVENT_WELCOME_MESSAGE": bot.handler, "EVENT_BOT_DELETE": bot.handler,
    });
    bot.ok("imbot.register", silent).await;
    assert!(changes_heard(&bot, "silent").await.is_empty());
}

#[tokio::test]
async fn nothing_arrives_before_the_installation_is_finished() {
    let portal = Portal::start().await.expect("a portal");
    let app = portal.add_app(NewApp::new("Slow"));
    let (handler, mut events) = listen().await;
    // Nobody listens there: the installation fails after the tokens went out, as if it was never finished.
    portal.install(&app.client_id, "http://127.0.0.1:1/").await.expect_err("a failure");
    let sent = &portal.events()[0];
    let token = sent.request()["auth"]["access_token"].as_str().expect("a token");

    let url = format!("{}/rest/imbot.register?auth={token}", portal.url());
    let (status, _) = Bot::install()
        .await
        .post(&url, &json!({"CODE": "echo", "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "E"}}))
        .await;
    assert_eq!(status, 200);
    portal.admin().open("echo").await.expect("a dialog").say("hello?").await.expect("a message");
    portal.settled().await;
    assert!(events.try_recv().is_err());
}

#[tokio::test]
async fn what_is_not_answered_with_200_is_lost_and_the_journal_says_so() {
    let bot = Bot::install().await;
    bot.add_bot("echo", json!({"EVENT_HANDLER": "http://127.0.0.1:1/"})).await;
    bot.portal.admin().open("echo").await.expect("a dialog");

    let entry = bot.portal.wait_event("ONIMBOTJOINCHAT").await.expect("an entry");
    assert_eq!(entry.status(), None);
    assert!(entry.error().is_some_and(|error| error.starts_with("lost: ")), "{entry}");
    assert_eq!(bot.portal.events().len(), 2, "the installation and one try");
}

#[tokio::test]
async fn a_bot_that_a_person_deletes_is_told() {
    let (bot, id) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    bot.portal.admin().delete_bot("echo").await.expect("a deletion");
    let event = bot.event().await;
    assert_eq!((event.name(), event.get("data[BOT_ID]")), ("ONIMBOTDELETE", id.to_string().as_str()));
    assert_eq!(event.get("data[BOT_CODE]"), "echo");
    assert!(chat.say("still there?").await.is_err());
}
