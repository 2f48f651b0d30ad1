use b24_portal::Portal;
use serde_json::{Value, json};

use crate::person::Person;

fn words(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn a_profile_needs_no_scope() {
    let admin = Person::admin(&[]).await;
    let profile =
        json!({"ID": "1", "ADMIN": true, "NAME": "You", "LAST_NAME": "", "PERSONAL_GENDER": "", "TIME_ZONE": ""});
    assert_eq!(admin.ok("profile", json!({})).await, profile);
    assert_eq!(admin.ok("user.admin", json!({})).await, true);
    assert_eq!(admin.colleague("Ann Lee").ok("user.admin", json!({})).await, false);
}

#[tokio::test]
async fn access_codes_belong_to_users_and_groups() {
    let ann = Person::alone().await;
    let own = format!("U{}", ann.id());
    let has = async |codes: Value| ann.ok("user.access", json!({"ACCESS": codes})).await;

    assert_eq!(has(json!(["U1", "G5"])).await, false);
    assert_eq!(has(json!(["U1", own])).await, true);
    assert_eq!(has(json!(["AU"])).await, true);
    let admin = Person::with_scopes(ann.portal(), ann.portal().admin(), &[]);
    assert_eq!(admin.ok("user.access", json!({"ACCESS": ["U77"]})).await, true, "an administrator has them all");

    let names = ann.ok("access.name", json!({"ACCESS": ["G2", "AU", own, "U77", "X"]})).await;
    assert_eq!(names["AU"]["provider_id"], "other");
    assert_eq!(names[&own]["name"], "Ann Lee");
    assert_eq!(names.as_object().map(serde_json::Map::len), Some(3), "codes that nobody has are left out");
    assert_eq!(ann.ok("access.name", json!({})).await, false);
    assert_eq!(ann.ok("access.name", json!({"ACCESS": []})).await, false);
}

#[tokio::test]
async fn a_method_exists_and_may_be_called() {
    let ann = Person::alone().await;
    let known = async |name: &str| ann.ok("method.get", json!({"name": name})).await;

    assert_eq!(known("im.user.get").await, json!({"isExisting": true, "isAvailable": true}));
    assert_eq!(known("user.get").await, json!({"isExisting": true, "isAvailable": false}));
    assert_eq!(known("imbot.v2.bot.register").await["isExisting"], true, "in lower case");
    assert_eq!(known("im.nothing").await, json!({"isExisting": false, "isAvailable": false}));
    assert_eq!(known("").await, json!({"isExisting": false, "isAvailable": false}));

    let old = Portal::builder().revision(28).start().await.expect("a portal");
    let old = Person::new(&old, old.admin());
    let newer = old.ok("method.get", json!({"name": "im.message.share"})).await;
    assert_eq!(newer, json!({"isExisting": false, "isAvailable": false}));
}

#[tokio::test]
async fn methods_are_listed_by_scope() {
    let ann = Person::alone().await;

    let own = ann.ok("methods", json!({})).await;
    assert!(words(&own).contains(&"im.user.get") && words(&own).contains(&"scope"), "{own}");
    assert!(!words(&own).contains(&"user.get"), "{own}");
    assert!(words(&ann.ok("methods", json!({"full": true})).await).contains(&"user.get"));
    let placement = ann.ok("methods", json!({"scope": "placement"})).await;
    assert!(words(&placement).iter().all(|name| name.starts_with("placement.") || name.starts_with("userfieldtype.")));
    let common = ann.ok("methods", json!({"scope": ""})).await;
    assert!(words(&common).contains(&"profile") && !words(&common).contains(&"im.user.get"), "{common}");
}

#[tokio::test]
async fn scopes_are_those_of_the_caller_or_all() {
    let ann = Person::alone().await;
    assert_eq!(ann.ok("scope", json!({})).await, json!(["im", "imopenlines"]));
    let all = ann.ok("scope", json!({"full": true})).await;
    assert!(words(&all).contains(&"user_brief") && words(&all).contains(&"imopenlines"), "{all}");
}

#[tokio::test]
async fn a_webhook_is_told_its_permissions_and_the_plan_in_place_of_an_application() {
    let ann = Person::alone().await;
    assert_eq!(ann.ok("app.info", json!({})).await, json!({"SCOPE": ["im", "imopenlines"], "LICENSE": "en_ent250"}));
}

#[tokio::test]
async fn a_local_portal_has_every_feature() {
    let ann = Person::alone().await;
    for (code, value) in [("rest_offline_extended", "Y"), ("rest_auth_connector", "Y"), ("flying", "N")] {
        assert_eq!(ann.ok("feature.get", json!({"CODE": code})).await, json!({"value": value}));
    }
    assert_eq!(ann.error("feature.get", json!({})).await, "CODE_EMPTY");
}

#[tokio::test]
async fn the_time_is_that_of_the_portal() {
    let ann = Person::alone().await;
    ann.portal().advance(std::time::Duration::from_hours(48));
    let time = ann.ok("server.time", json!({})).await;
    let time: jiff::Timestamp = time.as_str().and_then(|time| time.parse().ok()).expect("a time");
    assert!(time.as_second() - jiff::Timestamp::now().as_second() > 47 * 3600);
}
