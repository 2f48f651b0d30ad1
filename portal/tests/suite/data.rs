//! The state in a folder.

use std::{fs, path::Path};

use b24_portal::{DataError, Portal, StartError};
use serde_json::{Value, json};

use crate::bot::{Bot, fetch, http};

async fn start(folder: &Path) -> Result<Portal, StartError> {
    Portal::builder().data(folder).start().await
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A portal that will not start in this folder, and why.
async fn refused(folder: &Path) -> DataError {
    match start(folder).await {
        Err(StartError::Data(error)) => error,
        other => panic!("the folder should be refused: {other:?}"),
    }
}

/// Calls a method on a portal with a token of earlier days.
async fn call(portal: &Portal, token: &str, method: &str, mut params: Value) -> Value {
    params["auth"] = token.into();
    let request = http().post(format!("{}/rest/{method}", portal.url())).json(&params);
    request.send().await.expect("an answer").json().await.expect("JSON")
}

#[tokio::test]
async fn a_bot_keeps_working_with_a_portal_that_was_started_again() {
    let folder = folder();
    let bot = Bot::install_on(start(folder.path()).await.expect("a portal")).await;
    let id = bot.add_bot("echo", json!({})).await;
    let ann = bot.portal.user("Ann Lee").id();
    let chat = bot.portal.user("Ann Lee").open("echo").await.expect("a dialog");
    chat.say("hi").await.expect("a message");
    chat.send_file("a.txt", "hello", "").await.expect("a message");
    let (token, refresh, app) =
        (bot.token().to_owned(), bot.install.get("auth[refresh_token]").to_owned(), bot.app.clone());
    let member_id = bot.install.get("auth[member_id]").to_owned();
    let transcript = chat.transcript();
    drop((bot, chat));

    let portal = start(folder.path()).await.expect("a portal");
    let chat = portal.user("Ann Lee").open("echo").await.expect("the same dialog");
    assert_eq!(chat.transcript(), transcript);
    assert_eq!(portal.calls().len(), 0, "the journal does not last");
    let said = call(&portal, &token, "imbot.message.add", json!({"DIALOG_ID": ann, "MESSAGE": "back"})).await;
    assert!(said["result"].is_u64(), "{said}");
    assert_eq!(chat.transcript(), format!("{transcript}\nEchoBot: back"));
    let url = format!(
        "{}/oauth/token/?grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={refresh}",
        portal.url(),
        app.client_id,
        app.client_secret
    );
    let fresh: Value = fetch(url).await.expect("an answer").json().await.expect("JSON");
    assert_eq!(fresh["member_id"], member_id.as_str());
    let history = format!("{}/portal/history?user={ann}&dialog={id}", portal.url());
    let history: Value = fetch(history).await.expect("an answer").json().await.expect("JSON");
    let file = history["messages"][1]["files"][0]["urlDownload"].as_str().expect("an address");
    assert_eq!(fetch(file).await.expect("a file").text().await.expect("text"), "hello");
}

#[tokio::test]
async fn the_state_is_written_while_it_changes() {
    let folder = folder();
    let portal = start(folder.path()).await.expect("a portal");
    portal.user("Ann Lee");

    let written = || fs::read_to_string(folder.path().join("state.json")).is_ok_and(|state| state.contains("Ann"));
    while !written() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_no_file_has_any_more_leaves_the_folder() {
    let folder = folder();
    let portal = start(folder.path()).await.expect("a portal");
    let webhook = portal.webhook(&portal.admin(), ["disk", "im"]);
    let post = async |method: &str, params: Value| {
        let request = http().post(format!("{webhook}{method}")).json(&params);
        request.send().await.expect("an answer").json::<Value>().await.expect("JSON")["result"].take()
    };
    let root = post("disk.storage.getList", json!({})).await[0]["ROOT_OBJECT_ID"].take();
    let upload = |name: &str| json!({"id": root, "data": {"NAME": name}, "fileContent": [name, "aGVsbG8="]});
    let (one, other) =
        (post("disk.folder.uploadFile", upload("a")).await, post("disk.folder.uploadFile", upload("b")).await);
    let contents = || fs::read_dir(folder.path().join("files")).map_or(0, Iterator::count);

    post("disk.file.delete", json!({"id": one["ID"]})).await;
    drop(portal);
    assert_eq!(contents(), 1, "the other file has the same content");
    let portal = start(folder.path()).await.expect("a portal");
    let webhook = portal.webhook(&portal.admin(), ["disk"]);
    let delete = http().post(format!("{webhook}disk.file.delete")).json(&json!({"id": other["ID"]}));
    assert_eq!(delete.send().await.expect("an answer").status(), 200);
    drop(portal);
    assert_eq!(contents(), 0);
}

#[tokio::test]
async fn a_folder_is_used_by_one_portal() {
    let folder = folder();
    let portal = start(folder.path()).await.expect("a portal");
    let error = refused(folder.path()).await;
    assert!(matches!(error, DataError::Taken { .. }), "{error}");

    drop(portal);
    start(folder.path()).await.expect("the folder is free again");
}

#[tokio::test]
async fn a_broken_or_newer_state_is_told_and_stays() {
    let folder = folder();
    drop(start(folder.path()).await.expect("a portal"));
    let path = folder.path().join("state.json");
    let good = fs::read_to_string(&path).expect("a state");

    for broken in ["", "{", "[]", r#"{"format": 1}"#, r#"{"format": 1, "users": 5}"#, &good[..good.len() / 2]] {
        fs::write(&path, broken).expect("a file");
        let error = refused(folder.path()).await;
        assert!(matches!(error, DataError::Broken { .. }), "{broken}: {error}");
        assert!(error.to_string().contains("state.json"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("the file"), broken);
    }
    fs::write(&path, good.replacen("\"format\":1", "\"format\":2", 1)).expect("a file");
    assert!(matches!(refused(folder.path()).await, DataError::Format { format: 2, .. }));
    fs::write(&path, good).expect("a file");
    start(folder.path()).await.expect("what was good is good");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_told() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let error = refused(&file.join("inside")).await;
    assert!(matches!(error, DataError::Unusable { .. }), "{error}");
}
