//! The echo bot as a process of its own, which is killed.

use b24_portal::{Chat, NewApp, Portal};
use tempfile::TempDir;

use super::process::Process;

/// What the bot answered, in order.
pub(super) fn answers(chat: &Chat) -> Vec<u32> {
    let messages = chat.messages();
    let of_bot = messages.iter().filter(|message| message.author() == "EchoBot");
    of_bot.filter_map(|message| message.text().parse().ok()).collect()
}

/// Whether the bot answered everything that it acknowledged.
pub(super) fn assert_nothing_is_lost(portal: &Portal, chats: &[Chat]) {
    for (person, number) in acknowledged(portal) {
        let chat =
            chats.iter().find(|chat| chat.messages().iter().any(|message| message.author_id().0.to_string() == person));
        assert!(
            chat.is_some_and(|chat| answers(chat).contains(&number)),
            "/echo {number} of {person} was acknowledged and lost"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_killed_again_and_again_loses_nothing_that_it_acknowledged() {
    const ROUNDS: u32 = 3;
    const LINES: u32 = 4;
    let folder = TempDir::new().unwrap();
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Killed application"));
    let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut bot = Process::start(&portal, &app, listen, folder.path(), &[]).await;
    portal.install(&app.client_id, &format!("http://{listen}/")).await.unwrap();
    bot.settled().await;

    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross"] {
        let chat = portal.user(person).open("echobot").await.unwrap();
        chat.reply().await.unwrap();
        chats.push(chat);
    }
    for round in 0..ROUNDS {
        for line in 0..LINES {
            for chat in &chats {
                chat.say(&format!("/echo {}", round * LINES + line)).await.unwrap();
            }
        }
        // Killed while the last are still on their way to it.
        while acknowledged(&portal).len() < ((round + 1) * LINES * 4 - 6) as usize && !is_idle(&portal) {
            tokio::task::yield_now().await;
        }
        bot.kill().await;
        portal.settled().await;
        bot = Process::start(&portal, &app, listen, folder.path(), &[]).await;
    }
    bot.settled().await;

    let acknowledged = acknowledged(&portal);
    assert!(acknowledged.len() > 20, "{acknowledged:?}");
    for chat in &chats {
        let mut answers = answers(chat);
        answers.dedup();
        assert!(answers.is_sorted(), "{answers:?}");
    }
    assert_nothing_is_lost(&portal, &chats);
}

fn is_idle(portal: &Portal) -> bool {
    portal.events().iter().all(b24_portal::Entry::is_finished)
}

/// Who called `/echo` with which number, of the events that were answered with 200.
pub(super) fn acknowledged(portal: &Portal) -> Vec<(String, u32)> {
    let events = portal.events();
    let commands = events.iter().filter(|event| event.name() == "ONIMCOMMANDADD" && event.status() == Some(200));
    let read = |event: &b24_portal::Entry| {
        let params = &event.request()["data"]["PARAMS"];
        let user = params["FROM_USER_ID"].as_str().map_or_else(|| params["FROM_USER_ID"].to_string(), str::to_owned);
        let number = params["MESSAGE"].as_str()?.strip_prefix("/echo ")?.parse().ok()?;
        Some((user, number))
    };
    commands.filter_map(read).collect()
}
