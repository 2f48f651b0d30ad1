use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::Bot;

/// An application that has the portal keep whoever joins it.
async fn keeper() -> Bot {
    let bot = Bot::install_with(&["user"]).await;
    bot.ok("event.bind", json!({"event": "ONUSERADD", "event_type": "offline"})).await;
    bot
}

impl Bot {
    fn join(&self, name: &str) -> u64 {
        self.portal.user(name).id().0
    }

    /// The users that were taken.
    async fn taken(&self, params: Value) -> Vec<u64> {
        users(&self.ok("event.offline.get", params).await["events"])
    }

    async fn listed(&self, params: Value) -> Vec<u64> {
        users(&self.ok("event.offline.list", params).await)
    }
}

fn users(events: &Value) -> Vec<u64> {
    let events = events.as_array().expect("events").iter();
    events.map(|event| event["EVENT_DATA"]["ID"].as_u64().expect("a user")).collect()
}

#[tokio::test]
async fn kept_events_need_no_handler_and_are_taken_once() {
    let bot = keeper().await;
    let bound = bot.ok("event.get", json!({})).await;
    assert_eq!(bound, json!([{"event": "ONUSERADD", "handler": "", "auth_type": "0", "offline": 1}]));
    let ann = bot.join("Ann Lee");

    let taken = bot.ok("event.offline.get", json!({})).await;
    assert_eq!((&taken["process_id"], users(&taken["events"])), (&Value::Null, vec![ann]));
    let event = &taken["events"][0];
    assert_eq!((&event["EVENT_NAME"], &event["EVENT_ADDITIONAL"]), (&json!("ONUSERADD"), &json!(false)));
    assert_eq!(event.get("PROCESS_ID"), None);
    assert_eq!(bot.taken(json!({})).await, [0; 0]);
    assert!(bot.all_events().await.is_empty(), "nobody is called");
}

#[tokio::test]
async fn a_package_is_set_aside_until_it_is_cleared() {
    let bot = keeper().await;
    let (ann, bob) = (bot.join("Ann Lee"), bot.join("Bob Ray"));

    let package = bot.ok("event.offline.get", json!({"clear": 0, "limit": 1})).await;
    let process = package["process_id"].as_str().expect("a package").to_owned();
    assert_eq!(users(&package["events"]), [ann]);
    assert_eq!(bot.taken(json!({"clear": 0})).await, [bob], "nobody else gets it");
    assert_eq!(bot.taken(json!({"clear": 0, "process_id": process})).await, [ann], "but again on demand");
    let listed = bot.ok("event.offline.list", json!({"filter": {"PROCESS_ID": process}})).await;
    assert_eq!((users(&listed), &listed[0]["ERROR"]), (vec![ann], &json!("0")));

    assert_eq!(bot.ok("event.offline.clear", json!({"process_id": process})).await, true);
    assert_eq!(bot.listed(json!({})).await, [bob]);
}

#[tokio::test]
async fn a_package_is_cleared_in_parts() {
    let bot = keeper().await;
    let (ann, bob, cid) = (bot.join("Ann Lee"), bot.join("Bob Ray"), bot.join("Cid Fox"));
    let package = bot.ok("event.offline.get", json!({"clear": 0})).await;
    let process = &package["process_id"];

    let (first, second) = (&package["events"][0]["ID"], &package["events"][1]["MESSAGE_ID"]);
    bot.ok("event.offline.clear", json!({"process_id": process, "id": [first], "message_id": [second]})).await;
    assert_eq!(bot.listed(json!({})).await, [bob, cid], "an id counts more than a name: {ann} is gone");
    bot.ok("event.offline.clear", json!({"process_id": process, "message_id": [second]})).await;
    assert_eq!(bot.listed(json!({})).await, [cid]);
    bot.ok("event.offline.clear", json!({"process_id": "another"})).await;
    assert_eq!(bot.listed(json!({})).await, [cid]);
}

#[tokio::test]
async fn what_failed_comes_again_on_demand() {
    let bot = keeper().await;
    let ann = bot.join("Ann Lee");
    let package = bot.ok("event.offline.get", json!({"clear": 0})).await;
    let names = json!([package["events"][0]["MESSAGE_ID"]]);
    let params = json!({"process_id": package["process_id"], "message_id": names});
    assert_eq!(bot.ok("event.offline.error", params).await, true);

    assert_eq!(bot.listed(json!({"filter": {"ERROR": 1}})).await, [ann]);
    assert_eq!(bot.taken(json!({})).await, [0; 0]);
    assert_eq!(bot.taken(json!({"error": 1})).await, [ann]);
}

#[tokio::test]
async fn a_package_that_nobody_clears_is_gone_after_thirty_days() {
    let bot = keeper().await;
    bot.join("Ann Lee");
    bot.taken(json!({"clear": 0})).await;
    let listed = async || {
        // The token of the installation is long out of date.
        let admin = bot.member("You").await;
        users(&admin.ok("event.offline.list", json!({})).await).len()
    };

    bot.portal.advance(Duration::from_hours(24 * 30 - 1));
    assert_eq!(listed().await, 1);
    bot.portal.advance(Duration::from_hours(2));
    assert_eq!(listed().await, 0);
}

#[tokio::test]
async fn a_list_leaves_events_as_they_are() {
    let bot = keeper().await;
    let (ann, bob) = (bot.join("Ann Lee"), bot.join("Bob Ray"));

    assert_eq!(bot.listed(json!({"order": {"ID": "DESC"}})).await, [bob, ann]);
    assert_eq!(bot.listed(json!({"filter": {">ID": 1}})).await, [bob]);
    assert_eq!(bot.listed(json!({"filter": {"EVENT_NAME": "ONAPPTEST"}})).await, [0; 0]);
    let answer = bot.call("event.offline.list", json!({})).await.1;
    assert_eq!((users(&answer["result"]), &answer["total"]), (vec![ann, bob], &json!(2)));
    assert_eq!(answer["result"][0]["PROCESS_ID"], "");
}

#[tokio::test]
async fn only_administrators_have_kept_events() {
    let bot = keeper().await;
    let ann = bot.member("Ann Lee").await;
    for (method, params) in [
        ("event.offline.get", json!({})),
        ("event.offline.list", json!({})),
        ("event.offline.clear", json!({"process_id": "a"})),
        ("event.offline.error", json!({"process_id": "a"})),
    ] {
        assert_eq!(ann.refused(method, params).await, (403, "ACCESS_DENIED".to_owned()), "{method}");
    }
}

#[tokio::test]
async fn each_source_has_a_queue_of_its_own() {
    let bot = Bot::install_with(&["user"]).await;
    let params = json!({"event": "ONUSERADD", "event_type": "offline", "auth_connector": "sync"});
    bot.ok("event.bind", params).await;
    let ann = bot.join("Ann Lee");

    assert_eq!(bot.taken(json!({})).await, [0; 0]);
    assert_eq!(bot.listed(json!({"auth_connector": "sync"})).await, [ann]);
    assert_eq!(bot.taken(json!({"auth_connector": "sync"})).await, [ann]);
}

#[tokio::test]
async fn a_note_says_that_something_is_kept() {
    let bot = keeper().await;
    let params = json!({"event": "ONOFFLINEEVENT", "handler": bot.handler, "options": {"minTimeout": 60}});
    bot.ok("event.bind", params).await;

    bot.join("Ann Lee");
    let event = bot.event().await;
    assert_eq!((event.name(), event.has("data")), ("ONOFFLINEEVENT", false));
    assert!(event.has("auth[refresh_token]"));
    bot.join("Bob Ray");
    assert!(bot.all_events().await.is_empty(), "not before the time is over");
    bot.portal.advance(Duration::from_mins(1));
    bot.join("Cid Fox");
    assert_eq!(bot.all_events().await.len(), 1);
}

#[tokio::test]
async fn what_the_application_does_under_its_source_is_not_kept() {
    let bot = Bot::install().await;
    for source in ["sync", "other"] {
        let params = json!({"event": "ONAPPTEST", "event_type": "offline", "auth_connector": source});
        bot.ok("event.bind", params).await;
    }
    bot.ok("event.test", json!({"any": 1, "auth_connector": "sync"})).await;

    let kept =
        async |source: &str| bot.call("event.offline.list", json!({"auth_connector": source})).await.1["total"].clone();
    assert_eq!((kept("sync").await, kept("other").await), (json!(0), json!(1)));
}

#[tokio::test]
async fn of_changes_to_one_thing_only_the_last_is_kept() {
    let bot = Bot::install().await;
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "event_type": "offline"})).await;
    for _ in 0..3 {
        bot.ok("event.test", json!({"any": "same"})).await;
    }
    bot.ok("event.test", json!({"any": "other"})).await;

    let events = bot.ok("event.offline.get", json!({})).await["events"].clone();
    assert_eq!(events.as_array().map(Vec::len), Some(2), "{events}");
    assert_eq!(events[0]["EVENT_DATA"]["QUERY"]["any"], "same");
}
