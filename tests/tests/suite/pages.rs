//! Lists in pages, in each of the ways in which the platform pages them, over HTTP.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, extract::State};
use b24_runtime::{Client, Error, Paged, api, types::DialogId, types::UserId};
use serde_json::{Map, Value, json};

type Page = fn(&Map<String, Value>) -> Value;

/// A portal that answers every call with a page and remembers what it was asked.
struct Pager {
    client: Client,
    asked: Arc<Mutex<Vec<Map<String, Value>>>>,
}

#[derive(Clone)]
struct Pages {
    page: Page,
    asked: Arc<Mutex<Vec<Map<String, Value>>>>,
}

impl Pager {
    async fn start(page: Page) -> Self {
        let asked = Arc::default();
        let state = Pages { page, asked: Arc::clone(&asked) };
        let router = Router::new().fallback(answer).with_state(state);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::webhook(&format!("http://{address}/rest/1/code/")).unwrap();
        Self { client: client.with_revision_policy(b24_runtime::RevisionPolicy::Off), asked }
    }

    async fn all<R: Paged>(&self, request: R) -> Result<Vec<R::Item>, Error> {
        self.client.pages(request).all().await
    }

    /// A parameter of each call, in order; null where it was not sent.
    fn asked(&self, name: &str) -> Vec<Value> {
        self.asked.lock().unwrap().iter().map(|call| call.get(name).cloned().unwrap_or_default()).collect()
    }
}

async fn answer(State(pages): State<Pages>, Json(params): Json<Map<String, Value>>) -> Json<Value> {
    let answer = (pages.page)(&params);
    pages.asked.lock().unwrap().push(params);
    Json(answer)
}

fn number(params: &Map<String, Value>, name: &str) -> i64 {
    params.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn users(ids: impl Iterator<Item = i64>) -> Vec<Value> {
    ids.map(|id| json!({"ID": id.to_string()})).collect()
}

#[tokio::test]
async fn a_list_with_start_goes_on_where_the_portal_says() {
    let portal = Pager::start(|params| match number(params, "start") {
        0 => json!({"result": users(1..=50), "next": 50, "total": 70}),
        start => json!({"result": users(start + 1..=70), "total": 70}),
    })
    .await;
    let mut pages = portal.client.pages(api::user::get());
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.id, pages.total()), (UserId(1), Some(70)));
    assert_eq!(portal.asked("start"), [Value::Null], "the second page is not fetched before it is needed");
    let rest = pages.all().await.unwrap();
    assert_eq!((rest.len(), rest[68].id), (69, UserId(70)));
    assert_eq!(portal.asked("start"), [Value::Null, json!(50)]);
}

#[tokio::test]
async fn a_list_with_an_offset_counts_what_it_asked_for() {
    let portal = Pager::start(|params| {
        let (from, size) = (number(params, "offset"), number(params, "limit"));
        let images: Vec<Value> = (from..(from + size).min(5)).map(|id| json!({"id": id.to_string()})).collect();
        json!({"result": images})
    })
    .await;
    let filter = api::imbot::giphy::ListFilter::new("cat");
    let found = portal.all(api::imbot::giphy::list(filter).limit(2)).await.unwrap();
    assert_eq!(found.len(), 5);
    assert_eq!(portal.asked("offset"), [Value::Null, json!(2), json!(4)], "a short page is the last one");
}

fn messages(ids: impl Iterator<Item = i64>) -> Value {
    let messages: Vec<Value> = ids.map(|id| json!({"id": id, "chat_id": 1, "author_id": 1, "text": "hi"})).collect();
    json!({"result": {"chat_id": 1, "messages": messages, "users": [], "files": []}})
}

#[tokio::test]
async fn a_list_with_an_id_goes_on_behind_the_last_item() {
    let portal = Pager::start(|params| match number(params, "LAST_ID") {
        0 => messages((21..=40).rev()),
        21 => messages((5..=20).rev()),
        other => panic!("nobody asked for what is older than {other}"),
    })
    .await;
    let found = portal.all(api::im::dialog::messages::get(DialogId::User(UserId(1)))).await.unwrap();
    assert_eq!(found.len(), 36);
    assert_eq!(portal.asked("LAST_ID"), [Value::Null, json!(21)]);
    assert_eq!(portal.asked("DIALOG_ID"), [json!("1"), json!("1")], "the other parameters stay");
}

#[tokio::test]
async fn a_position_may_be_made_of_two_members() {
    let portal = Pager::start(|params| {
        let ids = if params.contains_key("LAST_ID") { 1..=3 } else { 4..=53 };
        let item = |id: i64| json!({"id": id, "notify_type": if id == 4 { 3 } else { 1 }});
        let items: Vec<Value> = ids.rev().map(item).collect();
        json!({"result": {"notifications": items}})
    })
    .await;
    assert_eq!(portal.all(api::im::notify::get()).await.unwrap().len(), 53);
    assert_eq!(portal.asked("LAST_ID"), [Value::Null, json!(4)]);
    assert_eq!(portal.asked("LAST_TYPE"), [Value::Null, json!(3)]);
}

fn recent(id: i64, date: &str) -> Value {
    json!({"id": id, "chat_id": id, "type": "user", "title": "Someone", "message": {"id": id, "date": date}})
}

#[tokio::test]
async fn a_list_with_a_date_ends_where_the_portal_has_no_more() {
    let portal = Pager::start(|params| match params.get("LAST_MESSAGE_DATE") {
        None => {
            let items = [recent(1, "2026-01-03T00:00:00+00:00"), recent(2, "2026-01-02T00:00:00+00:00")];
            json!({"result": {"items": items, "hasMore": true}})
        }
        Some(_) => json!({"result": {"items": [recent(3, "2026-01-01T00:00:00+00:00")], "hasMore": false}}),
    })
    .await;
    assert_eq!(portal.all(api::im::recent::list()).await.unwrap().len(), 3);
    assert_eq!(portal.asked("LAST_MESSAGE_DATE"), [Value::Null, json!("2026-01-02T00:00:00+00:00")]);
}

#[tokio::test]
async fn a_list_may_name_its_next_position_in_the_answer() {
    let portal = Pager::start(|params| {
        let offset = number(params, "offset");
        let events = [json!({"eventId": offset + 1, "type": "ONIMV2MESSAGEADD", "data": {}})];
        json!({"result": {"events": events, "nextOffset": offset + 2, "hasMore": offset < 4}})
    })
    .await;
    assert_eq!(portal.all(api::im::v2::event::get()).await.unwrap().len(), 3);
    assert_eq!(portal.asked("offset"), [Value::Null, json!(2), json!(4)]);
}

#[tokio::test]
async fn a_portal_that_repeats_itself_does_not_keep_anybody() {
    let portal = Pager::start(
        |_| json!({"result": {"events": [{"eventId": 1, "type": "X", "data": {}}], "nextOffset": 1, "hasMore": true}}),
    )
    .await;
    assert_eq!(portal.all(api::im::v2::event::get()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let portal = Pager::start(|params| match number(params, "start") {
        0 => json!({"result": users(1..=50), "next": 50}),
        _ => json!({"error": "ACCESS_DENIED", "error_description": "Not this page"}),
    })
    .await;
    let mut pages = portal.client.pages(api::user::get());
    for _ in 0..50 {
        pages.next().await.unwrap().unwrap();
    }
    assert_eq!(pages.next().await.unwrap().unwrap_err().code(), Some("ACCESS_DENIED"));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_told_with_its_place() {
    let portal = Pager::start(|_| json!({"result": [{"ID": "nobody"}]})).await;
    let error = portal.all(api::user::get()).await.unwrap_err().to_string();
    assert_eq!(error, "user.get: the answer cannot be read: ID: expected a number, found the text \"nobody\"");
}

#[tokio::test]
async fn something_else_in_place_of_a_list_is_an_error() {
    let portal = Pager::start(|_| json!({"result": "soon"})).await;
    let error = portal.all(api::user::get()).await.unwrap_err().to_string();
    assert!(error.contains("expected a list, found the text \"soon\""), "{error}");
}
