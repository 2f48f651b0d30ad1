//! A portal with the echo bot installed, as `cargo run -p echo-bot` makes it.

use b24_portal::{App as PortalApp, Portal};
use b24_runtime::{AppCredentials, Bot, BotApi, Credentials, Hosted, Settings, host_with};
use echo_bot::EchoBot;

pub(crate) struct Home {
    pub(crate) portal: Portal,
    pub(crate) app: PortalApp,
    pub(crate) bot: Hosted,
}

impl Home {
    /// With the bot API that the course speaks of.
    pub(crate) async fn start() -> Self {
        Self::with(EchoBot).await
    }

    pub(crate) async fn with(bot: impl Bot) -> Self {
        let portal = Portal::start().await.unwrap();
        let older = |settings| Settings { bot_api: Some(BotApi::V1), ..settings };
        let bot = host_with(&portal, bot, older).await.unwrap();
        Self { portal, app: bot.app().clone(), bot }
    }

    /// Waits until nothing is under way on either side.
    pub(crate) async fn settled(&self) {
        self.portal.settled().await;
    }
}

pub(crate) fn credentials(portal: &Portal, app: &PortalApp) -> Credentials {
    Credentials::Application(AppCredentials {
        client_id: app.client_id.clone(),
        client_secret: app.client_secret.as_str().into(),
        oauth_server: portal.url().to_owned(),
    })
}
