//! A bot of several processes, which share a NATS server.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use b24_portal::{NewApp, Portal};
use b24_runtime::{App, BotApi, Handling, Running, Settings, prelude::Failure};
use serde_json::Value;
use tokio::sync::Notify;

use super::{
    Notes, Script,
    server::{Server, free},
};
use crate::home::credentials;

/// A portal with an application, whose bot runs as often as a test likes.
struct Fleet {
    server: Server,
    portal: Portal,
    settings: Settings,
}

impl Fleet {
    async fn assemble() -> (Self, String) {
        let (server, portal) = (Server::start().await, Portal::start().await.unwrap());
        let app = portal.add_app(NewApp::new("Shared application"));
        let settings = Settings {
            nats_url: Some(server.url().as_str().into()),
            bot_api: Some(BotApi::V1),
            handling: Handling { pause: Duration::from_millis(1), ..Handling::default() },
            ..Settings::local(credentials(&portal, &app))
        };
        (Self { server, portal, settings }, app.client_id)
    }

    /// How often the authorization server was asked for tokens, since it has a rule to be slow.
    async fn purchases(&self) -> u64 {
        let rules = reqwest::get(format!("{}/api/faults", self.portal.url())).await.unwrap().text().await.unwrap();
        let rules: Value = serde_json::from_str(&rules).unwrap();
        rules[0]["struck"].as_u64().unwrap()
    }

    async fn run(&self, listen: SocketAddr, script: Script) -> Running {
        let settings = Settings { listen, ..self.settings.clone() };
        App::new(script, settings).start().await.unwrap()
    }
}

#[tokio::test]
async fn two_processes_share_the_work_and_a_dialog_keeps_its_order() {
    let (fleet, client_id) = Fleet::assemble().await;
    let notes = Notes::default();
    let noting = |name: &'static str| {
        let notes = notes.clone();
        Script::new(move |cx| {
            notes.add(format!("{} {}", cx.dialog(), cx.text()));
            async move { cx.reply(name).await }
        })
    };
    let first = fleet.run(free(), noting("one")).await;
    let second = fleet.run(free(), noting("two")).await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross"] {
        chats.push(fleet.portal.user(person).open("script").await.unwrap());
    }
    for number in 0..5 {
        for chat in &chats {
            chat.say(&number.to_string()).await.unwrap();
        }
    }
    fleet.portal.settled().await;
    first.settled().await;
    let notes = notes.all();
    assert_eq!(notes.len(), 20, "each is handled once");
    for chat in &chats {
        let dialog = format!("{} ", chat.messages()[0].author_id().0);
        let seen: Vec<&str> = notes.iter().filter_map(|note| note.strip_prefix(&dialog)).collect();
        assert_eq!(seen, ["0", "1", "2", "3", "4"]);
    }
    let answered = |name: &str| chats.iter().any(|chat| chat.messages().iter().any(|message| message.text() == name));
    assert!(answered("one") && answered("two"), "both work");
    drop((first, second, fleet.server));
}

#[tokio::test]
async fn what_a_process_leaves_behind_another_handles() {
    let (fleet, client_id) = Fleet::assemble().await;
    let begun = Arc::new(Notify::new());
    let hanging = Arc::clone(&begun);
    let first = fleet
        .run(
            free(),
            Script::new(move |_| {
                hanging.notify_one();
                std::future::pending()
            }),
        )
        .await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("hello").await.unwrap();
    begun.notified().await;
    drop(first);
    let second = fleet.run(free(), Script::new(|cx| async move { cx.reply(cx.text()).await })).await;
    second.settled().await;
    let said: Vec<String> = chat.messages().iter().map(|message| message.text().to_owned()).collect();
    assert_eq!(said, ["hello", "hello"]);
}

#[tokio::test]
async fn an_event_that_comes_twice_and_one_that_cannot_be_handled() {
    let (fleet, client_id) = Fleet::assemble().await;
    let notes = Notes::default();
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        let count = seen.add(cx.text());
        async move { if count <= 4 { Err(Failure::new("the table is gone")) } else { cx.reply(cx.text()).await } }
    });
    let bot = fleet.run(free(), script).await;
    fleet.portal.install(&client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    fleet.portal.faults().add("repeat on=ONIMBOTMESSAGEADD".parse().unwrap());
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("poison").await.unwrap();
    chat.say("next").await.unwrap();
    fleet.portal.settled().await;
    bot.settled().await;
    assert_eq!(notes.all(), ["poison", "poison", "poison", "poison", "next"]);
    let letters = bot.inbox().letters().await.unwrap();
    assert_eq!((letters.len(), letters[0].reason.as_str()), (1, "the table is gone"));
    assert!(bot.inbox().replay(letters[0].id).await.unwrap());
    assert_eq!(
        chat.wait(|message| message.text() == "poison" && message.author() == "Script").await.unwrap().text(),
        "poison"
    );
    assert!(bot.inbox().letters().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_process_that_starts_later_knows_the_portals_of_the_others() {
    let (fleet, client_id) = Fleet::assemble().await;
    let address = free();
    let echo = || Script::new(|cx| async move { cx.reply(cx.text()).await });
    let first = fleet.run(address, echo()).await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    first.shutdown().await;
    let second = fleet.run(address, echo()).await;
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("still here?").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "still here?");
    drop(second);
}

#[tokio::test]
async fn a_server_that_goes_away_and_comes_back_has_every_event_handled_once() {
    let (mut fleet, client_id) = Fleet::assemble().await;
    let (notes, begun, go) = (Notes::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let script = {
        let (notes, begun, go) = (notes.clone(), Arc::clone(&begun), Arc::clone(&go));
        Script::new(move |cx| {
            let (begun, go) = (Arc::clone(&begun), Arc::clone(&go));
            notes.add(cx.text());
            async move {
                begun.notify_one();
                go.notified().await;
                cx.reply(cx.text()).await
            }
        })
    };
    let bot = fleet.run(free(), script).await;
    fleet.portal.install(&client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    let chat = fleet.portal.user("Ann Lee").open("script").await.unwrap();
    for text in ["during", "waiting"] {
        chat.say(text).await.unwrap();
    }
    fleet.portal.settled().await;
    begun.notified().await;
    fleet.server.kill().await;
    go.notify_one();
    assert_eq!(chat.reply().await.unwrap().text(), "during");
    fleet.server.start_again().await;
    go.notify_one();
    // A server that was killed may take ten seconds to see that an event ended which it had not written down.
    bot.settled().await;
    assert_eq!(chat.last().await.unwrap().text(), "waiting");
    chat.say("after").await.unwrap();
    go.notify_one();
    assert_eq!(chat.reply().await.unwrap().text(), "after");
    bot.settled().await;
    assert_eq!(notes.all(), ["during", "waiting", "after"]);
}

#[tokio::test]
async fn a_server_that_cannot_be_used_is_told_with_the_reason() {
    let (fleet, _) = Fleet::assemble().await;
    let refusal = async |url: String| {
        let settings = Settings { nats_url: Some(url.as_str().into()), ..fleet.settings.clone() };
        App::new(Script::new(|_| async { Ok(()) }), settings).start().await.unwrap_err().to_string()
    };
    let nowhere = free();
    let message = refusal(format!("nats://ann:secret@{nowhere}")).await;
    assert!(message.contains(&format!("the NATS server: no server answers at {nowhere}")), "{message}");
    assert!(!message.contains("secret"), "{message}");
    let plain = Server::without_streams().await;
    let message = refusal(plain.url()).await;
    assert!(message.contains("has no JetStream for us: start it with `nats-server --jetstream`"), "{message}");
    let message = refusal("nats://".to_owned()).await;
    assert!(message.contains("its address cannot be read: it looks like nats://"), "{message}");
}

#[tokio::test]
async fn however_many_processes_find_the_token_expired_one_of_them_renews_it() {
    let (fleet, client_id) = Fleet::assemble().await;
    let named = |name: &'static str| Script::new(move |cx| async move { cx.reply(name).await });
    let first = fleet.run(free(), named("one")).await;
    fleet.portal.install(&client_id, first.handler_url()).await.unwrap();
    first.settled().await;
    // So that each has asked before any is answered, if it asks.
    fleet.portal.faults().add("delay=200ms on=oauth.token".parse().unwrap());

    // A process that starts calls with the token that it finds in the store.
    fleet.portal.advance(Duration::from_hours(2));
    let (second, third) = tokio::join!(fleet.run(free(), named("two")), fleet.run(free(), named("three")));
    second.settled().await;
    third.settled().await;
    assert_eq!(fleet.purchases().await, 1);

    // And processes that run find that their token has expired.
    fleet.portal.advance(Duration::from_hours(2));
    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross", "Ed Poe", "Flo Day"] {
        chats.push(fleet.portal.user(person).open("script").await.unwrap());
    }
    for _ in 0..5 {
        for chat in &chats {
            chat.say("hello").await.unwrap();
        }
    }
    fleet.portal.settled().await;
    first.settled().await;
    for chat in &chats {
        assert_eq!(chat.messages().iter().filter(|message| message.author() == "Script").count(), 5);
    }
    let answered = |name: &str| chats.iter().any(|chat| chat.messages().iter().any(|message| message.text() == name));
    assert!(["one", "two", "three"].into_iter().filter(|name| answered(name)).count() > 1, "several go on");
    assert_eq!(fleet.purchases().await, 2);

    // What was bought is in the store: the next to start has nothing to buy.
    let fourth = fleet.run(free(), named("four")).await;
    fourth.settled().await;
    assert_eq!(fleet.purchases().await, 2);
}
