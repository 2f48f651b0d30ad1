//! One bot on any portal: the same handlers over each bot API and each way of delivery.

mod conversation;
mod fetching;
mod moving;
mod refusing;

use b24_portal::{NewApp, Portal};
use b24_runtime::{App, BotApi, Credentials, Delivery, Running, Settings, prelude::*};

use crate::home::credentials;

/// A bot that does everything a bot can do.
pub(crate) struct Guide;

#[bot(code = "guide", name = "Guide", position = "Shows around", color = LightBlue, background = Sky)]
impl Guide {
    /// Repeat the text
    #[command("say", params(en = "text"))]
    fn say(&self, _cx: &CommandCx, #[rest] text: String) -> String {
        text
    }

    /// Choose a way
    #[command("choose")]
    fn choose(&self, _cx: &CommandCx) -> Reply {
        Reply::text("Which way?")
            .attach(Attach::text("Both lead home"))
            .button("Left", cmd::Go { way: "left".to_owned() })
            .button("Right", cmd::Go { way: "right".to_owned() })
    }

    #[command("go", hidden)]
    async fn go(&self, cx: &CommandCx, way: String) -> Result {
        cx.edit_or_reply(format!("You went {way}")).await
    }

    /// Offer a menu
    #[command("menu")]
    fn menu(&self, _cx: &CommandCx) -> Reply {
        Reply::text("Look closer").menu(Menu::new().item("Go back", cmd::Go { way: "back".to_owned() }))
    }

    /// Say where the bot is not
    #[command("where", common)]
    fn r#where(&self, _cx: &CommandCx) -> &'static str {
        "Not here"
    }

    #[on(message)]
    async fn message(&self, cx: &MessageCx) -> Result {
        cx.typing().await?;
        match cx.text() {
            "like me" => Ok(cx.like().await?),
            "make and unmake" => {
                let draft = cx.post("A draft").await?;
                cx.edit(draft, "A better draft").await?;
                cx.delete(draft).await?;
                cx.reply("Nothing is left").await
            }
            text => cx.reply(Reply::text(text).answering(cx.message().id)).await,
        }
    }

    #[on(join)]
    fn join(&self, cx: &JoinCx) -> String {
        if cx.chat().is_private() { format!("Hello, {}", cx.user().first_name) } else { "Hello, all".to_owned() }
    }

    #[on(reaction)]
    fn reaction(&self, cx: &ReactionCx) -> String {
        let event = cx.event();
        format!("{} {} {}", cx.user().name, if event.is_set { "likes" } else { "no longer likes" }, event.message.text)
    }

    #[on(context)]
    fn context(&self, cx: &ContextCx) -> String {
        // A number that is fetched is text where it is posted.
        format!("Shall I open task {}?", cx.event().context.0["taskId"]).replace('"', "")
    }
}

/// How a bot is run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    pub(crate) api: Option<BotApi>,
    pub(crate) delivery: Delivery,
}

impl Mode {
    /// Whatever the portal has.
    pub(crate) const NEWEST: Self = Self { api: None, delivery: Delivery::Post };
    pub(crate) const V1: Self = Self { api: Some(BotApi::V1), delivery: Delivery::Post };
    pub(crate) const V2: Self = Self { api: Some(BotApi::V2), delivery: Delivery::Post };
    pub(crate) const FETCH: Self = Self { api: None, delivery: Delivery::Fetch };

    pub(crate) fn of(self, settings: Settings) -> Settings {
        Settings { bot_api: self.api, delivery: self.delivery, ..settings }
    }
}

pub(crate) async fn portal_of(revision: u32) -> Portal {
    Portal::builder().revision(revision).start().await.unwrap()
}

pub(crate) fn webhook(portal: &Portal) -> Credentials {
    Credentials::Webhook(portal.webhook(portal.admin().id(), ["imbot", "im"]).as_str().into())
}

/// Runs the guide as an application that is installed.
pub(crate) async fn install(portal: &Portal, mode: Mode) -> Running {
    let app = portal.add_app(NewApp::new("Guide"));
    let settings = mode.of(Settings::local(credentials(portal, &app)));
    let running = App::new(Guide, settings).start().await.unwrap();
    portal.install(&app.client_id, running.handler_url()).await.unwrap();
    running.settled().await;
    running
}

/// Runs the guide with a webhook.
pub(crate) async fn hook(portal: &Portal, mode: Mode) -> Running {
    let settings = mode.of(Settings::local(webhook(portal)));
    App::new(Guide, settings).start().await.unwrap()
}

pub(crate) fn called(portal: &Portal, method: &str) -> usize {
    portal.calls().iter().filter(|call| call.name() == method).count()
}

/// Everything that was asked was answered, as the spec says.
pub(crate) fn assert_well(portal: &Portal) {
    let refused: Vec<String> = portal
        .calls()
        .iter()
        .filter_map(|call| call.error().map(|error| format!("{}: {error}", call.name())))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
    assert!(portal.mismatches().is_empty(), "{:?}", portal.mismatches());
}
