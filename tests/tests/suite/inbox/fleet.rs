//! Three processes of a bot, one of which is killed.

use std::{net::SocketAddr, ops::Range, time::Duration};

use b24_portal::{NewApp, Portal};
use b24_runtime::storage::{Nats, NatsBeside, Seal};
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

use super::{
    killed::{acknowledged, answers, assert_nothing_is_lost},
    process::Process,
    server::{Server, free},
};

/// What stands before the processes: each connection goes to the next that answers.
async fn balance(listener: TcpListener, processes: Vec<SocketAddr>) {
    for turn in 0.. {
        let (mut caller, _) = listener.accept().await.unwrap();
        let mut processes = processes.clone();
        let count = processes.len();
        processes.rotate_left(turn % count);
        tokio::spawn(async move {
            for process in processes {
                if let Ok(mut process) = TcpStream::connect(process).await {
                    // Either side may hang up.
                    let _ = copy_bidirectional(&mut caller, &mut process).await;
                    return;
                }
            }
        });
    }
}

/// Waits until no process has anything to do.
async fn all_handled(beside: &NatsBeside) {
    let handled = async {
        while !beside.waiting().await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), handled).await.expect("everything is handled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_process_that_is_killed_has_acknowledged_the_others_handle_in_order() {
    const LINES: u32 = 12;
    let (server, folder, portal) = (Server::start().await, TempDir::new().unwrap(), Portal::start().await.unwrap());
    let app = portal.add_app(NewApp::new("Fleet application"));
    let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let handler = format!("http://{}/", front.local_addr().unwrap());
    let addresses = [free(), free(), free()];
    let balancing = tokio::spawn(balance(front, addresses.to_vec()));
    let url = server.url();
    let settings = [("B24_NATS_URL", url.as_str()), ("B24_HANDLER_URL", &handler)];
    let start = |listen| Process::start(&portal, &app, listen, folder.path(), &settings);
    let [first, second, third] = addresses;
    let (victim, second, third) = tokio::join!(start(first), start(second), start(third));
    portal.install(&app.client_id, &handler).await.unwrap();
    let nats = Nats::connect(&url, "echobot", Seal::default()).await.unwrap();
    let beside = nats.beside().await.unwrap();
    all_handled(&beside).await;

    let mut chats = Vec::new();
    for person in ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross", "Ed Poe", "Flo Day"] {
        let chat = portal.user(person).open("echobot").await.unwrap();
        chat.reply().await.unwrap();
        chats.push(chat);
    }
    // Each answer takes so long that the one to be killed is seen at work.
    portal.faults().add("delay=200ms on=imbot.*".parse().unwrap());
    let say = async |lines: Range<u32>| {
        for line in lines {
            for chat in &chats {
                chat.say(&format!("/echo {line}")).await.unwrap();
            }
        }
    };
    let kill = async {
        victim.wait(|line| line.strip_prefix("b24_handlers_running ").is_some_and(|running| running != "0")).await;
        victim.kill().await;
    };
    tokio::join!(say(0..LINES / 2), kill);
    say(LINES / 2..LINES).await;
    portal.settled().await;
    all_handled(&beside).await;

    assert!(acknowledged(&portal).len() > 40);
    assert_nothing_is_lost(&portal, &chats);
    for chat in &chats {
        let mut answers = answers(chat);
        assert!(answers.is_sorted(), "{answers:?}");
        let all = answers.len();
        answers.dedup();
        assert!(all - answers.len() <= 1, "only what was being handled may come twice: {answers:?}");
    }
    balancing.abort();
    drop((second, third));
}
