//! The bot.

use b24_runtime::prelude::*;

/// What the bot remembers: nothing, so far.
#[derive(Debug, Default)]
pub struct {Bot};

#[bot(code = "{code}", name = "{title}", color = Aqua)]
impl {Bot} {
    /// Greets whoever opens the dialog, and the chats that the bot is brought into.
    #[on(join)]
    async fn greet(&self, _cx: &JoinCx) -> Reply {
        Reply::text("Hello! Send me some text, or /help.")
    }

    /// Show what the bot can do
    #[command("help")]
    async fn help(&self, _cx: &CommandCx) -> Reply {
        Reply::text("I repeat what you write.").button("Say hello", cmd::Hello { name: None })
    }

    /// Say hello
    #[command("hello", params(en = "name"))]
    async fn hello(&self, _cx: &CommandCx, #[rest] name: Option<String>) -> String {
        format!("Hello, {}!", name.as_deref().unwrap_or("world"))
    }

    /// Everything that is no command.
    #[on(message)]
    async fn answer(&self, cx: &MessageCx) -> Result {
        cx.reply(cx.text()).await
    }
}
