//! `b24 say`: a conversation from the terminal.

use b24_portal::Portal;

use crate::{
    echo::Echo,
    program::{b24, b24_on, b24_with_input, port},
};

#[tokio::test]
async fn what_is_said_and_answered_is_printed_as_a_transcript() {
    let echo = Echo::start().await;
    let talk = b24_on(&echo.portal, "say", &["hello", "there"]).await.well();
    assert_eq!(talk, "EchoBot: Welcome\nYou: hello there\nEchoBot: hello there\n  [1] Again\n");
}

#[tokio::test]
async fn the_terminal_shows_what_the_test_kit_shows() {
    let echo = Echo::start().await;
    let talk = b24_on(&echo.portal, "say", &["hello", "--as", "Ann Lee"]).await.well();
    let chat = echo.portal.user("Ann Lee").open("echo").await.expect("a chat");
    assert_eq!(talk.trim_end(), chat.transcript());
    assert!(talk.contains("Ann Lee: hello"), "{talk}");
}

#[tokio::test]
async fn lines_of_a_pipe_are_said_one_after_the_other_and_buttons_are_pressed() {
    let echo = Echo::start().await;
    let talk = b24_with_input(&echo.portal, "say", &[], "one\n#1\n").await.well();
    assert_eq!(talk, "EchoBot: Welcome\nYou: one\nEchoBot: one\n  [1] Again\nYou: #1\nEchoBot: Once more\n");
}

#[tokio::test]
async fn silence_is_told_with_its_reason() {
    let echo = Echo::start().await;
    echo.portal.faults().add("lose on=ONIMBOTMESSAGEADD".parse().expect("a rule"));
    let silence = b24_on(&echo.portal, "say", &["hello"]).await;
    assert!(silence.out.ends_with("You: hello\n"), "{silence:?}");
    let told = silence.fails(1);
    assert!(told.contains("the bot was not reached: ONIMBOTMESSAGEADD"), "{told}");
}

#[tokio::test]
async fn a_bot_that_says_nothing_is_waited_for_no_longer_than_wished() {
    let portal = Portal::start().await.expect("a portal");
    let ann = portal.user("Ann Lee");
    portal.user("You").group("Quiet", [&ann]).await.expect("a chat");
    let told = b24_on(&portal, "say", &["hello", "--chat", "1", "--timeout", "1"]).await;
    assert!(told.fails(1).contains("no answer within 1 s"));
}

#[tokio::test]
async fn which_bot_is_asked_where_there_are_several() {
    let echo = Echo::start().await;
    Echo::start_on(echo.portal.clone(), "second").await;
    let told = b24_on(&echo.portal, "say", &["hello"]).await.fails(2);
    assert!(told.contains("--bot: echo, second"), "{told}");
    let told = b24_on(&echo.portal, "say", &["hello", "--bot", "third"]).await.fails(2);
    assert!(told.contains("the portal has no bot third; it has echo, second"), "{told}");
    b24_on(&echo.portal, "say", &["hello", "--bot", "second"]).await.well();
}

#[tokio::test]
async fn without_a_portal_it_says_how_to_start_one() {
    let gone = Portal::start().await.expect("a portal");
    let port = port(&gone).to_owned();
    drop(gone);
    let told = b24(&["say", "hello", "--port", &port]).await.fails(3);
    assert!(told.contains("Start one with `b24 portal`"), "{told}");
}
