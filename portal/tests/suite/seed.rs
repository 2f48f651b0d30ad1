//! What a portal starts with.

use b24_portal::{
    Portal, StartError,
    seed::{Kind, Seed, SeedError},
};
use serde_json::{Value, json};

use crate::bot::{fetch, http};

fn seed(value: Value) -> Seed {
    serde_json::from_value(value).expect("a seed")
}

fn company() -> Seed {
    seed(json!({
        "you": {"name": "Grace Miller", "position": "Office"},
        "departments": [
            {"name": "Mill & Sons", "head": "Karl Weber"},
            {"name": "Sales", "head": "Ann Lee"},
            {"name": "Fairs", "within": "Sales"},
        ],
        "users": [
            {"name": "Karl Weber", "admin": true},
            {"name": "Ann Lee", "departments": ["Sales"], "gender": "F", "profile": {"email": "ann@example.com"}},
            {"name": "Bob Roe", "departments": ["Fairs"], "status": "dnd"},
            {"name": "Eve Fox", "kind": "extranet"},
            {"name": "Old Tom", "kind": "former"},
        ],
        "chats": [
            {
                "title": "Fair", "open": true, "members": ["Ann Lee", "Bob Roe", "You"], "managers": ["Bob Roe"],
                "messages": [
                    {"from": "Ann Lee", "text": "Who comes?", "ago": "2d 3h", "likes": ["Bob Roe"]},
                    {"text": "The fair begins tomorrow", "ago": "2h"},
                    {"from": "Bob Roe", "text": "I do", "files": {"plan.txt": "hall 3"}},
                ],
            },
            {"members": ["You", "Ann Lee"], "messages": [{"from": "Ann Lee", "text": "Hello"}]},
        ],
        "webhooks": [{"user": "You", "code": "fixed0code", "scopes": ["im", "user", "department"]}],
        "apps": [{"name": "Echo", "client_id": "local.echo", "client_secret": "secret", "scopes": ["imbot"]}],
    }))
}

async fn start(seed: Seed) -> Result<Portal, StartError> {
    Portal::builder().seed(seed).start().await
}

async fn call(portal: &Portal, method: &str) -> Value {
    let url = format!("{}/rest/1/fixed0code/{method}", portal.url());
    let mut answer: Value = fetch(url).await.expect("an answer").json().await.expect("JSON");
    answer["result"].take()
}

#[tokio::test]
async fn people_and_departments_are_there_from_the_start() {
    let portal = start(company()).await.expect("a portal");

    let me = call(&portal, "user.current").await;
    assert_eq!((&me["NAME"], &me["LAST_NAME"]), (&json!("Grace"), &json!("Miller")));
    let found = call(&portal, "user.get?filter[NAME]=Ann").await;
    assert_eq!((&found[0]["EMAIL"], &found[0]["PERSONAL_GENDER"]), (&json!("ann@example.com"), &json!("F")));
    let gone = call(&portal, "user.get?filter[ACTIVE]=N").await;
    assert_eq!(gone[0]["LAST_NAME"], "Tom");
    let departments = call(&portal, "department.get?sort=ID").await;
    let names: Vec<_> = departments.as_array().expect("a list").iter().map(|one| &one["NAME"]).collect();
    assert_eq!(names, ["Mill & Sons", "Sales", "Fairs"]);
    assert_eq!(
        departments[2]["PARENT"].to_string().trim_matches('"'),
        departments[1]["ID"].to_string().trim_matches('"')
    );
}

#[tokio::test]
async fn chats_have_their_messages_and_what_is_old_has_been_read() {
    let portal = start(company()).await.expect("a portal");

    let dialogs = format!("{}/portal/state?user=1", portal.url());
    let state: Value = fetch(dialogs).await.expect("an answer").json().await.expect("JSON");
    let dialogs = state["dialogs"].as_array().expect("dialogs");
    let fair = dialogs.iter().find(|dialog| dialog["title"] == "Fair").expect("the group");
    assert_eq!((&fair["type"], &fair["unread"]), (&json!("O"), &json!(1)));
    let chat = fair["chat_id"].as_u64().expect("an id");
    let chat = portal.admin().join(b24_portal::ChatId(chat)).await.expect("a chat");
    let expected = "\
Ann Lee: Who comes?
System: The fair begins tomorrow
Bob Roe: I do
  [file] plan.txt";
    assert_eq!(chat.transcript(), expected);
    assert_eq!(chat.messages()[0].likes().len(), 1);
    let private = portal.admin().open_with(&portal.user("Ann Lee")).await.expect("a dialog");
    assert_eq!(private.transcript(), "Ann Lee: Hello");
}

#[tokio::test]
async fn an_application_of_the_seed_has_the_credentials_that_stand_there() {
    let portal = start(company()).await.expect("a portal");

    let app = portal.app("Echo").expect("the application");
    assert_eq!((app.client_id.as_str(), app.client_secret.as_str()), ("local.echo", "secret"));
    assert_eq!(portal.webhooks(), [format!("{}/rest/1/fixed0code/", portal.url())]);
}

#[tokio::test]
async fn a_portal_that_goes_on_is_not_seeded_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || Portal::builder().data(folder.path()).seed(company()).start();
    let portal = start().await.expect("a portal");
    let say = json!({"DIALOG_ID": 3, "MESSAGE": "Back"});
    let said = http().post(format!("{}im.message.add", portal.webhooks()[0])).json(&say).send();
    assert_eq!(said.await.expect("an answer").status(), 200);
    drop(portal);

    let portal = start().await.expect("the same portal");
    assert_eq!(portal.webhooks().len(), 1);
    let private = portal.admin().open_with(&portal.user("Ann Lee")).await.expect("a dialog");
    assert_eq!(private.transcript(), "Ann Lee: Hello\nGrace Miller: Back");
}

#[tokio::test]
async fn a_mistake_is_told_with_its_place() {
    let cases = [
        (json!({"users": [{"name": "Ann Lee"}, {"name": "Ann Lee"}]}), "users[1].name"),
        (json!({"users": [{"name": " "}]}), "users[0].name"),
        (json!({"users": [{"name": "You"}]}), "users[0].name"),
        (json!({"users": [{"name": "Ann", "departments": ["Sales"]}]}), "users[0].departments[0]"),
        (json!({"users": [{"name": "Ann", "status": "bored"}]}), "users[0].status"),
        (json!({"you": {"gender": "x"}}), "you.gender"),
        (json!({"departments": [{"name": "A"}, {"name": "B", "within": "C"}]}), "departments[1].within"),
        (json!({"departments": [{"name": "A", "head": "Nobody"}]}), "departments[0].head"),
        (json!({"chats": [{"title": "Team", "members": ["You", "Bob"]}]}), "chats[0].members[1]"),
        (json!({"chats": [{"title": "Team", "members": ["You", "You"]}]}), "chats[0].members[1]"),
        (json!({"chats": [{"members": ["You"]}]}), "chats[0]"),
        (json!({"chats": [{"title": "Team"}]}), "chats[0].members"),
        (json!({"chats": [{"title": "T", "members": ["You"], "color": "MUD"}]}), "chats[0].color"),
        (
            json!({"chats": [{"title": "T", "members": ["You"], "messages": [{"text": "x", "ago": "soon"}]}]}),
            "chats[0].messages[0].ago",
        ),
        (
            json!({"chats": [{"title": "T", "members": ["You"], "messages": [{"text": "x"}, {"text": "y", "ago": "1h"}]}]}),
            "chats[0].messages[1].ago",
        ),
        (
            json!({"chats": [{"title": "T", "members": ["You"], "messages": [{"from": "You"}]}]}),
            "chats[0].messages[0].text",
        ),
        (json!({"webhooks": [{"user": "You", "scopes": ["everything"]}]}), "webhooks[0].scopes[0]"),
        (json!({"webhooks": [{"user": "You", "code": "a/b"}]}), "webhooks[0].code"),
        (json!({"apps": [{"name": "A"}, {"name": "A"}]}), "apps[1].name"),
    ];
    for (value, expected) in cases {
        match start(seed(value.clone())).await {
            Err(StartError::Seed(SeedError { key, problem })) => {
                assert_eq!(key, expected, "{value}: {problem}");
            }
            other => panic!("{value} should be refused: {other:?}"),
        }
    }
}

#[test]
fn a_key_that_nobody_knows_is_told() {
    let error = serde_json::from_value::<Seed>(json!({"users": [{"nmae": "Ann"}]})).expect_err("a mistake");
    assert!(error.to_string().contains("nmae"), "{error}");
    assert_eq!(seed(json!({"users": [{"name": "Ann", "kind": "client"}]})).users[0].kind, Kind::Client);
}
