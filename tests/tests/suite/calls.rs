//! What becomes of a call when something goes wrong on its way.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use b24_portal::Portal;
use b24_runtime::{AppCredentials, Cause, Client, GrantError, Repeats, Session, Tokens, api, types::UserId};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::caller::{Caller, application, authorized, visit};

const DIALOG: UserId = UserId(1);

/// What the caller can see of it: the texts of the chat.
fn said(caller: &Caller) -> usize {
    caller.portal.calls().iter().filter(|call| call.name() == "im.message.add" && call.status() == Some(200)).count()
}

#[tokio::test]
async fn what_only_reads_is_repeated_whatever_happened_to_it() {
    for fault in ["lose", "lose_answer", "cut", "status=502", "error=INTERNAL_SERVER_ERROR"] {
        let caller = Caller::start().await;
        caller.faults(&[&format!("{fault} on=im.user.get times=2")]);
        let me = caller.client.call(api::im::user::get()).await;
        assert!(me.is_ok(), "{fault}: {me:?}");
        assert_eq!(caller.count("im.user.get"), 3, "{fault}");
    }
}

#[tokio::test]
async fn a_message_is_not_sent_again_when_nobody_knows_whether_it_was() {
    for fault in ["lose", "lose_answer", "cut", "status=502"] {
        let caller = Caller::start().await;
        caller.faults(&[&format!("{fault} on=im.message.add times=1")]);
        let message = || api::im::message::add(DIALOG).message("once");
        let error = caller.client.call(message()).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{fault}: {error}");
        assert_eq!(caller.count("im.message.add"), 1, "{fault}");
    }
}

#[tokio::test]
async fn who_allows_it_has_a_message_sent_again() {
    let caller = Caller::start().await;
    caller.faults(&["lose_answer on=im.message.add times=1"]);
    let client = caller.client.with_repeats(Repeats::All);
    client.call(api::im::message::add(DIALOG).message("perhaps twice")).await.unwrap();
    assert_eq!(said(&caller), 2);
}

#[tokio::test]
async fn who_forbids_it_has_nothing_repeated() {
    let caller = Caller::start().await;
    caller.faults(&["error=QUERY_LIMIT_EXCEEDED times=1"]);
    let error = caller.client.with_repeats(Repeats::Never).call(api::im::user::get()).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn a_portal_that_stays_away_is_given_up_and_told() {
    let caller = Caller::start().await;
    caller.faults(&["status=502"]);
    let error = caller.client.call(api::im::user::get()).await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Unexpected { status: 502, .. }), "{error}");
    assert_eq!(caller.count("im.user.get"), 4);
}

/// An application whose renewed tokens are kept in this list.
struct Kept {
    portal: Portal,
    client: Client,
    tokens: Arc<Mutex<Vec<Tokens>>>,
}

impl Kept {
    async fn start(door: Arc<Semaphore>) -> Self {
        let portal = Portal::start().await.unwrap();
        let (credentials, grant) = authorized(&portal).await;
        let tokens = Arc::<Mutex<Vec<Tokens>>>::default();
        let list = Arc::clone(&tokens);
        let keep = move |tokens: Tokens| {
            let (list, door) = (Arc::clone(&list), Arc::clone(&door));
            async move {
                drop(door.acquire().await);
                list.lock().unwrap().push(tokens);
                Ok(())
            }
        };
        let client = Client::new(Session::keeping(credentials, grant.tokens, keep)).unwrap();
        Self { portal, client, tokens }
    }

    fn answered(&self) -> usize {
        let calls = self.portal.calls();
        calls.iter().filter(|call| call.name() == "im.user.get" && call.status() == Some(200)).count()
    }
}

#[tokio::test]
async fn however_many_calls_find_the_token_expired_it_is_renewed_once() {
    let caller = Kept::start(Arc::new(Semaphore::new(1))).await;
    caller.portal.advance(Duration::from_hours(2));
    let mut calls = JoinSet::new();
    for _ in 0..32 {
        let client = caller.client.clone();
        calls.spawn(async move { client.call(api::im::user::get()).await.map(drop) });
    }
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    assert_eq!((caller.answered(), caller.tokens.lock().unwrap().len()), (32, 1));
}

#[tokio::test]
async fn new_tokens_are_stored_before_they_are_used() {
    let door = Arc::new(Semaphore::new(0));
    let caller = Kept::start(Arc::clone(&door)).await;
    caller.portal.advance(Duration::from_hours(2));
    let call = tokio::spawn({
        let client = caller.client.clone();
        async move { client.call(api::im::user::get()).await }
    });
    while caller.portal.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!((caller.answered(), caller.tokens.lock().unwrap().len()), (0, 0));
    door.add_permits(1);
    call.await.unwrap().unwrap();
    assert_eq!((caller.answered(), caller.tokens.lock().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn a_renewal_goes_on_when_the_call_that_began_it_is_given_up() {
    let door = Arc::new(Semaphore::new(0));
    let caller = Kept::start(Arc::clone(&door)).await;
    caller.portal.advance(Duration::from_hours(2));
    {
        let call = caller.client.call(api::im::user::get());
        let begun = async {
            while caller.portal.calls().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = call => panic!("its tokens are not stored yet"),
            () = begun => {}
        }
    }
    door.add_permits(2);
    caller.client.call(api::im::user::get()).await.unwrap();
    assert_eq!(caller.tokens.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_renewal_that_comes_to_nothing_is_made_again_before_the_call_is_given_up() {
    for fault in ["lose", "status=502"] {
        let caller = Caller::start().await;
        caller.faults(&["expire times=1", &format!("{fault} on=oauth.token times=1")]);
        caller.client.call(api::im::message::add(DIALOG).message("once")).await.unwrap();
        assert_eq!(said(&caller), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_new_token_that_others_let_expire_as_well_is_renewed_in_turn() {
    let caller = Caller::start().await;
    caller.faults(&["expire times=3"]);
    caller.client.call(api::im::message::add(DIALOG).message("once")).await.unwrap();
    assert_eq!((said(&caller), caller.count("im.message.add")), (1, 4));
}

#[tokio::test]
async fn a_portal_that_takes_no_token_is_told() {
    let caller = Caller::start().await;
    caller.faults(&["expire on=im.*"]);
    let error = caller.client.call(api::im::user::get()).await.unwrap_err();
    assert_eq!((error.code(), caller.count("im.user.get")), (Some("expired_token"), 5));
}

#[tokio::test]
async fn why_a_token_is_not_renewed_is_told() {
    let caller = Caller::start().await;
    caller.portal.advance(Duration::from_hours(24 * 200));
    let error = caller.client.call(api::im::user::get()).await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Renewal(GrantError::Refused { code, .. }) if code == "invalid_grant"));
    let text = error.to_string();
    assert!(text.contains("could not be renewed: refused with invalid_grant"), "{text}");
    assert!(text.ends_with("install or authorize once more"), "{text}");
}

#[tokio::test]
async fn a_subscription_that_ended_is_told() {
    let caller = Caller::start().await;
    caller.faults(&["expire times=1", "error=PAYMENT_REQUIRED on=oauth.token"]);
    let error = caller.client.call(api::im::user::get()).await.unwrap_err().to_string();
    assert!(error.contains("refused with PAYMENT_REQUIRED") && error.contains("subscription"), "{error}");
}

#[tokio::test]
async fn the_secret_goes_to_the_authorization_server_alone() {
    let portal = Portal::start().await.unwrap();
    let (app, credentials) = application(&portal);
    let address = credentials.authorize(portal.url()).unwrap().address().to_owned();
    assert!(address.contains(&app.client_id) && !address.contains(&app.client_secret));
    // The portal is not the authorization server here: whatever the secret is sent to is this stranger.
    let secrets = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&secrets);
    let router = axum::Router::new().fallback(async move |body: String| {
        seen.fetch_add(usize::from(body.contains("client_secret")), Ordering::SeqCst);
        axum::Json(serde_json::json!({"error": "invalid_grant", "error_description": "unknown"}))
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let oauth_server = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let visit_to = credentials.authorize(portal.url()).unwrap();
    let query = visit(&portal, visit_to.address()).await;
    let grant = credentials.redeem(&query, visit_to.state()).await.unwrap();
    let elsewhere = AppCredentials { oauth_server, ..credentials };
    let client = Client::new(Session::application(elsewhere, grant.tokens)).unwrap();
    portal.advance(Duration::from_hours(2));
    client.call(api::im::user::get()).await.unwrap_err();
    assert_eq!(secrets.load(Ordering::SeqCst), 1);
    assert!(portal.calls().iter().all(|call| !call.request().to_string().contains(&app.client_secret)));
}

#[tokio::test]
async fn a_portal_that_moved_is_followed_where_the_authorization_server_says_it_is() {
    let caller = Caller::start().await;
    // By its name the portal is known under the new address alone: the token server names the number.
    let (credentials, grant) = authorized(&caller.portal).await;
    let old = grant.tokens.endpoint.replace("127.0.0.1", "localhost");
    let client = Client::new(Session::application(credentials, Tokens { endpoint: old, ..grant.tokens })).unwrap();
    caller.faults(&[&format!("moved={} on=im.*", caller.portal.url())]);
    client.call(api::im::user::get()).await.unwrap();
    client.call(api::im::user::get()).await.unwrap();
    assert_eq!(caller.errors().len(), 1, "the second call goes to the new address at once");
}

#[tokio::test]
async fn behind_a_webhook_a_portal_that_moved_is_told_without_its_code() {
    let caller = Caller::start().await;
    let webhook = caller.portal.webhook(1, ["im"]);
    caller.faults(&["moved=https://new.example on=im.*"]);
    let error = Client::webhook(&webhook).unwrap().call(api::im::user::get()).await.unwrap_err().to_string();
    assert_eq!(error, "im.user.get: the portal moved to https://new.example; use that address from now on");
}

#[tokio::test]
async fn a_code_is_taken_only_from_the_browser_that_was_sent_away() {
    let portal = Portal::start().await.unwrap();
    let (_, credentials) = application(&portal);
    let (mine, theirs) = (credentials.authorize(portal.url()).unwrap(), credentials.authorize(portal.url()).unwrap());
    let query = visit(&portal, theirs.address()).await;
    let error = credentials.redeem(&query, mine.state()).await.unwrap_err();
    assert!(matches!(error, GrantError::Forged(_)), "{error}");
    let other = query.replace("member_id=", "member_id=x");
    let error = credentials.redeem(&other, theirs.state()).await.unwrap_err();
    assert!(error.to_string().contains("another portal"), "{error}");

    let again = credentials.redeem(&query, theirs.state()).await.unwrap_err();
    assert!(
        matches!(&again, GrantError::Refused { code, .. } if code == "invalid_grant"),
        "a code is good once: {again}"
    );
}

#[tokio::test]
async fn what_is_granted_names_the_portal_the_person_and_the_scopes() {
    let portal = Portal::start().await.unwrap();
    let (_, grant) = authorized(&portal).await;
    assert_eq!(grant.tokens.endpoint, format!("{}/rest/", portal.url()));
    assert_eq!(grant.user, Some(UserId(1)));
    assert!(grant.scopes.iter().any(|scope| scope == "imbot"));
    assert!(!format!("{grant:?}").contains(grant.tokens.access.expose()), "tokens are not for logs");
}
