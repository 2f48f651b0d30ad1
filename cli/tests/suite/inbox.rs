//! `b24 inbox` over a file that a bot could have left.

use b24_storage::{Database, Delivery, Encoding, End, Inbox, Key, Room, Seal};

use tempfile::TempDir;

use crate::program::b24;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) fn delivery(text: &str) -> Delivery {
    Delivery {
        portal: "a1b2".to_owned(),
        dialog: "7".to_owned(),
        event: "ONIMBOTMESSAGEADD".to_owned(),
        identity: text.to_owned(),
        received: "2026-03-01T12:00:00Z".parse().expect("an instant"),
        attempts: 0,
        encoding: Encoding::Form,
        body: format!("event=ONIMBOTMESSAGEADD&data%5BPARAMS%5D%5BMESSAGE%5D={text}&auth%5Baccess_token%5D=secret")
            .into(),
        read: None,
    }
}

/// A file with an event that was set aside, and one that waits.
async fn file(folder: &TempDir, key: Option<&Key>) -> String {
    let path = folder.path().join("b24.db");
    let inbox = Database::open(&path, Seal::new(key), Room::default()).expect("a file").inbox();
    inbox.put(delivery("poison")).await.expect("kept");
    let taken = inbox.next().await.expect("an event");
    inbox.conclude(taken, End::Aside("the table is gone".to_owned())).await;
    inbox.put(delivery("waiting")).await.expect("kept");
    inbox.flush().await;
    path.display().to_string()
}

#[tokio::test]
async fn what_was_set_aside_is_listed_shown_and_replayed() {
    let folder = TempDir::new().expect("a folder");
    let store = file(&folder, None).await;
    let inbox = async |arguments: &[&str]| b24(&[&["inbox", "--store", &store], arguments].concat()).await;
    let list = inbox(&["list"]).await.well();
    assert!(list.contains("ONIMBOTMESSAGEADD") && list.contains("the table is gone"), "{list}");
    assert_eq!(inbox(&["list", "--waiting"]).await.well().lines().count(), 1);
    let show = inbox(&["show", "1"]).await.well();
    assert!(show.contains("data[PARAMS][MESSAGE] poison"), "{show}");
    assert!(show.contains("auth[access_token] ***") && !show.contains("secret"), "{show}");
    inbox(&["replay", "1"]).await.well();
    assert_eq!(inbox(&["list"]).await.well(), "");
    assert_eq!(inbox(&["list", "--waiting"]).await.well().lines().count(), 2);
    let error = inbox(&["replay", "1"]).await.fails(1);
    assert!(error.contains("no event of the number 1 was set aside"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_encrypted_is_read_with_its_key_alone() {
    let folder = TempDir::new().expect("a folder");
    let store = file(&folder, Some(&KEY.parse().expect("a key"))).await;
    let error = b24(&["inbox", "show", "1", "--store", &store]).await.fails(1);
    assert!(error.contains("set B24_STORE_KEY"), "{error}");
    assert!(b24(&["inbox", "show", "1", "--store", &store, "--store-key", KEY]).await.well().contains("poison"));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made() {
    let error = b24(&["inbox", "list", "--store", "nowhere.db"]).await.fails(1);
    assert!(error.contains("nowhere.db: there is no such file"), "{error}");
}
