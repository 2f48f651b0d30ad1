//! `b24 dev`: a local portal and a bot beside it, which starts anew when its sources change.

mod bot;
mod environment;
mod say;
mod sources;

use std::{path::PathBuf, pin::pin, task::Poll, time::Duration};

use b24_portal::{App, NewApp, Portal};
use clap::Args;
use tokio::net::TcpStream;

use self::{
    bot::{Bot, Ended},
    environment::Environment,
    say::{say, warn},
    sources::Sources,
};
use crate::{failure::Failure, portal::Settings};

/// How often a bot that starts is looked for.
const LOOK: Duration = Duration::from_millis(100);

/// Start a local portal and a bot that uses it; the bot starts anew when its sources change.
///
/// The bot gets its settings in the environment (`B24_CLIENT_ID`, `B24_HANDLER_URL`, …) and is installed as soon as it
/// listens. The portal goes on while the bot starts anew: chats, users and bots stay. Ctrl-C ends both.
#[derive(Args)]
#[command(after_help = "Examples:
  b24 dev
  b24 dev -- cargo run -p echo-bot
  b24 dev --bot-url http://127.0.0.1:9000/bot.php -- php -S 127.0.0.1:9000")]
pub(crate) struct Options {
    /// Give the bot an incoming webhook instead of an application.
    #[arg(long)]
    webhook: bool,
    /// Where the bot listens, for one that does not read `B24_LISTEN`; a free port if it is left out.
    #[arg(long, value_name = "URL")]
    bot_url: Option<String>,
    /// The folders whose files are sources; what version control ignores is none.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    watch: Vec<PathBuf>,
    #[command(flatten)]
    portal: Settings,
    /// What runs the bot.
    #[arg(last = true, value_name = "COMMAND", default_values = ["cargo", "run"])]
    command: Vec<String>,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let mut sources = Sources::watch(&options.watch)?;
    let portal = options.portal.start().await?;
    let scopes = options.portal.scopes(&portal);
    let app = portal.add_app(NewApp { scopes: scopes.clone(), ..NewApp::new("Bot under development") });
    // The bot's own, or else one for `b24 call`.
    let webhook = portal.webhook(portal.admin().id(), scopes);
    let webhook = options.webhook.then_some(webhook.as_str());
    let environment = Environment::new(&portal, &app, webhook, options.bot_url.as_deref())?;
    say(&format!("messenger at {}", portal.messenger_url()));
    let mut is_installed = options.webhook;
    // One for all starts: between two of them somebody may want an end, too.
    let mut interrupted = pin!(interrupted()?);
    loop {
        say(&format!("starting {}", options.command.join(" ")));
        let mut bot = Bot::start(&options.command, &environment)?;
        let next = tokio::select! {
            next = attend(&mut bot, &mut sources) => next,
            never = install(&portal, &app, &environment, &mut is_installed) => match never {},
            () = &mut interrupted => Ok(Next::Stop),
        };
        bot.stop().await;
        match next? {
            Next::Again(what) => say(&format!("{what} changed")),
            Next::Stop => return Ok(()),
        }
    }
}

/// What comes after a bot.
enum Next {
    /// The same with other sources: the first of them.
    Again(String),
    Stop,
}

/// Nothing, ever.
enum Never {}

/// Waits until the sources change. A bot that ends before that has its reasons told.
async fn attend(bot: &mut Bot, sources: &mut Sources) -> Result<Next, Failure> {
    let what = tokio::select! {
        what = sources.changed() => what?,
        ended = bot.ended() => {
            match ended {
                Ended::Well => say("the bot ended; it starts again when its sources change"),
                Ended::Badly(how) => warn(&format!("the bot ended with {how}; it starts again when its sources change")),
            }
            sources.changed().await?
        }
    };
    Ok(Next::Again(what))
}

/// Installs the application as soon as the bot listens, once for all its starts.
async fn install(portal: &Portal, app: &App, environment: &Environment, is_installed: &mut bool) -> Never {
    while !*is_installed {
        if TcpStream::connect(environment.listen()).await.is_err() {
            tokio::time::sleep(LOOK).await;
            continue;
        }
        match portal.install(&app.client_id, environment.handler()).await {
            Ok(()) => {
                *is_installed = true;
                say("installed: speak with the bot in the messenger, or with `b24 say`");
            }
            Err(error) => {
                warn(&error.to_string());
                break;
            }
        }
    }
    std::future::pending().await
}

/// Listens from now on for somebody who wants an end: Ctrl-C, or a signal of the system.
fn interrupted() -> Result<impl Future<Output = ()>, Failure> {
    #[cfg(unix)]
    let mut signals = {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|error| Failure::Refused(error.to_string()));
        [listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?, listen(SignalKind::hangup())?]
    };
    #[cfg(not(unix))]
    let mut signals = [tokio::signal::windows::ctrl_c().map_err(|error| Failure::Refused(error.to_string()))?];
    Ok(std::future::poll_fn(move |cx| {
        if signals.iter_mut().any(|signal| signal.poll_recv(cx).is_ready()) { Poll::Ready(()) } else { Poll::Pending }
    }))
}
