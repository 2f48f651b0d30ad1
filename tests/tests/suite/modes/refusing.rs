//! What a portal cannot do is told, with the setting to change.

use b24_runtime::{App, Settings};

use super::{Guide, Mode, called, install, portal_of, webhook};
use crate::log::Log;

async fn refusal(revision: u32, mode: Mode) -> String {
    let portal = portal_of(revision).await;
    let settings = mode.of(Settings::local(webhook(&portal)));
    let error = App::new(Guide, settings).start().await.unwrap_err();
    assert_eq!((called(&portal, "imbot.register"), called(&portal, "imbot.v2.Bot.register")), (0, 0));
    error.to_string()
}

#[tokio::test]
async fn an_old_portal_refuses_what_it_does_not_have() {
    for revision in [28, 32] {
        assert_eq!(
            refusal(revision, Mode::V2).await,
            format!(
                "B24_BOT_API=v2 asks for bot API v2, which needs im revision 33; this portal has {revision}: unset B24_BOT_API"
            )
        );
        let message = refusal(revision, Mode::FETCH).await;
        assert!(message.contains("events can be fetched with bot API v2 only"), "{message}");
        assert!(message.contains("set B24_EVENTS=post, and B24_HANDLER_URL and B24_LISTEN"), "{message}");
    }
}

#[tokio::test]
async fn an_application_that_cannot_be_registered_says_why_to_the_log() {
    let log = Log::default();
    let _guard = log.listen();
    let portal = portal_of(28).await;
    let bot = install(&portal, Mode::V2).await;
    let said = log.text();
    assert!(said.contains("set aside: B24_BOT_API=v2 asks for bot API v2"), "{said}");
    bot.shutdown().await;
}

#[tokio::test]
async fn the_log_tells_which_api_is_used_and_why() {
    let log = Log::default();
    let _guard = log.listen();
    let portal = portal_of(28).await;
    let bot = install(&portal, Mode::NEWEST).await;
    let said = log.text();
    assert!(said.contains("bot API v1 is used: v2 needs im revision 33, this portal has 28"), "{said}");
    bot.shutdown().await;
}
