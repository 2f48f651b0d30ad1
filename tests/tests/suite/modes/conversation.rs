//! The same conversation, whichever way it takes.

use b24_portal::Portal;

use super::{Mode, assert_well, called, hook, install, portal_of};

/// What is said in a private dialog and in a group chat.
async fn converse(portal: &Portal) -> String {
    let ann = portal.user("Ann Lee");
    let chat = ann.open("guide").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/say hello there").await.unwrap();
    chat.reply().await.unwrap();
    let asked = chat.say("What is new?").await.unwrap();
    let answer = chat.reply().await.unwrap();
    assert_eq!(answer.text(), asked.text());
    chat.say("/choose").await.unwrap();
    let choice = chat.reply().await.unwrap();
    assert_eq!((choice.buttons(), choice.attach().len()), (vec!["Left".to_owned(), "Right".to_owned()], 1));
    chat.press("Left").await.unwrap();
    let chosen = chat.reply().await.unwrap();
    assert_eq!((chosen.id(), chosen.is_edited()), (choice.id(), true));
    chat.say("/menu").await.unwrap();
    chat.reply().await.unwrap();
    chat.pick("Go back").await.unwrap();
    chat.wait(|message| message.text() == "You went back").await.unwrap();
    chat.say("make and unmake").await.unwrap();
    chat.wait(|message| message.text() == "Nothing is left").await.unwrap();
    let liked = chat.say("like me").await.unwrap().id();
    chat.say("/say that was all").await.unwrap();
    chat.wait(|message| message.text() == "that was all").await.unwrap();
    let liked = chat.messages().into_iter().find(|message| message.id() == liked).unwrap();
    assert_eq!(liked.likes().len(), 1, "{liked}");

    // Where the bot is not, the platform shows a system message in its name with one API, and its own with the other.
    let elsewhere = ann.group("Elsewhere", []).await.unwrap();
    elsewhere.say("/where").await.unwrap();
    assert!(elsewhere.reply().await.unwrap().text().ends_with("Not here"));

    let team = ann.group("Team", [&portal.user("Bob Hill")]).await.unwrap();
    team.invite_bot("guide").await.unwrap();
    team.reply().await.unwrap();
    team.say("nobody in particular").await.unwrap();
    let guide = chosen.author_id();
    team.say(&format!("[USER={guide}]Guide[/USER], are you there?")).await.unwrap();
    team.reply().await.unwrap();
    team.say(&format!("[USER={guide}]Guide[/USER] /say in a group")).await.unwrap();
    team.reply().await.unwrap();
    format!("{}\n---\n{}", chat.transcript(), team.transcript()).replace(&guide.to_string(), "GUIDE")
}

const EXPECTED: &str = "\
Guide: Hello, Ann
Ann Lee: /say hello there
Guide: hello there
Ann Lee: What is new?
Guide: What is new?
Ann Lee: /choose
Guide (edited): You went left
Ann Lee: /menu
Guide (edited): You went back
Ann Lee: make and unmake
Guide: Nothing is left
Ann Lee: like me
Ann Lee: /say that was all
Guide: that was all
---
System: Ann Lee invited Guide to the chat
Guide: Hello, all
Ann Lee: nobody in particular
Ann Lee: Guide, are you there?
Guide: are you there?
Ann Lee: Guide /say in a group
Guide: in a group";

#[tokio::test]
async fn an_old_portal_is_spoken_to_through_the_first_api() {
    for revision in [28, 32] {
        let portal = portal_of(revision).await;
        let _bot = install(&portal, Mode::NEWEST).await;
        assert_eq!(converse(&portal).await, EXPECTED, "revision {revision}");
        assert_eq!((called(&portal, "imbot.register"), called(&portal, "imbot.v2.Bot.register")), (1, 0));
        assert_well(&portal);
    }
}

#[tokio::test]
async fn a_new_portal_is_spoken_to_through_the_first_api_where_that_is_wanted() {
    let portal = portal_of(36).await;
    let _bot = install(&portal, Mode::V1).await;
    assert_eq!(converse(&portal).await, EXPECTED);
    assert_eq!((called(&portal, "imbot.register"), called(&portal, "imbot.v2.Bot.register")), (1, 0));
    assert_well(&portal);
}

#[tokio::test]
async fn a_new_portal_is_spoken_to_through_the_second_api() {
    for revision in [33, 36] {
        let portal = portal_of(revision).await;
        let _bot = install(&portal, Mode::NEWEST).await;
        assert_eq!(converse(&portal).await, EXPECTED, "revision {revision}");
        assert_eq!((called(&portal, "imbot.register"), called(&portal, "imbot.v2.Bot.register")), (0, 1));
        assert_eq!(called(&portal, "imbot.v2.Event.get"), 0);
        assert_well(&portal);
    }
}

#[tokio::test]
async fn events_that_are_fetched_make_the_same_conversation() {
    let portal = portal_of(36).await;
    let _bot = install(&portal, Mode::FETCH).await;
    assert_eq!(converse(&portal).await, EXPECTED);
    assert!(portal.events().iter().all(|event| event.name().starts_with("ONAPP")), "no other event was sent");
    assert_well(&portal);
}

#[tokio::test]
async fn a_webhook_is_enough_for_each_way() {
    for (revision, mode) in [(28, Mode::NEWEST), (36, Mode::V1), (36, Mode::NEWEST), (36, Mode::FETCH)] {
        let portal = portal_of(revision).await;
        let _bot = hook(&portal, mode).await;
        assert_eq!(converse(&portal).await, EXPECTED, "revision {revision}, {mode:?}");
        assert_well(&portal);
    }
}
