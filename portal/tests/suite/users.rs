use b24_portal::Portal;
use serde_json::{Value, json};

use crate::{bot::Bot, person::Person};

async fn admin() -> Person {
    Person::admin(&["user", "im"]).await
}

impl Person {
    async fn invite(&self, email: &str, more: Value) -> u64 {
        let mut params = json!({"EMAIL": email, "UF_DEPARTMENT": [1]});
        for (name, value) in more.as_object().expect("parameters") {
            params[name] = value.clone();
        }
        self.ok("user.add", params).await.as_u64().expect("a user id")
    }

    async fn names(&self, method: &str, params: Value) -> Vec<String> {
        let found = self.ok(method, params).await;
        let people = found.as_array().expect("users").iter();
        people.map(|user| user["NAME"].as_str().expect("a name").to_owned()).collect()
    }

    async fn named(&self, filter: Value) -> Vec<String> {
        self.names("user.get", json!({"FILTER": filter})).await
    }
}

#[tokio::test]
async fn an_invited_user_is_there_at_once() {
    let admin = admin().await;
    let id = admin.invite("ann@example.com", json!({"NAME": "Ann", "LAST_NAME": "Lee", "WORK_POSITION": "Cook"})).await;

    let ann = &admin.ok("user.get", json!({"ID": id})).await[0];
    assert_eq!((&ann["EMAIL"], &ann["WORK_POSITION"]), (&json!("ann@example.com"), &json!("Cook")));
    assert_eq!((&ann["ID"], &ann["ACTIVE"]), (&json!(id.to_string()), &json!(true)));
    assert_eq!((&ann["UF_DEPARTMENT"], &ann["USER_TYPE"]), (&json!([1]), &json!("employee")));
    assert_eq!(ann["LAST_LOGIN"], "", "nobody came yet");
}

#[tokio::test]
async fn an_invitation_needs_an_address_that_is_free() {
    let admin = admin().await;
    admin.invite("ann@example.com", json!({})).await;

    for email in ["", "ann", "a b@example.com", "ann@home", "ANN@example.com"] {
        let params = json!({"EMAIL": email, "UF_DEPARTMENT": [1]});
        assert_eq!(admin.error("user.add", params).await, "ERROR_ARGUMENT", "{email}");
    }
}

#[tokio::test]
async fn an_invitation_needs_a_department_or_a_group() {
    let admin = admin().await;

    assert_eq!(admin.error("user.add", json!({"EMAIL": "a@example.com"})).await, "ERROR_ARGUMENT");
    let without_group = json!({"EMAIL": "a@example.com", "EXTRANET": "Y"});
    assert_eq!(admin.error("user.add", without_group).await, "ERROR_GROUPID");
    let wrong_group = json!({"EMAIL": "a@example.com", "EXTRANET": "Y", "SONET_GROUP_ID": [0]});
    assert_eq!(admin.error("user.add", wrong_group).await, "ERROR_NO_GROUP");
    let unknown = json!({"EMAIL": "a@example.com", "UF_DEPARTMENT": [77]});
    assert_eq!(admin.error("user.add", unknown).await, "ERROR_CORE");

    let guest = json!({"EMAIL": "a@example.com", "EXTRANET": "Y", "SONET_GROUP_ID": [3]});
    let id = admin.ok("user.add", guest).await;
    assert_eq!(admin.ok("user.get", json!({"ID": id})).await[0]["USER_TYPE"], "extranet");
}

#[tokio::test]
async fn only_administrators_invite_and_change() {
    let admin = admin().await;
    let ann = Person::with_scopes(admin.portal(), admin.portal().user("Ann Lee"), &["user"]);

    let params = json!({"EMAIL": "bob@example.com", "UF_DEPARTMENT": [1]});
    assert_eq!(ann.error("user.add", params).await, "ERROR_CORE");
    assert_eq!(ann.error("user.update", json!({"ID": ann.id(), "NAME": "Anna"})).await, "ERROR_CORE");
}

#[tokio::test]
async fn the_application_hears_of_a_user_who_signs_in_for_the_first_time() {
    let bot = Bot::install_with(&["user"]).await;
    bot.ok("event.bind", json!({"event": "OnUserAdd", "handler": bot.handler})).await;
    let params = json!({"EMAIL": "ann@example.com", "NAME": "Ann", "LAST_NAME": "Lee", "UF_DEPARTMENT": [1],
        "PERSONAL_BIRTHDAY": "1990-01-26"});
    let id = bot.ok("user.add", params).await;
    assert!(bot.all_events().await.is_empty(), "an invitation is not enough");

    bot.portal.user("Ann Lee");
    let event = bot.event().await;
    assert_eq!(event.name(), "ONUSERADD");
    assert_eq!((event.get("data[ID]"), event.get("data[ACTIVE]")), (id.to_string().as_str(), "Y"));
    assert_eq!((event.get("data[EMAIL]"), event.get("data[UF_DEPARTMENT][0]")), ("ann@example.com", "1"));
    assert_eq!(event.get("data[PERSONAL_BIRTHDAY]"), "1990-01-26");
    assert_eq!(event.get("auth[user_id]"), id.to_string());

    bot.portal.user("Ann Lee");
    assert!(bot.all_events().await.is_empty(), "only the first time counts");
}

#[tokio::test]
async fn an_application_hears_no_more_of_a_user_than_it_may_know() {
    let bot = Bot::install_with(&["user_brief"]).await;
    bot.ok("event.bind", json!({"event": "ONUSERADD", "handler": bot.handler})).await;
    bot.portal.user("Ann Lee");

    let event = bot.event().await;
    assert_eq!(event.get("data[NAME]"), "Ann");
    assert!(!event.has("data[EMAIL]"));
}

#[tokio::test]
async fn a_user_is_changed_field_by_field() {
    let admin = admin().await;
    let id = admin.invite("ann@example.com", json!({"NAME": "Ann", "PERSONAL_CITY": "Bern"})).await;

    let change = json!({"ID": id, "LAST_NAME": "Fox", "PERSONAL_CITY": "", "UF_PHONE_INNER": "12",
        "PERSONAL_PHOTO": ["a.gif", "R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="]});
    assert_eq!(admin.ok("user.update", change).await, true);
    let ann = &admin.ok("user.get", json!({"ID": id})).await[0];
    assert_eq!((&ann["NAME"], &ann["LAST_NAME"]), (&json!("Ann"), &json!("Fox")));
    assert_eq!((&ann["UF_PHONE_INNER"], ann.get("PERSONAL_CITY")), (&json!("12"), None));
    assert!(ann["PERSONAL_PHOTO"].as_str().is_some_and(|photo| photo.contains("R0lGODdhAQAB")), "{ann}");

    for wrong in [json!({"ID": 77, "NAME": "Nobody"}), json!({"ID": 0}), json!({"ID": id, "EMAIL": "ann"})] {
        assert_eq!(admin.error("user.update", wrong.clone()).await, "ERROR_CORE", "{wrong}");
    }
}

#[tokio::test]
async fn whoever_was_dismissed_is_seen_but_cannot_call() {
    let admin = admin().await;
    let ann = admin.colleague("Ann Lee");
    admin.ok("user.update", json!({"ID": ann.id(), "ACTIVE": "N"})).await;

    assert_eq!(ann.error("im.user.get", json!({})).await, "INVALID_CREDENTIALS");
    assert_eq!(admin.named(json!({"ACTIVE": true})).await, ["You"]);
    assert_eq!(admin.named(json!({})).await, ["You", "Ann"]);
}

#[tokio::test]
async fn users_are_chosen_by_operations() {
    let admin = admin().await;
    for (email, name, city) in [("j@x.com", "John", "Bern"), ("m@x.com", "Mary", "Rome"), ("z@x.com", "Zoe", "Bern")] {
        admin.invite(email, json!({"NAME": name, "PERSONAL_CITY": city})).await;
    }

    assert_eq!(admin.named(json!({"PERSONAL_CITY": "Bern"})).await, ["John", "Zoe"]);
    assert_eq!(admin.named(json!({"@PERSONAL_CITY": ["Rome", "Oslo"]})).await, ["Mary"]);
    assert_eq!(admin.named(json!({"!PERSONAL_CITY": "Bern"})).await, ["You", "Mary"]);
    assert_eq!(admin.named(json!({"=%NAME": "%o%"})).await, ["You", "John", "Zoe"]);
    assert_eq!(admin.named(json!({">ID": 2, "<=ID": 3})).await, ["Mary"]);
    assert_eq!(admin.named(json!({"NAME_SEARCH": "zo"})).await, ["Zoe"]);
    assert_eq!(admin.named(json!({"UF_DEPARTMENT": 1, "USER_TYPE": "employee", "NAME": "Mary"})).await, ["Mary"]);
    assert_eq!(admin.named(json!({"IS_ONLINE": "Y"})).await, ["You"]);
    assert_eq!(admin.named(json!({">DATE_REGISTER": "whenever"})).await, [""; 0], "no date");
    let beside = json!({"NAME": "Mary", "sort": "NAME"});
    assert_eq!(admin.names("user.get", beside).await, ["Mary"], "beside FILTER");
    let sorted = json!({"sort": "NAME", "order": "DESC"});
    assert_eq!(admin.names("user.get", sorted).await, ["Zoe", "You", "Mary", "John"]);
}

#[tokio::test]
async fn a_list_of_users_has_no_bots() {
    let bot = Bot::install_with(&["user"]).await;
    bot.add_bot("echo", json!({})).await;

    let users = bot.ok("user.get", json!({})).await;
    assert_eq!(users.as_array().map(Vec::len), Some(1), "{users}");
}

#[tokio::test]
async fn users_come_by_fifty_and_without_counting_on_demand() {
    let admin = admin().await;
    for number in 1..=55 {
        admin.portal().user(&format!("Person {number}"));
    }

    let first = admin.answer("user.get", json!({})).await;
    assert_eq!(
        (first["result"].as_array().map(Vec::len), &first["next"], &first["total"]),
        (Some(50), &json!(50), &json!(56))
    );
    let rest = admin.answer("user.get", json!({"start": 50})).await;
    assert_eq!((rest["result"].as_array().map(Vec::len), &rest["next"]), (Some(6), &Value::Null));
    let uncounted = admin.answer("user.get", json!({"start": -1, "FILTER": {">ID": 50}})).await;
    assert_eq!((uncounted["result"].as_array().map(Vec::len), &uncounted["total"]), (Some(6), &Value::Null));
}

/// Official and community clients walk all lists alike.
#[tokio::test]
async fn users_may_be_sorted_as_other_lists_are() {
    let admin = admin().await;
    admin.portal().user("Ann Lee");

    for (direction, first) in [("ASC", "1"), ("DESC", "2")] {
        let walk = json!({"order": {"ID": direction}, "filter": {">ID": 0}, "start": -1});
        assert_eq!(admin.ok("user.get", walk).await[0]["ID"], first);
    }
}

#[tokio::test]
async fn the_scope_decides_what_is_seen_of_a_user() {
    let portal = Portal::start().await.expect("a portal");
    let full = Person::with_scopes(&portal, portal.admin(), &["user"]);
    let fields = json!({"ID": 1, "EMAIL": "you@example.com", "PERSONAL_WWW": "example.com", "PERSONAL_CITY": "Bern"});
    full.ok("user.update", fields).await;

    for (scope, seen) in [("user_brief", 1), ("user_basic", 2), ("user", 3)] {
        let person = Person::with_scopes(&portal, portal.admin(), &[scope]);
        let me = person.ok("user.current", json!({})).await;
        let fields = person.ok("user.fields", json!({})).await;
        for (depth, field) in (1..).zip(["PERSONAL_CITY", "EMAIL", "PERSONAL_WWW"]) {
            assert_eq!(me.get(field).is_some(), depth <= seen, "{field} for {scope}");
            assert_eq!(fields.get(field).is_some(), depth <= seen, "title of {field} for {scope}");
        }
    }
}

#[tokio::test]
async fn only_the_fields_that_are_selected_come() {
    let admin = admin().await;
    let me = &admin.ok("user.get", json!({"select": ["NAME", "NONSENSE"]})).await[0];
    assert_eq!(me, &json!({"ID": "1", "NAME": "You"}));
    let custom = &admin.ok("user.get", json!({"select": ["UF_*"]})).await[0];
    assert!(custom.get("UF_DEPARTMENT").is_some() && custom.get("NAME").is_none(), "{custom}");
}

#[tokio::test]
async fn a_search_finds_beginnings_in_names_positions_and_departments() {
    let admin = admin().await;
    admin.invite("a@x.com", json!({"NAME": "Ann", "LAST_NAME": "Lee", "WORK_POSITION": "Head cook"})).await;
    admin.invite("b@x.com", json!({"NAME": "Bob", "LAST_NAME": "Leeds"})).await;

    let find = |filter: Value| json!({"FILTER": filter});
    assert_eq!(admin.names("user.search", find(json!({"FIND": "lee"}))).await, ["Ann", "Bob"]);
    assert_eq!(admin.names("user.search", find(json!({"FIND": "cook"}))).await, ["Ann"]);
    assert_eq!(admin.names("user.search", find(json!({"FIND": "eeds"}))).await, [""; 0]);
    assert_eq!(admin.names("user.search", find(json!({"LAST_NAME": "Lee", "WORK_POSITION": "co"}))).await, ["Ann"]);
    assert_eq!(admin.names("user.search", find(json!({"UF_DEPARTMENT_NAME": "local", "NAME": "B"}))).await, ["Bob"]);
    assert_eq!(admin.names("user.search", find(json!({"USER_TYPE": "extranet"}))).await, [""; 0]);
}

#[tokio::test]
async fn people_from_outside_are_seen_by_whom_they_share_a_chat_with() {
    let admin = admin().await;
    let guest = Person::with_scopes(admin.portal(), admin.portal().guest("Guy Out"), &["user", "im"]);
    let ann = admin.colleague("Ann Lee");

    assert_eq!(guest.named(json!({})).await, ["Guy"]);
    assert_eq!(guest.error("im.user.get", json!({"ID": ann.id()})).await, "ACCESS_DENIED");
    assert_eq!(guest.ok("im.user.list.get", json!({"ID": [ann.id()]})).await, json!([]));
    ann.chat("Project", &[&guest]).await;
    assert_eq!(guest.named(json!({})).await, ["Guy", "Ann"]);
    assert_eq!(guest.ok("im.user.get", json!({"ID": ann.id()})).await["name"], "Ann Lee");
}
