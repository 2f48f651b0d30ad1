use serde_json::{Value, json};

use crate::{
    bot::Bot,
    person::{Person, dialog},
};

struct Team {
    ann: Person,
    bob: Person,
    cid: Person,
    chat: u64,
}

/// Ann owns a chat with Bob; Cid is not in it.
async fn team() -> Team {
    let ann = Person::alone().await;
    let (bob, cid) = (ann.colleague("Bob Roe"), ann.colleague("Cid Fox"));
    let chat = ann.chat("Team", &[&bob]).await;
    Team { ann, bob, cid, chat }
}

impl Team {
    fn user(&self, person: &Person) -> Value {
        json!({"CHAT_ID": self.chat, "USER_ID": person.id()})
    }

    fn users(&self, people: &[&Person]) -> Value {
        json!({"CHAT_ID": self.chat, "USERS": people.iter().map(|person| person.id()).collect::<Vec<_>>()})
    }

    async fn transcript(&self) -> String {
        self.ann.user.join(b24_portal::ChatId(self.chat)).await.expect("the chat").transcript()
    }
}

#[tokio::test]
async fn members_invite_and_the_chat_tells_of_it() {
    let team = team().await;
    assert_eq!(team.cid.error("im.chat.user.add", team.users(&[&team.cid])).await, "ACCESS_DENIED_EXTEND");
    assert_eq!(team.bob.ok("im.chat.user.add", team.users(&[&team.bob, &team.cid])).await, true);
    assert_eq!(
        team.cid.ok("im.chat.user.list", json!({"CHAT_ID": team.chat})).await,
        json!([team.ann.id(), team.bob.id(), team.cid.id()])
    );
    assert_eq!(team.transcript().await, "System: Bob Roe invited Cid Fox to the chat");

    let messages = team.ann.ok("im.dialog.messages.get", json!({"DIALOG_ID": dialog(team.chat)})).await;
    let note = &messages["messages"][0];
    assert_eq!((&note["author_id"], &note["uuid"]), (&json!(0), &json!(null)));
    assert_eq!(note["params"], json!({"CODE": ["CHAT_JOIN"], "NOTIFY": "N"}));
    assert_eq!(messages["users"].as_array().map(Vec::len), Some(2), "who is mentioned is told of");
}

#[tokio::test]
async fn nobody_is_invited_twice_or_from_nowhere() {
    let team = team().await;
    assert_eq!(team.ann.error("im.chat.user.add", team.users(&[&team.bob])).await, "WRONG_REQUEST");
    assert_eq!(
        team.ann.error("im.chat.user.add", json!({"CHAT_ID": team.chat, "USERS": [404]})).await,
        "WRONG_REQUEST"
    );
    assert_eq!(team.ann.error("im.chat.user.add", json!({"CHAT_ID": 999, "USERS": [1]})).await, "ACCESS_ERROR");
    assert_eq!(team.ann.error("im.chat.user.add", json!({"USERS": [1]})).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn a_private_dialog_has_its_two_sides_and_nobody_else() {
    let team = team().await;
    team.ann.say(team.bob.id(), "hi").await;
    let chat = team.ann.ok("im.dialog.get", json!({"DIALOG_ID": team.bob.id().to_string()})).await["id"].take();
    let with = |user: &Person| json!({"CHAT_ID": chat, "USERS": [user.id()], "USER_ID": user.id(), "TITLE": "x"});
    for method in ["user.add", "user.delete", "user.list", "leave", "setOwner", "updateTitle"] {
        assert_eq!(team.ann.error(&format!("im.chat.{method}"), with(&team.bob)).await, "ACCESS_ERROR", "{method}");
    }
}

#[tokio::test]
async fn history_is_hidden_from_newcomers_unless_they_are_to_see_it() {
    let team = team().await;
    team.ann.say(dialog(team.chat), "before").await;
    let dan = team.ann.colleague("Dan Day");
    team.ann.ok("im.chat.user.add", team.users(&[&team.cid])).await;
    let mut open = team.users(&[&dan]);
    open["HIDE_HISTORY"] = "N".into();
    team.ann.ok("im.chat.user.add", open).await;

    let seen = async |person: &Person| {
        let shown = person.ok("im.dialog.messages.get", json!({"DIALOG_ID": dialog(team.chat)})).await;
        shown["messages"].as_array().expect("a list").iter().any(|message| message["text"] == "before")
    };
    assert!(!seen(&team.cid).await);
    assert!(seen(&dan).await);
    assert!(seen(&team.bob).await);
    let shown = team.cid.ok("im.dialog.get", json!({"DIALOG_ID": dialog(team.chat)})).await;
    assert_eq!(shown["message_count"], 2, "the two invitations");
}

#[tokio::test]
async fn the_owner_and_managers_remove_people_and_nobody_removes_the_owner() {
    let team = team().await;
    team.ann.ok("im.chat.user.add", team.users(&[&team.cid])).await;
    assert_eq!(team.bob.error("im.chat.user.delete", team.user(&team.cid)).await, "ACCESS_DENIED_KICK");
    assert_eq!(team.bob.error("im.chat.user.delete", team.user(&team.ann)).await, "ACCESS_DENIED_KICK");
    assert_eq!(team.ann.error("im.chat.user.delete", json!({"CHAT_ID": team.chat})).await, "USER_ID_EMPTY");
    assert_eq!(team.ann.ok("im.chat.user.delete", team.user(&team.cid)).await, true);
    assert_eq!(team.ann.error("im.chat.user.delete", team.user(&team.cid)).await, "USER_NOT_FOUND");
    assert!(team.transcript().await.ends_with("System: Ann Lee removed Cid Fox from the chat"));
    assert_eq!(
        team.cid.error("im.message.add", json!({"DIALOG_ID": dialog(team.chat), "MESSAGE": "x"})).await,
        "ACCESS_ERROR"
    );
}

#[tokio::test]
async fn who_leaves_is_out_and_the_next_in_line_owns_the_chat() {
    let team = team().await;
    assert_eq!(team.ann.ok("im.chat.leave", json!({"CHAT_ID": team.chat})).await, true);
    assert_eq!(team.ann.error("im.chat.leave", json!({"CHAT_ID": team.chat})).await, "ACCESS_DENIED_KICK");
    assert_eq!(team.ann.error("im.chat.leave", json!({})).await, "CHAT_ID_EMPTY");
    let shown = team.bob.ok("im.dialog.get", json!({"DIALOG_ID": dialog(team.chat)})).await;
    assert_eq!((&shown["owner"], &shown["role"]), (&json!(team.bob.id()), &json!("owner")));
}

#[tokio::test]
async fn an_owner_hands_over_to_a_member() {
    let team = team().await;
    assert_eq!(team.ann.error("im.chat.setOwner", team.user(&team.cid)).await, "WRONG_REQUEST");
    assert_eq!(team.bob.error("im.chat.setOwner", team.user(&team.bob)).await, "WRONG_REQUEST");
    let private = json!({"DIALOG_ID": team.bob.id(), "USER_ID": team.bob.id()});
    assert_eq!(team.ann.error("im.chat.setOwner", private).await, "DIALOG_ID_EMPTY");
    assert_eq!(team.ann.error("im.chat.setOwner", json!({"CHAT_ID": team.chat})).await, "USER_ID_EMPTY");
    assert_eq!(team.ann.ok("im.chat.setOwner", team.user(&team.bob)).await, true);
    assert_eq!(team.ann.error("im.chat.setOwner", team.user(&team.ann)).await, "WRONG_REQUEST");
    assert_eq!(team.transcript().await, "System: Ann Lee made Bob Roe the owner of the chat");
}

#[tokio::test]
async fn anybody_who_works_here_looks_into_an_open_chat_and_joins_it() {
    let team = team().await;
    let open = team.ann.ok("im.chat.add", json!({"TYPE": "OPEN", "TITLE": "All"})).await.as_u64().expect("a chat");
    let guest = team.ann.guest("Eve Out");

    assert_eq!(team.cid.ok("im.dialog.get", json!({"DIALOG_ID": dialog(open)})).await["role"], "guest");
    assert_eq!(
        team.cid.error("im.message.add", json!({"DIALOG_ID": dialog(open), "MESSAGE": "x"})).await,
        "ACCESS_ERROR"
    );
    let join = |who: &Person| json!({"CHAT_ID": open, "USERS": [who.id()]});
    assert_eq!(team.cid.error("im.chat.user.add", join(&team.bob)).await, "ACCESS_DENIED_EXTEND", "oneself only");
    assert_eq!(team.cid.ok("im.chat.user.add", join(&team.cid)).await, true);
    team.cid.say(dialog(open), "here I am").await;
    assert_eq!(guest.error("im.dialog.get", json!({"DIALOG_ID": dialog(open)})).await, "ACCESS_ERROR");
    assert_eq!(guest.error("im.chat.user.add", join(&guest)).await, "ACCESS_DENIED_EXTEND");
}

#[tokio::test]
async fn somebody_from_outside_knows_its_own_chats_and_their_people() {
    let team = team().await;
    let guest = team.ann.guest("Eve Out");
    let write = |to: &Person| json!({"DIALOG_ID": to.id(), "MESSAGE": "hi"});
    assert_eq!(guest.error("im.message.add", write(&team.bob)).await, "ACCESS_ERROR");
    assert_eq!(guest.error("im.chat.add", json!({"USERS": [team.bob.id()]})).await, "WRONG_REQUEST");

    team.ann.ok("im.chat.user.add", team.users(&[&guest])).await;
    guest.ok("im.message.add", write(&team.bob)).await;
    assert_eq!(guest.error("im.message.add", write(&team.cid)).await, "ACCESS_ERROR");
    assert_eq!(guest.error("im.chat.user.add", team.users(&[&team.cid])).await, "WRONG_REQUEST");
    let shown = team.ann.ok("im.dialog.get", json!({"DIALOG_ID": dialog(team.chat)})).await;
    assert_eq!(shown["extranet"], true);
}

#[tokio::test]
async fn only_members_see_who_is_in_a_chat() {
    let team = team().await;
    let list = json!({"CHAT_ID": team.chat});
    assert_eq!(team.bob.ok("im.chat.user.list", list.clone()).await, json!([team.ann.id(), team.bob.id()]));
    assert_eq!(team.cid.ok("im.chat.user.list", list).await, json!([]));
    assert_eq!(team.cid.error("im.chat.user.list", json!({"CHAT_ID": 999})).await, "ACCESS_ERROR");
    assert_eq!(team.cid.error("im.chat.user.list", json!({})).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn the_people_of_a_dialog_come_in_pages_and_bots_can_be_left_out() {
    let (bot, id) = Bot::register("echo").await;
    let ann = Person::new(&bot.portal, bot.portal.user("Ann Lee"));
    let bob = ann.colleague("Bob Roe");
    let chat = ann.ok("im.chat.add", json!({"USERS": [bob.id(), id]})).await.as_u64().expect("a chat");
    let ask = async |more: Value| {
        let mut params = json!({"DIALOG_ID": dialog(chat)});
        params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        let answer = ann.answer("im.dialog.users.list", params).await;
        let ids = answer["result"].as_array().expect("a list").iter().map(|user| user["id"].clone()).collect::<Value>();
        (ids, answer["total"].clone(), answer["next"].clone())
    };

    assert_eq!(ask(json!({})).await, (json!([id, ann.id(), bob.id()]), json!(3), json!(null)));
    assert_eq!(ask(json!({"LIMIT": 2})).await, (json!([id, ann.id()]), json!(3), json!(2)));
    assert_eq!(ask(json!({"LIMIT": 2, "OFFSET": 2})).await, (json!([bob.id()]), json!(3), json!(null)));
    assert_eq!(ask(json!({"LAST_ID": id})).await.0, json!([ann.id(), bob.id()]));
    assert_eq!(ask(json!({"SKIP_EXTERNAL": "Y"})).await.0, json!([ann.id(), bob.id()]));
    let kept = json!({"SKIP_EXTERNAL": "Y", "SKIP_EXTERNAL_EXCEPT_TYPES": "email, bot"});
    assert_eq!(ask(kept).await.0, json!([id, ann.id(), bob.id()]));
    assert_eq!(ann.error("im.dialog.users.list", json!({"DIALOG_ID": "chat999"})).await, "ACCESS_ERROR");
}
