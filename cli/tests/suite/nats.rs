//! `b24 inbox` over a NATS server that a bot keeps its events on.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
    time::Duration,
};

use b24_storage::{End, Inbox, Nats, Room, Seal};
use tempfile::TempDir;
use tokio::{
    net::TcpStream,
    process::{Child, Command},
};

use crate::{
    inbox::delivery,
    program::{b24, program, run},
};

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address")
}

/// A server with the events of these bots: one that was set aside, and one that waits.
async fn server(folder: &Path, bots: &[&str]) -> (Child, String) {
    let address = free();
    let mut command = Command::new("nats-server");
    command.args(["--addr", "127.0.0.1", "--port", &address.port().to_string(), "--jetstream", "--store_dir"]);
    command.arg(folder).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().expect("nats-server is there: `cargo xtask test` installs it");
    let ready = async {
        while TcpStream::connect(address).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ready).await.expect("a server");
    let url = format!("nats://{address}");
    for bot in bots {
        let nats = Nats::connect(&url, bot, Seal::default()).await.expect("a connection");
        let inbox = nats.inbox(Room::default()).await.expect("streams");
        inbox.put(delivery("poison")).await.expect("kept");
        let taken = inbox.next().await.expect("an event");
        inbox.conclude(taken, End::Aside("the table is gone".to_owned())).await;
        inbox.stop();
        inbox.put(delivery("waiting")).await.expect("kept");
    }
    (child, url)
}

#[tokio::test]
async fn what_was_set_aside_on_a_server_is_listed_shown_and_replayed() {
    let folder = TempDir::new().expect("a folder");
    let (_server, url) = server(folder.path(), &["helpdesk"]).await;
    let inbox = async |arguments: &[&str]| b24(&[&["inbox", "--nats", &url], arguments].concat()).await;
    let list = inbox(&["list"]).await.well();
    assert!(list.contains("ONIMBOTMESSAGEADD") && list.contains("the table is gone"), "{list}");
    assert_eq!(inbox(&["list", "--waiting"]).await.well().lines().count(), 1);
    let show = inbox(&["show", "1", "--bot", "helpdesk"]).await.well();
    assert!(show.contains("data[PARAMS][MESSAGE] poison"), "{show}");
    assert!(show.contains("auth[access_token] ***") && !show.contains("secret"), "{show}");
    inbox(&["replay", "--all"]).await.well();
    assert_eq!(inbox(&["list"]).await.well(), "");
    assert_eq!(inbox(&["list", "--waiting"]).await.well().lines().count(), 2);
    let error = inbox(&["replay", "1"]).await.fails(1);
    assert!(error.contains("no event of the number 1 was set aside"), "{error}");
}

#[tokio::test]
async fn the_events_are_found_as_the_bot_finds_them() {
    let folder = TempDir::new().expect("a folder");
    let (_server, url) = server(folder.path(), &["helpdesk"]).await;
    std::fs::write(folder.path().join("b24.toml"), format!("nats_url = '{url}'\nstore = 'kept.db'")).expect("written");
    let in_folder = async |variable: Option<(&str, &str)>, arguments: &[&str]| {
        run(program().current_dir(folder.path()).envs(variable).args(["inbox", "list"]).args(arguments)).await
    };
    assert!(in_folder(None, &[]).await.well().contains("the table is gone"), "the file says so");
    let error = in_folder(None, &["--store", "other.db"]).await.fails(1);
    assert!(error.contains("other.db: there is no such file"), "{error}");
    let nowhere = format!("nats://ann:secret@{}", free());
    let error = in_folder(Some(("B24_NATS_URL", &nowhere)), &[]).await.fails(3);
    assert!(error.contains("the NATS server: no server answers at 127.0.0.1:"), "a variable counts more: {error}");
    assert!(!error.contains("secret"), "{error}");
    std::fs::write(folder.path().join("b24.toml"), "store = 'kept.db'").expect("written");
    let error = in_folder(None, &[]).await.fails(1);
    assert!(error.contains("kept.db: there is no such file"), "{error}");
}

#[tokio::test]
async fn which_bot_is_meant_must_be_told_where_there_are_several() {
    let folder = TempDir::new().expect("a folder");
    let (_server, url) = server(folder.path(), &["helpdesk", "weather"]).await;
    let list = async |arguments: &[&str]| b24(&[&["inbox", "list", "--nats", &url], arguments].concat()).await;
    let error = list(&[]).await.fails(2);
    assert!(error.contains("name one of the bots on the server with --bot: helpdesk, weather"), "{error}");
    assert!(list(&["--bot", "weather"]).await.well().contains("the table is gone"));
    let error = list(&["--bot", "whether"]).await.fails(1);
    assert!(
        error.contains("no bot with the code whether keeps its events there; these do: helpdesk, weather"),
        "{error}"
    );
}
