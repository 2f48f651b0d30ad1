//! A portal, the bot, and a person who talks to it.

use {crate}::{Bot};

use b24_runtime::portal::Portal;

#[tokio::test]
async fn the_bot_says_hello() -> Result<(), Box<dyn std::error::Error>> {
    let portal = Portal::start().await?;
    let bot = b24_runtime::host(&portal, {Bot}).await?;
    let chat = portal.user("Ann Lee").open(&bot).await?;

    chat.say("/hello Ann").await?;
    assert_eq!(chat.reply().await?.text(), "Hello, Ann!");

    chat.say("how are you?").await?;
    assert_eq!(chat.reply().await?.text(), "how are you?");
    Ok(())
}
