//! A bot on a local portal, in one process: what tests and a bot without settings start.

use b24_portal::{App as PortalApp, NewApp, Portal};

use super::{App, Credentials, Running, Settings, StartError};
use crate::{AppCredentials, Bot};

/// A bot that is installed on a local portal. It ends when this is dropped.
#[derive(Debug)]
pub struct Hosted {
    code: String,
    app: PortalApp,
    portal: Portal,
    running: Running,
}

/// Runs a bot on a local portal and installs it there. This is how a bot is tested:
///
/// ```
/// use b24_runtime::{portal::Portal, prelude::*};
///
/// struct Parrot;
///
/// #[bot(code = "parrot", name = "Parrot")]
/// impl Parrot {
///     #[on(message)]
///     async fn repeat(&self, cx: &MessageCx) -> Result {
///         cx.reply(cx.text()).await
///     }
/// }
///
/// # #[tokio::main]
/// # async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let portal = Portal::start().await?;
/// let parrot = b24_runtime::host(&portal, Parrot).await?;
///
/// let chat = portal.user("Ann Lee").open(&parrot).await?;
/// chat.say("hello").await?;
/// assert_eq!(chat.reply().await?.text(), "hello");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When no port is to be had, or the bot did not take its installation.
pub async fn host<B: Bot>(portal: &Portal, bot: B) -> Result<Hosted, StartError> {
    host_with(portal, bot, |settings| settings).await
}

/// As [`host`], with settings of your own: which bot API is used, and how events come.
///
/// ```
/// # use b24_runtime::{portal::Portal, prelude::*};
/// # struct Parrot;
/// # #[bot(code = "parrot", name = "Parrot")]
/// # impl Parrot {}
/// # #[tokio::main]
/// # async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// use b24_runtime::{Delivery, Settings, host_with};
///
/// let portal = Portal::start().await?;
/// let parrot = host_with(&portal, Parrot, |settings| Settings { delivery: Delivery::Fetch, ..settings }).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`host`].
pub async fn host_with<B: Bot>(
    portal: &Portal,
    bot: B,
    choose: impl FnOnce(Settings) -> Settings,
) -> Result<Hosted, StartError> {
    let app = portal.add_app(NewApp::new("Local application"));
    let credentials = Credentials::Application(AppCredentials {
        client_id: app.client_id.clone(),
        client_secret: app.client_secret.as_str().into(),
        oauth_server: portal.url().to_owned(),
    });
    let running = App::new(bot, choose(Settings::local(credentials))).start().await?;
    let installed = portal.install(&app.client_id, running.handler_url()).await;
    installed.map_err(|error| StartError::Portal(error.to_string()))?;
    // The bot registers itself after it has acknowledged the installation.
    running.settled().await;
    let under_way = running.under_way();
    portal.attend(move || {
        let under_way = under_way.clone();
        async move { under_way.settled().await }
    });
    Ok(Hosted { code: B::router().profile.code, app, portal: portal.clone(), running })
}

impl Hosted {
    /// The code that the bot is registered with.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The application on the portal that the bot belongs to.
    pub fn app(&self) -> &PortalApp {
        &self.app
    }

    /// Where the bot takes events.
    pub fn handler_url(&self) -> &str {
        self.running.handler_url()
    }

    /// The portal that it is installed on.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Lets running handlers finish and stops the bot.
    pub async fn shutdown(self) {
        self.running.shutdown().await;
    }
}

/// Its code, by which people open it: `user.open(&bot)`.
impl AsRef<str> for Hosted {
    fn as_ref(&self) -> &str {
        &self.code
    }
}
