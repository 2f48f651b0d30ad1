use std::time::Duration;

use b24_portal::Portal;
use serde_json::json;

use crate::{bot::Bot, person::Person};

#[tokio::test]
async fn a_user_is_the_current_one_where_none_is_named() {
    let ann = Person::alone().await;

    assert_eq!(ann.ok("im.user.get", json!({})).await["id"], ann.id());
    let admin = ann.ok("im.user.get", json!({"ID": 1})).await;
    assert_eq!((&admin["name"], &admin["type"], &admin["bot"]), (&json!("You"), &json!("user"), &json!(false)));
    assert_eq!(ann.error("im.user.get", json!({"ID": 0})).await, "ID_EMPTY");
    assert_eq!(ann.error("im.user.get", json!({"ID": -1})).await, "ID_EMPTY");
    assert_eq!(ann.error("im.user.get", json!({"ID": 77})).await, "USER_NOT_EXISTS");
}

#[tokio::test]
async fn users_come_by_their_numbers_or_as_a_list() {
    let ann = Person::alone().await;

    let keyed = ann.ok("im.user.list.get", json!({"ID": [1, ann.id(), 77]})).await;
    assert_eq!(keyed.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(keyed["1"]["name"], "You");
    let list = ann.ok("im.user.list.get", json!({"ID": "[1]", "RESULT_TYPE": "array"})).await;
    assert_eq!(list[0]["id"], 1);
    for wrong in [json!({}), json!({"ID": 1}), json!({"ID": "1"})] {
        assert_eq!(ann.error("im.user.list.get", wrong.clone()).await, "INVALID_FORMAT", "{wrong}");
    }
}

#[tokio::test]
async fn everybody_who_works_here_is_a_business_user() {
    let ann = Person::alone().await;
    ann.guest("Guy Out");

    let first = ann.answer("im.user.business.list", json!({"LIMIT": 1})).await;
    assert_eq!((&first["result"], &first["next"], &first["total"]), (&json!([1]), &json!(1), &json!(2)));
    let second = ann.ok("im.user.business.list", json!({"OFFSET": 1, "USER_DATA": "Y"})).await;
    assert_eq!(second[0]["name"], "Ann Lee");
}

#[tokio::test]
async fn a_status_is_one_of_four() {
    let ann = Person::alone().await;

    assert_eq!(ann.ok("im.user.status.get", json!({})).await, false);
    for status in ["online", "dnd", "away", "break"] {
        assert_eq!(ann.ok("im.user.status.set", json!({"STATUS": status})).await, true);
        assert_eq!(ann.ok("im.user.status.get", json!({})).await, status);
        assert_eq!(ann.ok("im.user.get", json!({})).await["status"], status);
    }
    assert_eq!(ann.error("im.user.status.set", json!({"STATUS": "busy"})).await, "STATUS_ERROR");
    assert_eq!(ann.error("im.user.status.set", json!({})).await, "STATUS_ERROR");
}

#[tokio::test]
async fn somebody_is_away_since_ten_minutes_where_nothing_else_is_said() {
    let ann = Person::alone().await;
    let minutes_ago = |since: &serde_json::Value| {
        let since: jiff::Timestamp = since.as_str().and_then(|at| at.parse().ok()).expect("a time");
        (jiff::Timestamp::now().as_second() - since.as_second()) / 60
    };

    ann.ok("im.user.status.idle.start", json!({})).await;
    assert_eq!(minutes_ago(&ann.ok("im.user.get", json!({})).await["idle"]), 10);
    ann.ok("im.user.status.idle.start", json!({"AGO": -5})).await;
    assert_eq!(minutes_ago(&ann.ok("im.user.get", json!({})).await["idle"]), 1, "a minute at least");
    ann.ok("im.user.status.idle.end", json!({})).await;
    assert_eq!(ann.ok("im.user.get", json!({})).await["idle"], false);
}

#[tokio::test]
async fn users_are_found_by_the_beginnings_of_words() {
    let bot = Bot::install().await;
    let echo = bot.add_bot("echo", json!({"PROPERTIES": {"NAME": "Annie"}})).await;
    let ann = Person::new(&bot.portal, bot.portal.user("Ann Lee"));
    ann.guest("Anna Out");

    let found = ann.answer("im.search.user.list", json!({"FIND": "ann"})).await;
    assert_eq!(found["total"], 2, "whoever is from outside is not seen");
    assert_eq!(found["result"][echo.to_string()]["bot"], true);
    assert_eq!(found["result"][ann.id().to_string()]["name"], "Ann Lee");
    let staff = ann.ok("im.search.user.list", json!({"FIND": "ann", "BUSINESS": "Y"})).await;
    assert_eq!(staff.as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(ann.ok("im.search.user.list", json!({"FIND": "nn"})).await, json!([]));
    let page = ann.answer("im.search.user.list", json!({"FIND": "ann", "LIMIT": 1})).await;
    assert_eq!((page["next"].as_u64(), page["total"].as_u64()), (Some(1), Some(2)));
}

#[tokio::test]
async fn a_bot_that_hides_is_not_found() {
    let bot = Bot::install().await;
    for (code, is_hidden) in [("seen", false), ("unseen", true)] {
        let fields =
            json!({"code": code, "properties": {"name": "Annie"}, "isHidden": is_hidden, "eventMode": "fetch"});
        bot.ok("imbot.v2.Bot.register", json!({"fields": fields})).await;
    }
    let ann = Person::new(&bot.portal, bot.portal.user("Ann Lee"));
    assert_eq!(ann.answer("im.search.user.list", json!({"FIND": "annie"})).await["total"], 1);
}

#[tokio::test]
async fn a_search_needs_two_letters_and_once_needed_three() {
    let ann = Person::alone().await;
    ann.ok("im.search.user.list", json!({"FIND": "le"})).await;
    for short in [json!({"FIND": "l"}), json!({"FIND": ""}), json!({})] {
        assert_eq!(ann.error("im.search.user.list", short).await, "FIND_SHORT");
    }

    let old = Portal::builder().revision(30).start().await.expect("a portal");
    let ann = Person::new(&old, old.user("Ann Lee"));
    for method in ["im.search.user.list", "im.search.department.list"] {
        assert_eq!(ann.error(method, json!({"FIND": "le"})).await, "FIND_SHORT", "{method}");
        ann.ok(method, json!({"FIND": "loc"})).await;
    }
}

#[tokio::test]
async fn somebody_who_did_nothing_for_a_while_is_offline() {
    let admin = Person::admin(&["user"]).await;
    let online = || admin.ok("user.current", json!({}));
    assert_eq!(online().await["IS_ONLINE"], "Y");
    admin.portal().advance(Duration::from_hours(1));
    assert_eq!(online().await["IS_ONLINE"], "N");
}
