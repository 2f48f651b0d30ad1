//! Several calls in one.

use b24_runtime::{
    Cause, Earlier, Request, api,
    types::{ChatId, DialogId, UserId},
};
use serde_json::Value;

use crate::caller::Caller;

const ME: DialogId = DialogId::User(UserId(1));

/// The commands that the portal ran, in order.
fn commands(caller: &Caller) -> Vec<String> {
    let calls = caller.portal.calls();
    let commands = calls.iter().filter(|call| call.who().ends_with("in a batch"));
    commands.map(|call| call.name().to_owned()).collect()
}

#[tokio::test]
async fn each_call_of_a_batch_has_an_answer_of_its_own_type() {
    let caller = Caller::start().await;
    let (me, chat, counters) = caller
        .client
        .batch((api::im::user::get(), api::im::chat::add().title("Release"), api::im::counters::get()))
        .await
        .unwrap();
    assert_eq!(me.unwrap().id, UserId(1));
    assert!(chat.unwrap() > ChatId(0));
    counters.unwrap();
    assert_eq!(caller.requests(), [("batch".to_owned(), None)]);
    assert_eq!(commands(&caller), ["im.user.get", "im.chat.add", "im.counters.get"]);
}

#[tokio::test]
async fn a_long_list_of_calls_travels_fifty_at_a_time_and_in_order() {
    let caller = Caller::start().await;
    let titles: Vec<String> = (0..120).map(|number| format!("Chat {number}")).collect();
    let added = caller.client.batch(titles.iter().map(|title| api::im::chat::add().title(title)).collect::<Vec<_>>());
    let added: Vec<ChatId> = added.await.unwrap().into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!((added.len(), caller.count("batch")), (120, 3));
    assert!(added.is_sorted(), "made in the order of the list");
    let calls = caller.portal.calls();
    let told = calls.iter().filter(|call| call.name() == "im.chat.add").map(|call| call.request()["TITLE"].clone());
    assert_eq!(told.collect::<Vec<Value>>(), titles);
}

#[tokio::test]
async fn a_call_that_fails_does_not_stop_the_others() {
    let caller = Caller::start().await;
    let (missing, me) =
        caller.client.batch((api::im::user::get().id(UserId(404)), api::im::user::get())).await.unwrap();
    let missing = missing.unwrap_err();
    assert!(missing.is_not_found() && missing.method() == "im.user.get", "{missing}");
    assert_eq!(me.unwrap().id, UserId(1));
}

#[tokio::test]
async fn a_halting_batch_ends_with_the_first_call_that_fails() {
    let caller = Caller::start().await;
    let calls = (0..70).map(|number| match number {
        3 => api::im::user::get().id(UserId(404)),
        _ => api::im::user::get(),
    });
    let outcomes = caller.client.batch(calls.collect::<Vec<_>>()).halting().await.unwrap();
    let (before, rest) = outcomes.split_at(3);
    assert!(before.iter().all(Result::is_ok));
    assert!(rest[0].as_ref().unwrap_err().is_not_found());
    assert!(rest[1..].iter().all(|call| matches!(call.as_ref().unwrap_err().cause(), Cause::Skipped)));
    assert_eq!((rest.len(), commands(&caller).len(), caller.count("batch")), (67, 4, 1));
}

#[tokio::test]
async fn a_call_may_use_what_an_earlier_one_answers() {
    let caller = Caller::start().await;
    let (chat, message) = caller
        .client
        .batch((
            api::im::chat::add().title("Release"),
            api::im::message::add(ME).message("It is out").with("DIALOG_ID", format!("chat{}", Earlier::call(0))),
        ))
        .await
        .unwrap();
    let (chat, message) = (chat.unwrap(), message.unwrap());
    let history = caller.client.call(api::im::dialog::messages::get(chat)).await.unwrap();
    let found = history.messages.iter().find(|said| said.id == message).unwrap();
    assert_eq!(found.text.as_deref(), Some("It is out"));
}

#[tokio::test]
async fn what_it_uses_may_be_a_part_and_further_away_than_a_call_holds() {
    let caller = Caller::start().await;
    let mut calls = vec![api::im::message::add(ME).message("first")];
    calls.extend((0..59).map(|_| {
        let name = Earlier::call(0).to_string();
        api::im::message::add(ME).message(format!("after {name}"))
    }));
    let outcomes = caller.client.batch(calls).await.unwrap();
    let first = outcomes[0].as_ref().unwrap().0;
    let calls = caller.portal.calls();
    let said: Vec<&str> = calls.iter().filter_map(|call| call.request()["MESSAGE"].as_str()).collect();
    assert_eq!((said.len(), said[1], said[59]), (60, &*format!("after {first}"), &*format!("after {first}")));
}

#[tokio::test]
async fn what_a_person_typed_is_never_taken_for_a_reference() {
    let caller = Caller::start().await;
    let (_, typed, harmless) = caller
        .client
        .batch((
            api::im::user::get(),
            api::im::message::add(ME).message("tell me $result[c000000][name]"),
            api::im::message::add(ME).message("the $result is fine"),
        ))
        .await
        .unwrap();
    let refused = typed.unwrap_err().to_string();
    assert!(refused.contains("make this call by itself"), "{refused}");
    harmless.unwrap();
    assert_eq!(commands(&caller), ["im.user.get", "im.message.add"]);
}

#[tokio::test]
async fn a_call_that_is_not_valid_is_not_sent_and_the_others_are() {
    let caller = Caller::start().await;
    let properties = api::imbot::v2::bot::RegisterFieldsProperties::new("Helpdesk");
    let fields = api::imbot::v2::bot::RegisterFields::new("helpdesk", properties).bot_token("x".repeat(41));
    let (invalid, me) =
        caller.client.batch((api::imbot::v2::bot::register(fields), api::im::user::get())).await.unwrap();
    assert!(matches!(invalid.unwrap_err().cause(), Cause::Invalid(_)));
    me.unwrap();
    assert_eq!(commands(&caller), ["im.user.get"]);
}

#[tokio::test]
async fn values_of_every_shape_arrive_as_in_a_call_of_their_own() {
    let caller = Caller::start().await;
    let call = || api::im::chat::add().title("R&D = 100 % + ü \"quoted\"\n[b]").users([1]).message("");
    let alone = caller.client.call(call()).await.unwrap();
    let (batched,) = caller.client.batch((call(),)).await.unwrap();
    let get = |chat: ChatId| api::im::dialog::get(chat);
    let alone = caller.client.call(get(alone)).await.unwrap();
    let batched = caller.client.call(get(batched.unwrap())).await.unwrap();
    assert_eq!((alone.name, alone.owner), (batched.name, batched.owner));
}

#[tokio::test]
async fn a_batch_with_a_write_is_not_repeated_when_its_outcome_is_unknown() {
    let caller = Caller::start().await;
    caller.faults(&["lose_answer on=batch times=2"]);
    let error = caller.client.batch((api::im::user::get(), api::im::chat::add())).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(caller.count("batch"), 1);

    let (me, counters) = caller.client.batch((api::im::user::get(), api::im::counters::get())).await.unwrap();
    assert!(me.is_ok() && counters.is_ok(), "one that only reads is repeated");
    assert_eq!(caller.count("batch"), 3);
}

#[tokio::test]
async fn nothing_is_sent_for_no_calls() {
    let caller = Caller::start().await;
    assert!(caller.client.batch(Vec::<api::im::user::Get>::new()).await.unwrap().is_empty());
    assert_eq!(caller.requests(), []);
}
