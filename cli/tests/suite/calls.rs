//! `b24 call`: what is sent, and what is shown of the answer.

use std::fs;

use b24_portal::{Kind, Limits, Portal, RateLimit};
use serde_json::{Value, json};

use crate::{
    echo::Echo,
    program::{b24, b24_on, port, program, run},
};

async fn portal() -> Portal {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["im", "imbot", "user"]);
    portal
}

/// The parameters of the last call, as the portal got them.
fn last_request(portal: &Portal) -> Value {
    portal.calls().last().expect("a call").request().clone()
}

#[tokio::test]
async fn the_local_portal_is_found_by_itself_and_answers() {
    let portal = portal().await;
    let profile = b24_on(&portal, "call", &["PROFILE"]).await.json();
    assert_eq!((&profile["ID"], &profile["ADMIN"]), (&json!("1"), &json!(true)));
}

#[tokio::test]
async fn arguments_become_what_the_method_takes() {
    let portal = portal().await;
    portal.user("Ann Lee");
    let chat = b24_on(&portal, "call", &["im.chat.add", "title=Release", "TYPE=OPEN", "USERS=1,2", "COLOR=mint"]).await;
    assert!(chat.json().as_u64().is_some_and(|chat| chat > 0));
    let sent = last_request(&portal);
    assert_eq!((&sent["TITLE"], &sent["USERS"]), (&json!("Release"), &json!([1, 2])));
    assert_eq!(portal.admin().id().0, 1);
}

#[tokio::test]
async fn nested_values_lists_and_files_reach_the_portal_whole() {
    let echo = Echo::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (photo, text) = (folder.path().join("face.png"), folder.path().join("text.txt"));
    fs::write(&photo, [137, 80, 78, 71]).expect("a file");
    fs::write(&text, "two\nlines\n").expect("a file");
    let arguments = [
        "imbot.update".to_owned(),
        "--dry-run".to_owned(),
        format!("BOT_ID={}", echo.id),
        "FIELDS.EVENT_HANDLER=http://127.0.0.1:9/".to_owned(),
        "FIELDS.PROPERTIES.NAME=Other".to_owned(),
        "FIELDS[PROPERTIES][COLOR]=RED".to_owned(),
        format!("FIELDS.PROPERTIES.PERSONAL_PHOTO=@{}", photo.display()),
    ];
    let shown = b24_on(&echo.portal, "call", &arguments.iter().map(String::as_str).collect::<Vec<_>>()).await.well();
    let body: Value = body(&shown);
    let properties = &body["FIELDS"]["PROPERTIES"];
    assert_eq!(properties, &json!({"NAME": "Other", "COLOR": "RED", "PERSONAL_PHOTO": "iVBORw=="}));

    let message = format!("MESSAGE=@{}", text.display());
    let attach = ["ATTACH[0][MESSAGE]=a", "ATTACH[].MESSAGE=b"];
    let arguments = [&["im.message.add", "DIALOG_ID=1", &message, "--dry-run"][..], &attach[..]].concat();
    let shown = b24_on(&echo.portal, "call", &arguments).await.well();
    let body: Value = self::body(&shown);
    assert_eq!(
        (&body["MESSAGE"], &body["ATTACH"]),
        (&json!("two\nlines"), &json!([{"MESSAGE": "a"}, {"MESSAGE": "b"}]))
    );
}

/// The body in what a dry run shows.
fn body(shown: &str) -> Value {
    let start = shown.find("\n\n").expect("a head") + 2;
    let end = shown.rfind("\n\ncurl").expect("a line for curl");
    serde_json::from_str(&shown[start..end]).expect("JSON")
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_its_curl_line_does_the_same_call() {
    let portal = portal().await;
    let shown = b24_on(&portal, "call", &["im.chat.add", "TITLE=It's new", "USERS[]=1", "--dry-run"]).await.well();
    assert!(portal.calls().is_empty(), "{shown}");
    let curl = shown.lines().last().expect("a line");
    let ran = run(tokio::process::Command::new("sh").args(["-c", curl])).await;
    assert!(ran.json()["result"].is_u64());
    assert_eq!(last_request(&portal), json!({"TITLE": "It's new", "USERS": [1]}));
}

#[tokio::test]
async fn a_file_with_fields_is_overridden_by_arguments() {
    let portal = portal().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("chat.json");
    fs::write(&file, r#"{"TYPE": "CHAT", "TITLE": "Private chat", "USERS": [1, 2]}"#).expect("a file");
    let file = file.to_str().expect("a path");
    b24_on(&portal, "call", &["im.chat.add", "--fields", file, "TITLE=Another", "USERS[]=1"]).await.well();
    assert_eq!(last_request(&portal), json!({"TYPE": "CHAT", "TITLE": "Another", "USERS": [1]}));
    b24_on(&portal, "call", &["im.chat.add", "--fields", "{'TYPE':'CHAT','TITLE':'Quoted'}"]).await.well();
    assert_eq!(last_request(&portal), json!({"TYPE": "CHAT", "TITLE": "Quoted"}));
    let missing = b24_on(&portal, "call", &["im.chat.add", "--fields", "nothing.json"]).await.fails(2);
    assert!(missing.contains("cannot read nothing.json"), "{missing}");
}

#[tokio::test]
async fn a_refusal_tells_what_the_spec_knows_of_it() {
    let portal = portal().await;
    let refused = b24_on(&portal, "call", &["im.dialog.get", "DIALOG_ID=chat99"]).await;
    assert_eq!(refused.out, "");
    let told = refused.fails(1);
    assert!(told.starts_with("error: im.dialog.get was refused with "), "{told}");
    assert!(told.contains("The portal says: "), "{told}");
    let raw = b24_on(&portal, "call", &["im.dialog.get", "DIALOG_ID=chat99", "-o", "raw"]).await;
    assert!(serde_json::from_str::<Value>(&raw.out).is_ok_and(|answer| answer["error"].is_string()), "{raw:?}");
    raw.fails(1);
}

#[tokio::test]
async fn a_scope_that_is_missing_is_explained() {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["im"]);
    let told = b24_on(&portal, "call", &["user.get"]).await.fails(1);
    assert!(told.contains("insufficient_scope"), "{told}");
    assert!(told.lines().count() >= 3, "{told}");
}

#[tokio::test]
async fn nobody_there_has_a_code_of_its_own() {
    let gone = portal().await;
    let port = port(&gone).to_owned();
    drop(gone);
    let told = b24(&["call", "profile", "--port", &port]).await.fails(3);
    assert!(told.contains("Start one with `b24 portal`"), "{told}");
    let told = b24(&["call", "profile", "--url", &format!("http://127.0.0.1:{port}/rest/1/code/")]).await.fails(3);
    assert!(told.contains("no answer from http://127.0.0.1"), "{told}");
    assert!(!told.contains("code"), "the address of a webhook is a secret: {told}");
}

#[tokio::test]
async fn a_webhook_or_a_token_can_be_named() {
    let echo = Echo::start().await;
    let webhook = echo.portal.webhook(1, ["im"]);
    assert_eq!(b24(&["call", "profile", "--url", &webhook]).await.json()["ID"], "1");
    assert_eq!(run(program().args(["call", "profile"]).env("B24_WEBHOOK_URL", &webhook)).await.json()["ID"], "1");
    let portal = echo.portal.url();
    let info = b24(&["call", "app.info", "--url", portal, "--token", echo.token()]).await.json();
    assert_eq!(info["CODE"], echo.app.client_id.as_str());
    let told = b24(&["call", "profile", "--url", "portal.example.com"]).await.fails(2);
    assert!(told.contains("needs a --token"), "{told}");
}

#[tokio::test]
async fn https_is_trusted_by_the_certificate_of_the_portal() {
    let portal = Portal::builder().tls().start().await.expect("a portal");
    let webhook = portal.webhook(1, ["im"]).replacen("http:", "https:", 1);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("portal.pem");
    fs::write(&file, portal.certificate().expect("a certificate")).expect("a file");
    let file = file.to_str().expect("a path");
    assert_eq!(b24(&["call", "profile", "--url", &webhook, "--certificate", file]).await.json()["ID"], "1");
    b24(&["call", "profile", "--url", &webhook]).await.fails(3);
}

#[tokio::test]
async fn a_table_fits_a_terminal_of_eighty_columns() {
    let portal = portal().await;
    for name in ["Ann Lee", "Bo Chen", "Cleo Katz"] {
        portal.user(name);
    }
    let users = b24_on(&portal, "call", &["user.get", "-o", "table"]).await.well();
    assert!(users.lines().all(|line| line.chars().count() <= 80), "{users}");
    assert!(users.contains("Cleo"), "{users}");
    let names = b24_on(&portal, "call", &["user.get", "-o", "table", "--columns", "name,id"]).await.well();
    let head = names.lines().next().map(str::split_whitespace).expect("a line").collect::<Vec<_>>();
    assert_eq!(head, ["NAME", "ID"]);
}

#[tokio::test]
async fn a_list_is_followed_to_its_end() {
    let portal = portal().await;
    for number in 0..23 {
        portal.user(&format!("Ann Number{number}"));
    }
    let page = b24_on(&portal, "call", &["im.search.user.list", "FIND=Ann"]).await;
    assert!(page.err.contains("This is one page of 23"), "{page:?}");
    let all = b24_on(&portal, "call", &["im.search.user.list", "FIND=Ann", "--all"]).await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(23));
    let raw = b24_on(&portal, "call", &["im.search.user.list", "FIND=Ann", "--all", "-o", "raw"]).await.well();
    assert_eq!(raw.lines().count(), 3, "a page a line: {raw}");
    let told = b24_on(&portal, "call", &["im.chat.add", "--all"]).await.fails(2);
    assert!(told.contains("no list in pages"), "{told}");
}

#[tokio::test]
async fn a_portal_that_asks_for_patience_gets_it() {
    let limits = Limits { rate: Some(RateLimit::new(2, 10.0)), ..Limits::default() };
    let portal = Portal::builder().limits(limits).start().await.expect("a portal");
    portal.webhook(1, ["im"]);
    for number in 0..40 {
        portal.user(&format!("Ann Number{number}"));
    }
    let all = b24_on(&portal, "call", &["im.search.user.list", "FIND=Ann", "--all"]).await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(40));
    let refused = portal.calls().iter().filter(|call| call.error() == Some("QUERY_LIMIT_EXCEEDED")).count();
    assert!(refused > 0, "the limit was never met");
}

#[tokio::test]
async fn the_facts_are_told_in_json() {
    let echo = Echo::start().await;
    let facts = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
    let facts = facts.get(format!("{}/api/facts", echo.portal.url())).send().await.expect("an answer");
    let facts: Value = serde_json::from_str(&facts.text().await.expect("text")).expect("JSON");
    assert_eq!((&facts["revision"], &facts["url"]), (&json!(36), &json!(echo.portal.url())));
    assert_eq!(facts["apps"][0]["application_token"], echo.app.application_token.as_str());
    assert_eq!((&facts["bots"][0]["code"], &facts["bots"][0]["app"]), (&json!("echo"), &json!(echo.app.client_id)));
    assert!(echo.portal.events().iter().all(|entry| entry.kind() == Kind::Event));
}
