//! Long lists, as many pages a call as there can be.

use std::{
    pin::pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use b24_portal::{
    Limits, Portal,
    seed::{Chat, Message, Seed, User},
};
use b24_runtime::{CallLimit, Progress, api, types::UserId};

use crate::caller::Caller;

const PAGE: usize = 50;
const PAGES: usize = 50;

/// A portal with the administrator and so many others.
async fn people(others: usize) -> Caller {
    let user = |number| User { name: format!("User {number}"), ..User::default() };
    let seed = Seed { users: (0..others).map(user).collect(), ..Seed::default() };
    let limits = Limits { rate: None, ..Limits::standard() };
    let portal = Portal::builder().seed(seed).limits(limits).start().await.unwrap();
    Caller::on(portal, CallLimit::unlimited()).await
}

fn ids(users: &[b24_runtime::types::PortalUser]) -> Vec<u64> {
    users.iter().map(|user| user.id.0.try_into().unwrap()).collect()
}

#[tokio::test]
async fn a_list_that_is_counted_is_read_with_as_few_requests_as_there_can_be() {
    let caller = people(5200).await;
    let users = caller.client.pages(api::user::get()).in_bulk().all().await.unwrap();
    assert_eq!(users.len(), 5201);
    assert!(ids(&users).windows(2).all(|pair| pair[0] < pair[1]), "each one once, in the order of the portal");
    assert_eq!(caller.requests().len(), 5201_usize.div_ceil(PAGE * PAGES));
}

#[tokio::test]
async fn a_short_list_is_read_with_one_request() {
    let caller = people(3).await;
    let users = caller.client.pages(api::user::get()).in_bulk().all().await.unwrap();
    assert_eq!((users.len(), caller.requests().len()), (4, 1));
}

#[tokio::test]
async fn progress_is_told_after_every_page() {
    let caller = people(120).await;
    let told = Arc::<Mutex<Vec<Progress>>>::default();
    let list = Arc::clone(&told);
    let bulk = caller.client.pages(api::user::get()).in_bulk();
    bulk.progress(move |progress| list.lock().unwrap().push(progress)).all().await.unwrap();
    let total = Some(121);
    let expected = [50, 100, 121].map(|read| Progress { read, total });
    assert_eq!(*told.lock().unwrap(), expected);
}

/// A portal with a chat in which so much was said, and its number.
async fn talk(messages: usize) -> (Caller, b24_runtime::types::ChatId) {
    let message = |number| Message { from: Some("You".to_owned()), text: format!("{number}"), ..Message::default() };
    let messages = (0..messages).map(message).collect();
    let chat = Chat { title: "Team".to_owned(), members: vec!["You".to_owned()], messages, ..Chat::default() };
    let portal = Portal::builder().seed(Seed { chats: vec![chat], ..Seed::default() }).start().await.unwrap();
    let caller = Caller::on(portal, CallLimit::unlimited()).await;
    let found = caller.client.call(api::im::recent::get()).await.unwrap();
    let chat = found.iter().find_map(|recent| recent.chat_id).unwrap();
    (caller, chat)
}

#[tokio::test]
async fn pages_that_begin_after_the_one_before_refer_to_each_other() {
    let (caller, chat) = talk(2600).await;
    let before = caller.requests().len();
    let list = api::im::dialog::messages::get(chat).limit(50);
    let found = caller.client.pages(list).in_bulk().all().await.unwrap();
    let numbers: Vec<i64> = found.iter().filter_map(|message| message.text.as_ref()?.parse().ok()).collect();
    assert_eq!(numbers, (0..2600).rev().collect::<Vec<i64>>());
    assert_eq!(caller.requests().len() - before, 2);
}

#[tokio::test]
async fn a_list_is_read_alike_page_by_page_and_in_bulk() {
    let (caller, chat) = talk(137).await;
    let list = || caller.client.pages(api::im::dialog::messages::get(chat));
    let (one_by_one, in_bulk) = (list().all().await.unwrap(), list().in_bulk().all().await.unwrap());
    let ids =
        |messages: &[b24_runtime::types::ImMessage]| messages.iter().map(|message| message.id).collect::<Vec<_>>();
    assert_eq!(ids(&one_by_one), ids(&in_bulk));
}

#[tokio::test]
async fn a_page_that_cannot_be_read_ends_the_list_after_those_before_it() {
    let caller = people(400).await;
    caller.faults(&["error=ACCESS_DENIED on=user.get chance=0.4 seed=3"]);
    let progress = Arc::<Mutex<u64>>::default();
    let read = Arc::clone(&progress);
    let bulk = caller.client.pages(api::user::get()).in_bulk().progress(move |told| *read.lock().unwrap() = told.read);
    let error = bulk.all().await.unwrap_err();
    assert_eq!((error.code(), error.method()), (Some("ACCESS_DENIED"), "user.get"));
    assert!(*progress.lock().unwrap() > 0, "what was read before it was told");
}

#[tokio::test]
async fn a_portal_that_does_not_manage_fifty_pages_in_a_minute_is_asked_for_fewer() {
    let caller = people(3000).await;
    caller.faults(&["busy=2s on=user.get"]);
    let users = caller.client.pages(api::user::get()).in_bulk().all().await.unwrap();
    assert_eq!(users.len(), 3001);
    let lost = caller.portal.calls().iter().filter(|call| call.status() == Some(504)).count();
    assert_eq!((lost, caller.requests().len()), (1, 4), "fifty, and then twenty-five at a time");
}

#[tokio::test]
async fn a_list_goes_on_where_it_was_when_the_method_had_to_rest() {
    let caller = people(3000).await;
    // The method has run for 472 seconds: in the middle of a call it will have been too long.
    caller.faults(&["busy=59s on=user.get times=8"]);
    for _ in 0..8 {
        caller.client.call(api::user::get()).await.unwrap();
    }
    caller.faults(&["busy=1s on=user.get times=20"]);
    let mut all = pin!(caller.client.pages(api::user::get()).in_bulk().all());
    let refused = async {
        while caller.count("batch") == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = &mut all => panic!("the method has to rest"),
        () = refused => {}
    }
    tokio::select! {
        biased;
        _ = &mut all => panic!("the method has to rest"),
        me = caller.client.call(api::im::user::get()) => drop(me.unwrap()),
    }
    caller.advance(Duration::from_mins(11)).await;
    let users = all.await.unwrap();
    let mut expected = ids(&users);
    expected.dedup();
    assert_eq!((users.len(), expected.len()), (3001, 3001));
    assert_eq!(users[0].id, UserId(1));
}
