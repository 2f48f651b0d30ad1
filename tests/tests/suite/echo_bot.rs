//! The echo bot on a portal, over HTTP: every command and event of it.

use crate::home::Home;

#[tokio::test]
async fn it_registers_itself_and_its_commands_when_it_is_installed() {
    let home = Home::start().await;
    let calls: Vec<String> = home.portal.calls().iter().map(|call| call.name().to_owned()).collect();
    assert_eq!(calls[0], "imbot.register");
    assert_eq!(calls[1..5], ["imbot.command.register"; 4]);
    assert_eq!(
        calls[5..],
        ["event.get", "event.bind", "event.bind"],
        "updates and the end of the installation are told"
    );
}

#[tokio::test]
async fn it_greets_the_one_who_opens_the_dialog_by_name() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    let greeting = chat.reply().await.unwrap();
    assert_eq!(greeting.plain_text(), "Hello, Ann! I am EchoBot: I repeat what you write.");
    assert_eq!(greeting.author(), "EchoBot");
}

#[tokio::test]
async fn it_greets_a_group_as_a_group() {
    let home = Home::start().await;
    let (ann, bob) = (home.portal.user("Ann Lee"), home.portal.user("Bob Hill"));
    let group = ann.group("Team", [&bob]).await.unwrap();
    group.invite_bot("echobot").await.unwrap();
    let greeting = group.reply().await.unwrap();
    assert!(greeting.text().starts_with("Hello everybody!"), "{greeting}");
}

#[tokio::test]
async fn it_repeats_a_message_with_an_attachment() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("good morning").await.unwrap();
    let answer = chat.reply().await.unwrap();
    assert_eq!(answer.text(), "good morning");
    assert_eq!(answer.attach()[0]["COLOR"], "#29619b");
    assert_eq!(answer.attach()[0]["BLOCKS"][0]["MESSAGE"], "You said it [B]in our dialog[/B]");
}

#[tokio::test]
async fn it_hears_a_group_only_when_it_is_mentioned() {
    let home = Home::start().await;
    let group = home.portal.user("Ann Lee").group("Team", []).await.unwrap();
    group.invite_bot("echobot").await.unwrap();
    group.reply().await.unwrap();
    group.say("nobody in particular").await.unwrap();
    let bot =
        home.portal.calls().iter().find(|call| call.name() == "imbot.register").unwrap().response()["result"].clone();
    group.say(&format!("[USER={bot}]EchoBot[/USER] are you there?")).await.unwrap();
    let answer = group.reply().await.unwrap();
    assert_eq!(answer.text(), "are you there?");
}

#[tokio::test]
async fn what_people_type_is_repeated_as_they_typed_it() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echo [b]not bold[/b]").await.unwrap();
    let answer = chat.reply().await.unwrap();
    assert_eq!(answer.text(), "[\u{200b}b]not bold[\u{200b}/b]");
}

#[tokio::test]
async fn a_command_is_answered_with_the_command_s_own_method() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echo hi").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "hi");
    let last = home.portal.calls().last().unwrap().clone();
    assert_eq!(last.name(), "imbot.command.answer");
}

#[tokio::test]
async fn the_list_pages_by_editing_its_own_message() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echoList 2").await.unwrap();
    let second = chat.reply().await.unwrap();
    assert!(second.plain_text().starts_with("Page 2 of 5"), "{second}");
    assert_eq!(second.buttons(), ["\u{2190} Back", "Next \u{2192}"]);
    chat.press("Next \u{2192}").await.unwrap();
    let third = chat.reply().await.unwrap();
    assert!(third.plain_text().starts_with("Page 3 of 5"), "{third}");
    assert_eq!((third.id(), third.is_edited()), (second.id(), true));
    assert_eq!(chat.messages().iter().filter(|message| message.plain_text().contains("Page")).count(), 1);
}

#[tokio::test]
async fn help_offers_buttons_that_work() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/help").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().buttons(), ["Bitrix24", "REST API", "Echo", "List", "Help"]);
    chat.press("Echo").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "a test from the keyboard");
    let command = home.portal.wait_event("ONIMCOMMANDADD").await.unwrap();
    assert_eq!(command.request()["data"]["COMMAND"].as_object().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_argument_is_answered_with_the_usage() {
    let home = Home::start().await;
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echoList three").await.unwrap();
    let answer = chat.reply().await.unwrap();
    assert_eq!(answer.text(), "page: expected a number, found \"three\"\nUsage: /echoList [PAGE]");
}

#[tokio::test]
async fn the_command_for_the_keyboard_is_not_offered_to_people() {
    let home = Home::start().await;
    let hidden: Vec<_> = home
        .portal
        .calls()
        .iter()
        .filter(|call| call.name() == "imbot.command.register" && call.request()["HIDDEN"] == "Y")
        .map(|call| call.request()["COMMAND"].clone())
        .collect();
    assert_eq!(hidden, ["turn"]);
}

#[tokio::test]
async fn it_survives_an_update_and_its_own_removal() {
    let home = Home::start().await;
    home.portal.update_app(&home.app.client_id, 2).await.unwrap();
    home.settled().await;
    let registrations = |home: &Home| home.portal.calls().iter().filter(|call| call.name() == "imbot.register").count();
    assert_eq!(registrations(&home), 1, "an update changes nothing that is right already");
    home.portal.admin().delete_bot("echobot").await.unwrap();
    home.settled().await;
    // The next update finds no bot and registers it again.
    home.portal.update_app(&home.app.client_id, 3).await.unwrap();
    home.settled().await;
    assert_eq!(registrations(&home), 2);
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echo back again").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "back again");
}

#[tokio::test]
async fn a_portal_that_uninstalls_the_application_is_forgotten() {
    let home = Home::start().await;
    home.portal.uninstall(&home.app.client_id).await.unwrap();
    home.settled().await;
    let gone = home.portal.wait_event("ONAPPUNINSTALL").await.unwrap();
    assert_eq!(gone.status(), Some(200));
}
