//! Ready parts of conversations: lists that page, questions that are confirmed.

use b24_runtime::{Answer, BotApi, Confirm, Settings, host_with, message::Listing, portal::Portal, prelude::*};

struct Shelf;

#[bot(code = "shelf", name = "Shelf")]
impl Shelf {
    #[command("goods", hidden)]
    async fn goods(&self, cx: &CommandCx, page: usize) -> Result {
        let goods = Listing::new(["Bread", "Milk", "Tea"]).page(page).per_page(2);
        cx.edit_or_reply(goods.turned_by(|page| cmd::Goods { page })).await
    }

    #[command("clear", hidden)]
    async fn clear(&self, cx: &CommandCx, what: String, answer: Answer) -> Result {
        let question = Confirm::new(format!("Really clear {what}?")).captions("Clear", "Keep").kept("All is kept.");
        if cx.confirm(answer, question, |answer| cmd::Clear { what: what.clone(), answer }).await? {
            cx.edit_or_reply(format!("{what} is clear")).await?;
        }
        Ok(())
    }
}

/// Ann's dialog with the bot, on a portal of her own.
async fn talk(api: BotApi) -> (Portal, b24_runtime::Hosted, b24_portal::Chat) {
    let portal = Portal::start().await.unwrap();
    let bot = host_with(&portal, Shelf, |settings| Settings { bot_api: Some(api), ..settings }).await.unwrap();
    let chat = portal.user("Ann Lee").open(&bot).await.unwrap();
    (portal, bot, chat)
}

#[tokio::test]
async fn a_list_turns_its_pages_in_its_own_message() {
    for api in [BotApi::V1, BotApi::V2] {
        let (_portal, _bot, chat) = talk(api).await;
        chat.say("/goods 1").await.unwrap();
        let first = chat.reply().await.unwrap();
        assert_eq!(first.plain_text(), "Page 1 of 2\nBread\nMilk");
        assert_eq!(first.buttons(), ["Next \u{2192}"]);
        chat.press("Next \u{2192}").await.unwrap();
        let second = chat.reply().await.unwrap();
        assert_eq!((second.id(), second.plain_text().as_str()), (first.id(), "Page 2 of 2\nTea"));
        assert_eq!(second.buttons(), ["\u{2190} Back"]);
    }
}

#[tokio::test]
async fn a_question_is_answered_by_its_buttons() {
    for api in [BotApi::V1, BotApi::V2] {
        let (_portal, _bot, chat) = talk(api).await;
        for (button, end) in [("Keep", "All is kept."), ("Clear", "the top shelf is clear")] {
            chat.say("/clear \"the top shelf\"").await.unwrap();
            let question = chat.reply().await.unwrap();
            assert_eq!(question.text(), "Really clear the top shelf?");
            assert_eq!(question.buttons(), ["Clear", "Keep"]);
            chat.press(button).await.unwrap();
            let answer = chat.reply().await.unwrap();
            assert_eq!((answer.id(), answer.text()), (question.id(), end));
            assert!(answer.buttons().is_empty(), "what was answered is not asked again");
        }
    }
}

#[tokio::test]
async fn whoever_types_yes_is_not_asked() {
    let (_portal, _bot, chat) = talk(BotApi::V2).await;
    chat.say("/clear everything yes").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "everything is clear");
    chat.say("/clear everything perhaps").await.unwrap();
    let usage = "answer: expected yes or no, found \"perhaps\"\nUsage: /clear WHAT [yes]";
    assert_eq!(chat.reply().await.unwrap().text(), usage);
}
