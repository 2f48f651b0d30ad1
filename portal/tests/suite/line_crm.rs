use serde_json::{Value, json};

use crate::desk::{Desk, handle, refuse};

fn item(kind: &str, id: u64) -> Value {
    json!({"CRM_ENTITY_TYPE": kind, "CRM_ENTITY": id})
}

fn with(mut item: Value, more: &[(&str, Value)]) -> Value {
    for (name, value) in more {
        item[name] = value.clone();
    }
    item
}

/// A conversation that has made a lead.
async fn lead(desk: &Desk) -> u64 {
    desk.set(json!({"CRM": "Y", "CRM_CREATE": "lead"})).await;
    desk.client("Eve Fox", "hello").await.1
}

#[tokio::test]
async fn a_line_makes_what_it_is_told_to_make_for_a_new_client() {
    for (create, first, all) in [
        ("lead", "Y|LEAD|1|", "LEAD|1|COMPANY|0|CONTACT|0|DEAL|0"),
        ("deal", "Y|DEAL|1|", "LEAD|0|COMPANY|0|CONTACT|1|DEAL|1"),
        ("none", "N|NONE|0|", ""),
    ] {
        let desk = Desk::open().await;
        desk.set(json!({"CRM": "Y", "CRM_CREATE": create})).await;
        let (client, chat) = desk.client("Eve Fox", "hello").await;
        handle(&desk.ann, "operator.finish", chat).await;
        client.say("again").await.expect("a message");
        let look = desk.look(chat).await;
        assert!(look["entity_data_1"].as_str().is_some_and(|data| data.starts_with(first)), "{look}");
        assert_eq!(look["entity_data_2"], all, "a client is made once");
    }
}

#[tokio::test]
async fn chats_are_found_by_the_item_that_they_belong_to() {
    let desk = Desk::open().await;
    let chat = lead(&desk).await;

    let expected = json!([{"CHAT_ID": chat.to_string(), "CONNECTOR_ID": "livechat", "CONNECTOR_TITLE": "Live Chat"}]);
    assert_eq!(desk.ann.ok("imopenlines.crm.chat.get", item("lead", 1)).await, expected);
    assert_eq!(desk.ann.ok("imopenlines.crm.chat.getLastId", item("lead", 1)).await, json!(chat));
    assert_eq!(desk.ann.ok("imopenlines.crm.chat.get", item("deal", 1)).await, json!([]));
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(desk.ann.ok("imopenlines.crm.chat.get", item("lead", 1)).await, json!([]), "only what is going on");
    let all = with(item("lead", 1), &[("ACTIVE_ONLY", json!("N"))]);
    assert_eq!(desk.ann.ok("imopenlines.crm.chat.get", all).await, expected);
}

#[tokio::test]
async fn an_item_is_a_kind_and_a_number() {
    let desk = Desk::open().await;
    let guest = desk.ann.guest("Dan Out");
    let get = "imopenlines.crm.chat.get";
    assert_eq!(desk.ann.error(get, json!({"CRM_ENTITY": 1})).await, "ERROR_ARGUMENT");
    assert_eq!(desk.ann.error(get, json!({"CRM_ENTITY_TYPE": "lead", "CRM_ENTITY": "first"})).await, "ERROR_ARGUMENT");
    assert_eq!(guest.error(get, item("lead", 1)).await, "ACCESS_DENIED");
    let last = "imopenlines.crm.chat.getLastId";
    assert_eq!(desk.ann.error(last, json!({})).await, "CRM_CHAT_EMPTY_CRM_DATA");
    assert_eq!(desk.ann.error(last, item("lead", 9)).await, "CRM_CHAT_EMPTY_CRM_DATA");
    assert_eq!(desk.ann.error(last, item("ghost", 1)).await, "CRM_CHAT_EMPTY_CRM_DATA");
}

#[tokio::test]
async fn only_its_operator_makes_a_lead_out_of_a_conversation() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(refuse(&desk.ann, "crm.lead.create", chat).await, "ERROR_USER_NOT_OPERATOR");
    handle(&desk.ann, "operator.answer", chat).await;
    assert_eq!(refuse(&desk.bob, "crm.lead.create", chat).await, "ERROR_USER_NOT_OPERATOR");

    assert_eq!(handle(&desk.ann, "crm.lead.create", chat).await, true);
    assert_eq!(desk.look(chat).await["entity_data_2"], "LEAD|1|COMPANY|0|CONTACT|0|DEAL|0");
}

#[tokio::test]
async fn people_are_brought_into_the_chat_of_an_item_and_taken_out_again() {
    let desk = Desk::open().await;
    let chat = lead(&desk).await;
    let cid = desk.ann.colleague("Cid Poe");
    let guest = desk.ann.guest("Dan Out");
    let params = |user: u64| with(item("lead", 1), &[("USER_ID", json!(user))]);
    let (add, delete) = ("imopenlines.crm.chat.user.add", "imopenlines.crm.chat.user.delete");

    assert_eq!(desk.ann.ok(add, params(cid.id())).await, json!(chat));
    assert!(desk.has(chat, cid.id()).await);
    assert_eq!(desk.ann.error(add, params(cid.id())).await, "WRONG_REQUEST");
    assert_eq!(desk.ann.error(add, params(999)).await, "CRM_CHAT_USER_NOT_ACTIVE");
    assert_eq!(desk.ann.error(add, params(guest.id())).await, "ACCESS_DENIED");
    let elsewhere = with(params(cid.id()), &[("CHAT_ID", json!(999))]);
    assert_eq!(desk.ann.error(add, elsewhere.clone()).await, "CHAT_NOT_IN_CRM");
    let nowhere = with(item("deal", 7), &[("USER_ID", json!(cid.id()))]);
    assert_eq!(desk.ann.ok(add, nowhere).await, 0, "the item has no chat");

    let stranger = desk.ann.colleague("Flo Wu");
    let (status, answer) = stranger.call(delete, params(cid.id())).await;
    assert_eq!((status, &answer["error"]), (403, &json!("CHAT_DELETE_USER_PERMISSION_DENIED")));
    assert_eq!(desk.ann.ok(delete, params(cid.id())).await, json!(chat));
    assert!(!desk.has(chat, cid.id()).await);
    assert_eq!(desk.ann.error(delete, params(cid.id())).await, "WRONG_REQUEST");
    assert_eq!(desk.ann.error(delete, elsewhere).await, "CHAT_NOT_IN_CRM");
    assert_eq!(desk.ann.error(delete, item("lead", 1)).await, "CRM_CHAT_EMPTY_USER");
    assert_eq!(desk.ann.error(delete, json!({"USER_ID": 1})).await, "CRM_CHAT_EMPTY_CRM_DATA");
}

#[tokio::test]
async fn a_bot_needs_the_permission_for_the_crm_to_come_into_such_a_chat() {
    let desk = Desk::open().await;
    lead(&desk).await;
    let app = desk.app().await;
    let bot = app.add_bot("echo", json!({})).await;
    let params = with(item("lead", 1), &[("USER_ID", json!(bot))]);
    assert_eq!(desk.ann.error("imopenlines.crm.chat.user.add", params).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn somebody_in_the_chat_of_an_item_speaks_to_the_client() {
    let desk = Desk::open().await;
    desk.set(json!({"CRM": "Y"})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    let params = |user: u64, chat: u64| {
        with(item("lead", 1), &[("USER_ID", json!(user)), ("CHAT_ID", json!(chat)), ("MESSAGE", json!("hi"))])
    };
    let add = "imopenlines.crm.message.add";

    assert!(desk.admin.ok(add, params(desk.ann.id(), chat)).await.is_u64());
    assert_eq!(client.last().await.expect("a message").author(), "Ann Lee");
    assert_eq!(desk.ann.error(add, params(desk.bob.id(), chat)).await, "CANCELED", "he is not in the chat");
    assert_eq!(desk.ann.error(add, params(desk.ann.id(), 999)).await, "CHAT_NOT_IN_CRM");
    assert_eq!(desk.ann.error(add, item("lead", 1)).await, "ERROR_ARGUMENT");
}
