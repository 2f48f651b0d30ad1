//! What a bot's test looks like: a portal, the bot, a person who talks to it.

use b24_runtime::portal::Portal;
use echo_bot::EchoBot;

#[tokio::test]
async fn what_is_said_comes_back() -> Result<(), Box<dyn std::error::Error>> {
    let portal = Portal::start().await?;
    let bot = b24_runtime::host(&portal, EchoBot).await?;
    let chat = portal.user("Ann Lee").open(&bot).await?;

    chat.say("/echo hello").await?;

    assert_eq!(chat.last().await?.text(), "hello");
    Ok(())
}
