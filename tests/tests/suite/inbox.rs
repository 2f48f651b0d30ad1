//! What becomes of events between the portal and the handlers.

mod fleet;
mod handling;
mod keeping;
mod killed;
mod process;
mod server;
mod shared;
mod watching;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use b24_portal::{App as PortalApp, Chat, NewApp, Portal};
use b24_runtime::{
    App, Bot, BotApi, BoxFuture, Handling, MessageCx, Profile, Router, Running, Settings, prelude::Result,
    storage::Letter,
};

use crate::home::credentials;

/// A bot that does with each message what the test says.
struct Script(Box<dyn Fn(MessageCx) -> BoxFuture<'static, Result> + Send + Sync>);

impl Script {
    fn new<F: Future<Output = Result> + Send + 'static>(
        handler: impl Fn(MessageCx) -> F + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(move |cx| Box::pin(handler(cx))))
    }
}

impl Bot for Script {
    fn router() -> Router<Self> {
        Router::new(Profile::new("script", "Script")).on_message(|script: Arc<Self>, cx: MessageCx| (script.0)(cx))
    }
}

/// A portal on which a scripted bot is installed.
struct Desk {
    portal: Portal,
    app: PortalApp,
    settings: Settings,
    bot: Running,
}

impl Desk {
    async fn start(script: Script) -> Self {
        Self::with(script, |settings| settings).await
    }

    async fn with(script: Script, choose: impl FnOnce(Settings) -> Settings) -> Self {
        let portal = Portal::start().await.unwrap();
        let app = portal.add_app(NewApp::new("Scripted application"));
        let quick = Handling { pause: Duration::from_millis(1), ..Handling::default() };
        let settings =
            Settings { handling: quick, bot_api: Some(BotApi::V1), ..Settings::local(credentials(&portal, &app)) };
        let settings = choose(settings);
        let bot = App::new(script, settings.clone()).start().await.unwrap();
        portal.install(&app.client_id, bot.handler_url()).await.unwrap();
        bot.settled().await;
        let settings = Settings { listen: bot.address(), ..settings };
        Self { portal, app, settings, bot }
    }

    /// The bot ends as it does in a crash, and another starts in its place.
    async fn crash(self, next: Script) -> Self {
        let Self { portal, app, settings, bot } = self;
        drop(bot);
        let bot = App::new(next, settings.clone()).start().await.unwrap();
        Self { portal, app, settings, bot }
    }

    async fn chat(&self, person: &str) -> Chat {
        self.portal.user(person).open("script").await.unwrap()
    }

    /// Waits until everything that was said is delivered and handled.
    async fn settled(&self) {
        self.portal.settled().await;
        self.bot.settled().await;
    }

    async fn letters(&self) -> Vec<Letter> {
        self.bot.inbox().letters().await.unwrap()
    }
}

/// What handlers saw, in the order in which they saw it.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, text: impl Into<String>) -> usize {
        let mut notes = self.0.lock().unwrap();
        notes.push(text.into());
        notes.len()
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}
