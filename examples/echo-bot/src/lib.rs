//! The echo bot of the Bitrix24 course: it repeats what it hears, pages through a list and explains itself.

use b24_runtime::{
    message::{Listing, Rgb},
    prelude::*,
    types::ChatType,
};

/// The bot. It has nothing to remember.
#[derive(Debug, Default)]
pub struct EchoBot;

const BLUE: Rgb = Rgb::new(0x29_61_9b);
const DARK_BLUE: Rgb = Rgb::new(0x2a_4c_7c);
const WHITE: Rgb = Rgb::new(0xff_ff_ff);

#[bot(code = "echobot", name = "EchoBot", color = Green, position = "Repeats what it hears")]
impl EchoBot {
    /// Repeat the text
    #[command("echo", common, title(ru = "Повторить текст"), params(en = "text", ru = "текст"))]
    async fn echo(&self, _cx: &CommandCx, #[rest] text: Option<String>) -> Reply {
        match text {
            Some(text) => Reply::text(text),
            None => help("There is nothing to repeat: type some text after the command."),
        }
    }

    /// Show a list, page by page
    #[command("echoList", title(ru = "Показать список"), params(en = "page", ru = "страница"))]
    async fn list(&self, _cx: &CommandCx, page: Option<usize>) -> Reply {
        list_page(page.unwrap_or(1))
    }

    /// Explain what the bot can do
    #[command("help", title(ru = "Объяснить, что умеет бот"))]
    async fn help(&self, _cx: &CommandCx) -> Reply {
        help("I repeat what you write. Try these buttons:")
    }

    /// Turns the pages of the list: only its keyboard calls it.
    #[command("turn", hidden)]
    async fn turn(&self, cx: &CommandCx, page: usize) -> Result {
        cx.edit_or_reply(list_page(page)).await
    }

    #[on(join)]
    async fn greet(&self, cx: &JoinCx) -> Reply {
        if cx.chat().is_private() {
            Reply::text(
                Text::plain("Hello, ").bold(&cx.user().first_name).push("! I am EchoBot: I repeat what you write."),
            )
            .attach(
                Attach::new()
                    .message(Text::new().put("/echo ", "Repeat something").push(" or ").send("/help", "get help")),
            )
        } else {
            Reply::text("Hello everybody! Mention me and I repeat what you write.")
                .attach(Attach::new().message(Text::new().send("/help", "What can you do?")))
        }
    }

    #[on(message)]
    async fn repeat(&self, cx: &MessageCx) -> Reply {
        let kind = match cx.chat().kind {
            ChatType::Private => "in our dialog",
            ChatType::Open => "in an open chat",
            _ => "in a group chat",
        };
        let text = if cx.text().is_empty() { "I can only repeat text." } else { cx.text() };
        Reply::text(text).attach(Attach::new().color(BLUE).message(Text::plain("You said it ").bold(kind)))
    }

    #[on(delete)]
    fn removed(&self, cx: &DeleteCx) {
        tracing::info!(portal = cx.portal(), "the bot was removed");
    }

    #[on(update)]
    fn updated(&self, cx: &UpdateCx) {
        let event = cx.event();
        tracing::info!(portal = cx.portal(), from = event.previous, to = event.version, "the application was updated");
    }
}

fn help(text: &str) -> Reply {
    let link = |name: &str, url: &str, color| Button::new(name, Target::link(url)).color(color).text_color(WHITE);
    Reply::text(text).keyboard(
        Keyboard::new()
            .button(link("Bitrix24", "https://www.bitrix24.com", BLUE))
            .button(link("REST API", "https://apidocs.bitrix24.com", DARK_BLUE))
            .row()
            .button(Button::new("Echo", cmd::Echo { text: Some("a test from the keyboard".to_owned()) }))
            .button(Button::new("List", cmd::EchoList { page: None }))
            .button(Button::new("Help", cmd::Help {})),
    )
}

/// A page of the list with buttons that turn it.
fn list_page(page: usize) -> Reply {
    let items = (1..=20).map(|item| format!("Item {item}"));
    Listing::new(items).page(page).per_page(4).turned_by(|page| cmd::Turn { page })
}
