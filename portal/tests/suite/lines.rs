use serde_json::{Value, json};

use crate::desk::Desk;

async fn get(desk: &Desk, id: &Value) -> Value {
    desk.admin.ok("imopenlines.config.get", json!({"CONFIG_ID": id, "WITH_QUEUE": "Y"})).await
}

async fn list(desk: &Desk, params: Value) -> Value {
    desk.admin.ok("imopenlines.config.list.get", json!({"PARAMS": params})).await
}

#[tokio::test]
async fn a_new_line_has_a_setting_for_everything_and_its_maker_in_the_queue() {
    let desk = Desk::open().await;

    let id = desk.ann.ok("imopenlines.config.add", json!({})).await;
    let line = get(&desk, &id).await;
    assert_eq!(line["ID"], json!(id.to_string()));
    assert_eq!(line["LINE_NAME"], json!(format!("Open line {id}")));
    assert_eq!(
        (&line["QUEUE_TYPE"], &line["QUEUE_TIME"], &line["ACTIVE"]),
        (&json!("evenly"), &json!("60"), &json!("Y"))
    );
    assert_eq!(line["QUEUE"], json!([desk.ann.id().to_string()]));
    let entry = &line["QUEUE_FULL"][desk.ann.id().to_string()];
    assert_eq!(
        (&entry["SORT"], &entry["DEPARTMENT_ID"], &entry["USER_NAME"]),
        (&json!("0"), &json!("0"), &Value::Null)
    );
    assert_eq!(line["MODIFY_USER_ID"], json!(desk.ann.id().to_string()));
    assert!(line.as_object().is_some_and(|line| line.len() > 85), "{line}");
}

#[tokio::test]
async fn numbers_are_answered_as_text_and_holidays_as_a_list() {
    let desk = Desk::open().await;
    let params = json!({
        "LINE_NAME": "Shop", "QUEUE_TIME": 45, "WORKTIME_HOLIDAYS": "01.01, 25.12", "WORKTIME_DAYOFF": ["SA", "SU"],
        "QUEUE": [{"ENTITY_TYPE": "user", "ENTITY_ID": "1"}, {"ENTITY_TYPE": "department", "ENTITY_ID": 10}],
    });
    let id = desk.admin.ok("imopenlines.config.add", json!({"PARAMS": params})).await;

    let line = get(&desk, &id).await;
    assert_eq!((&line["LINE_NAME"], &line["QUEUE_TIME"]), (&json!("Shop"), &json!("45")));
    assert_eq!(line["WORKTIME_HOLIDAYS"], json!(["01.01", "25.12"]));
    assert_eq!(line["WORKTIME_DAYOFF"], json!(["SA", "SU"]));
    assert_eq!(line["QUEUE"], json!(["1"]), "nobody is in the department");
}

#[tokio::test]
async fn the_queue_is_told_to_those_who_ask_for_it() {
    let desk = Desk::open().await;
    let line = desk.admin.ok("imopenlines.config.get", json!({"CONFIG_ID": desk.line.id().0})).await;
    assert!(line.get("QUEUE").is_none() && line.get("QUEUE_FULL").is_none(), "{line}");
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let desk = Desk::open().await;
    let id = json!(desk.line.id().0);

    desk.set(json!({"WELCOME_MESSAGE": "Y", "QUEUE": [{"ENTITY_TYPE": "user", "ENTITY_ID": desk.bob.id()}]})).await;
    let line = get(&desk, &id).await;
    assert_eq!((&line["WELCOME_MESSAGE"], &line["QUEUE_TYPE"]), (&json!("Y"), &json!("strictly")));
    assert_eq!(line["QUEUE"], json!([desk.bob.id().to_string()]));
    assert_eq!(line["MODIFY_USER_ID"], json!("1"));
}

#[tokio::test]
async fn only_administrators_change_and_delete_lines() {
    let desk = Desk::open().await;
    let params = json!({"CONFIG_ID": desk.line.id().0, "PARAMS": {"LINE_NAME": "Mine"}});

    for method in ["imopenlines.config.update", "imopenlines.config.delete"] {
        let (status, answer) = desk.ann.call(method, params.clone()).await;
        assert_eq!((status, &answer["error"]), (403, &json!("CONFIG_WRONG_USER_PERMISSION")), "{method}");
    }
    assert_eq!(get(&desk, &json!(desk.line.id().0)).await["LINE_NAME"], "Help");
}

#[tokio::test]
async fn a_line_that_is_not_there_is_answered_with_false() {
    let desk = Desk::open().await;
    for method in ["get", "update", "delete"] {
        let method = format!("imopenlines.config.{method}");
        assert_eq!(desk.admin.ok(&method, json!({"CONFIG_ID": 99})).await, false, "{method}");
        assert_eq!(desk.admin.error(&method, json!({"CONFIG_ID": 0})).await, "CONFIG_ID_EMPTY");
        assert_eq!(desk.admin.error(&method, json!({})).await, "CONFIG_ID_EMPTY");
    }
}

#[tokio::test]
async fn a_list_has_what_is_selected_in_the_wanted_order() {
    let desk = Desk::open().await;
    for (name, active) in [("Sales", "Y"), ("Jobs", "N")] {
        let params = json!({"PARAMS": {"LINE_NAME": name, "ACTIVE": active}});
        desk.admin.ok("imopenlines.config.add", params).await;
    }

    let names = |params: Value| async {
        let lines = list(&desk, params).await;
        let lines = lines.as_array().expect("a list").clone();
        lines.iter().map(|line| line["LINE_NAME"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(json!({"order": {"LINE_NAME": "asc"}})).await, ["Help", "Jobs", "Sales"]);
    assert_eq!(names(json!({"order": {"LINE_NAME": "DESC"}, "limit": 1, "offset": 1})).await, ["Jobs"]);
    assert_eq!(names(json!({"filter": {"ACTIVE": "Y"}})).await, ["Help", "Sales"]);
    assert_eq!(names(json!({"filter": {">ID": 1, "ACTIVE": "N"}})).await, ["Jobs"]);
    assert_eq!(list(&desk, json!({"select": ["ID"], "limit": 1})).await, json!([{"ID": "1"}]));
    assert_eq!(list(&desk, json!({"limit": 0})).await, json!([]));
}

#[tokio::test]
async fn the_queues_of_a_list_come_by_their_options() {
    let desk = Desk::open().await;
    let params = json!({"PARAMS": {"select": ["ID"]}, "OPTIONS": {"QUEUE": "Y", "CONFIG_QUEUE": "Y"}});
    let line = desk.admin.ok("imopenlines.config.list.get", params).await[0].take();

    let ids = [desk.ann.id().to_string(), desk.bob.id().to_string()];
    assert_eq!(line["QUEUE"], json!(ids));
    assert_eq!(line["QUEUE_USERS_FIELDS"][&ids[0]]["USER_AVATAR_ID"], "0");
    assert_eq!(line["CONFIG_QUEUE"][1], json!({"ENTITY_ID": ids[1], "ENTITY_TYPE": "user"}));
}

#[tokio::test]
async fn a_list_refuses_what_it_does_not_know() {
    let desk = Desk::open().await;
    for params in [
        json!({"PARAMS": {"select": ["NOTHING"]}}),
        json!({"PARAMS": {"select": "ID"}}),
        json!({"PARAMS": {"order": {"NOTHING": "asc"}}}),
        json!({"PARAMS": {"order": {"ID": "up"}}}),
        json!({"PARAMS": {"filter": {"NOTHING": 1}}}),
        json!({"PARAMS": {"filter": {"QUEUE": 1}}}),
        json!({"PARAMS": {"offset": -1}}),
        json!({"OPTIONS": {"CHECK_PERMISSION": "FLY"}}),
    ] {
        assert_eq!(desk.admin.error("imopenlines.config.list.get", params.clone()).await, "INVALID_FORMAT", "{params}");
    }
}

#[tokio::test]
async fn a_permission_shows_the_lines_that_the_caller_may_change() {
    let desk = Desk::open().await;
    let params = json!({"OPTIONS": {"CHECK_PERMISSION": "MODIFY"}});
    assert_eq!(desk.admin.ok("imopenlines.config.list.get", params.clone()).await.as_array().map(Vec::len), Some(1));
    assert_eq!(desk.ann.ok("imopenlines.config.list.get", params).await, json!([]));
}

#[tokio::test]
async fn the_portal_tells_where_its_lines_are_and_which_revision_they_have() {
    let desk = Desk::open().await;
    let path = desk.ann.ok("imopenlines.config.path.get", json!({})).await;
    assert_eq!(path, json!({"SERVER_ADDRESS": desk.portal.url(), "PUBLIC_PATH": "/contact_center/"}));
    assert_eq!(desk.ann.ok("imopenlines.revision.get", json!({})).await, json!({"rest": 2, "web": 1, "mobile": 1}));
}

#[tokio::test]
async fn a_deleted_line_takes_its_conversations_with_it() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;

    let params = json!({"CONFIG_ID": desk.line.id().0});
    assert_eq!(desk.admin.ok("imopenlines.config.delete", params).await, true);
    assert!(desk.line.conversations().is_empty());
    client.say("anybody?").await.expect("a message");
    assert!(desk.line.conversations().is_empty(), "nobody can write to it any more");
    assert_eq!(crate::desk::refuse(&desk.admin, "operator.answer", chat).await, "ACCESS_DENIED");
}
