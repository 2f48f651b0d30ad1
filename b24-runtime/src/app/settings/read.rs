use std::{net::SocketAddr, str::FromStr, time::Duration};

use b24_storage::NotAKey;
use jiff::SignedDuration;

use super::{
    ANYWHERE_HERE, Credentials, FetchPace, Handling, Mode, Settings,
    source::{Found, Source},
};
use crate::{AppCredentials, BotApi, CallLimit, Delivery};

const OAUTH_SERVER: &str = "https://oauth.bitrix.info";
const STORE: &str = "b24.db";

/// What the settings ask for. `None` where a mistake made it impossible to tell; every mistake is told.
pub(super) fn mode(source: &Source<impl Fn(&str) -> Option<String>>, mistakes: &mut Vec<String>) -> Option<Mode> {
    let [client_id, client_secret, webhook, handler, listen] =
        ["client_id", "client_secret", "webhook_url", "handler_url", "listen"].map(|key| source.find(key));
    if mistakes.is_empty()
        && [&client_id, &client_secret, &webhook, &handler, &listen].iter().all(|found| found.is_none())
    {
        return Some(Mode::Embedded);
    }
    let mut keep = |mistake| mistakes.push(mistake);
    let oauth_server = source.find("oauth_url").map_or_else(|| OAUTH_SERVER.to_owned(), |found| found.text);
    let is_bare = webhook.is_some() && handler.is_none() && listen.is_none();
    let usual = pace(webhook.as_ref().map_or(&oauth_server, |webhook| &webhook.text));
    let fetch_pace = at_most(usual, source.find("fetch_most")).map_err(&mut keep);
    let call_limit = call_limit(source.find("call_limit")).map_err(&mut keep);
    let credentials = credentials(client_id, client_secret, webhook, oauth_server).map_err(&mut keep).ok();
    let choice = bot_api(source.find("bot_api"))
        .and_then(|api| Ok((api, delivery(source.find("events"), api, is_bare)?)))
        .map_err(&mut keep);
    // A webhook's bot that fetches its events needs no address.
    let needs_address = !(is_bare && matches!(choice, Ok((_, Delivery::Fetch))));
    let handler_url = if needs_address { handler_url(handler).map_err(&mut keep) } else { Ok(String::new()) };
    let listen = if needs_address { listen_address(listen).map_err(&mut keep) } else { Ok(ANYWHERE_HERE.into()) };
    let monitor = source.find("monitor").map(|found| address(&found)).transpose().map_err(&mut keep);
    let store = source.find("store").map_or_else(|| STORE.to_owned(), |found| found.text);
    let store_key = source.variable("B24_STORE_KEY").map(|text| text.parse()).transpose();
    let store_key = store_key.map_err(|error: NotAKey| keep(format!("B24_STORE_KEY: {error}")));
    let handling = handling(source, mistakes);
    let (bot_api, delivery) = choice.ok()?;
    Some(Mode::Portal(Settings {
        credentials: credentials?,
        handler_url: handler_url.ok()?,
        listen: listen.ok()?,
        monitor: monitor.ok()?,
        store: Some(store.into()),
        nats_url: source.find("nats_url").map(|found| found.text.into()),
        store_key: store_key.ok()?,
        handling,
        bot_api,
        delivery,
        fetch_pace: fetch_pace.ok()?,
        call_limit: call_limit.ok()?,
    }))
}

/// A portal on this machine is nobody else's.
fn pace(address: &str) -> FetchPace {
    let url = address.parse::<reqwest::Url>().ok();
    let is_here = url.is_some_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")));
    if is_here { FetchPace::LOCAL } else { FetchPace::default() }
}

/// The same pace with another longest pause: the others are never longer.
fn at_most(pace: FetchPace, found: Option<Found>) -> Result<FetchPace, String> {
    let Some(Found { text, place }) = found else { return Ok(pace) };
    let most = time(&text).map_err(|expected| format!("{place} is \"{text}\", not {expected}"))?;
    Ok(FetchPace { more: pace.more.min(most), least: pace.least.min(most), most })
}

fn call_limit(found: Option<Found>) -> Result<Option<CallLimit>, String> {
    let Some(Found { text, place }) = found else { return Ok(None) };
    match text.as_str() {
        "standard" => Ok(Some(CallLimit::standard())),
        "enterprise" => Ok(Some(CallLimit::enterprise())),
        "none" => Ok(Some(CallLimit::unlimited())),
        other => Err(format!("{place} is \"{other}\": it is standard, enterprise or none")),
    }
}

fn bot_api(found: Option<Found>) -> Result<Option<BotApi>, String> {
    let Some(Found { text, place }) = found else { return Ok(None) };
    match text.as_str() {
        "v1" => Ok(Some(BotApi::V1)),
        "v2" => Ok(Some(BotApi::V2)),
        other => Err(format!("{place} is \"{other}\": it is v1 or v2")),
    }
}

fn delivery(found: Option<Found>, api: Option<BotApi>, is_bare: bool) -> Result<Delivery, String> {
    let Some(Found { text, place }) = found else {
        return Ok(if is_bare && api != Some(BotApi::V1) { Delivery::Fetch } else { Delivery::Post });
    };
    match text.as_str() {
        "post" => Ok(Delivery::Post),
        "fetch" if api == Some(BotApi::V1) => {
            Err("B24_EVENTS=fetch and B24_BOT_API=v1 contradict each other: only bot API v2 lets events be fetched"
                .to_owned())
        }
        "fetch" => Ok(Delivery::Fetch),
        other => Err(format!("{place} is \"{other}\": it is post or fetch")),
    }
}

fn credentials(
    client_id: Option<Found>,
    client_secret: Option<Found>,
    webhook: Option<Found>,
    oauth_server: String,
) -> Result<Credentials, String> {
    let mistake = match (client_id, client_secret, webhook) {
        (Some(client_id), Some(secret), None) => {
            let app = AppCredentials { client_id: client_id.text, client_secret: secret.text.into(), oauth_server };
            return Ok(Credentials::Application(app));
        }
        (None, None, Some(address)) if crate::Client::webhook(&address.text).is_ok() => {
            return Ok(Credentials::Webhook(address.text.into()));
        }
        (None, None, Some(Found { place, .. })) => {
            return Err(format!("{place} is not the address of a webhook: it looks like https://portal/rest/1/code/"));
        }
        (None, None, None) => {
            "set B24_CLIENT_ID and B24_CLIENT_SECRET of an application, or B24_WEBHOOK_URL of a webhook"
        }
        (_, _, Some(_)) => {
            "B24_WEBHOOK_URL and B24_CLIENT_ID or B24_CLIENT_SECRET contradict each other: unset one or the others"
        }
        (Some(_), None, None) => "set B24_CLIENT_SECRET: the secret that belongs to B24_CLIENT_ID",
        (None, Some(_), None) => "set B24_CLIENT_ID: the application that B24_CLIENT_SECRET belongs to",
    };
    Err(mistake.to_owned())
}

fn handler_url(found: Option<Found>) -> Result<String, String> {
    let Found { text, place } = found
        .ok_or("set B24_HANDLER_URL: the address at which the portal reaches this bot, https://bot.example.com/b24")?;
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return Err(format!("{place} is \"{text}\": it must begin with https:// or http://"));
    }
    Ok(text)
}

fn listen_address(found: Option<Found>) -> Result<SocketAddr, String> {
    address(&found.ok_or("set B24_LISTEN: the address on which to take events, 127.0.0.1:8080")?)
}

fn address(Found { text, place }: &Found) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("{place} is \"{text}\", not an address with a port: it looks like 127.0.0.1:8080 or [::]:8080")
    })
}

fn handling(source: &Source<impl Fn(&str) -> Option<String>>, mistakes: &mut Vec<String>) -> Handling {
    let mut handling = Handling::default();
    let mut read = |key: &str, set: &mut dyn FnMut(&str) -> Result<(), &'static str>| {
        if let Some(Found { text, place }) = source.find(&format!("handling.{key}"))
            && let Err(expected) = set(&text)
        {
            mistakes.push(format!("{place} is \"{text}\", not {expected}"));
        }
    };
    read("at_once", &mut |text| number(text).map(|number| handling.at_once = number));
    read("attempts", &mut |text| number(text).map(|number| handling.attempts = number));
    read("time_limit", &mut |text| time(text).map(|time| handling.time_limit = time));
    read("pause", &mut |text| time(text).map(|time| handling.pause = time));
    read("typing_after", &mut |text| time(text).map(|time| handling.typing_after = time));
    handling
}

fn number<T: FromStr + PartialEq + Default>(text: &str) -> Result<T, &'static str> {
    text.parse().ok().filter(|number| *number != T::default()).ok_or("a number from 1 on")
}

fn time(text: &str) -> Result<Duration, &'static str> {
    let time = text.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
    time.filter(|time| !time.is_zero()).ok_or("a time such as 5m or 500ms")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Credentials, FetchPace, Mode};
    use crate::{CallLimit, Delivery};

    fn read(variables: &[(&str, &str)]) -> Result<Mode, String> {
        let get = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Mode::from_variables(get).map_err(|error| error.to_string())
    }

    const WEBHOOK: [(&str, &str); 3] = [
        ("B24_WEBHOOK_URL", "https://p/rest/1/x/"),
        ("B24_HANDLER_URL", "https://b/h"),
        ("B24_LISTEN", "127.0.0.1:8080"),
    ];

    fn with_file(text: &str, variables: &[(&str, &str)]) -> Result<Mode, String> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        std::io::Write::write_all(&mut file, text.as_bytes()).expect("a full disk");
        let path = file.path().to_str().expect("a path").to_owned();
        let variables: Vec<_> = variables.iter().copied().chain([("B24_CONFIG", path.as_str())]).collect();
        read(&variables).map_err(|error| error.replace(&path, "FILE"))
    }

    #[test]
    fn nothing_set_asks_for_the_local_portal() {
        assert_eq!(read(&[]), Ok(Mode::Embedded));
        assert_eq!(read(&[("B24_LISTEN", " ")]), Ok(Mode::Embedded));
    }

    #[test]
    fn an_application_needs_four_settings_and_hears_of_all_that_are_missing() {
        let message = read(&[("B24_CLIENT_ID", "local.1")]).expect_err("three are missing");
        for name in ["B24_CLIENT_SECRET", "B24_HANDLER_URL", "B24_LISTEN"] {
            assert!(message.contains(&format!("set {name}")), "{message}");
        }
    }

    #[test]
    fn a_webhook_and_an_application_contradict_each_other() {
        let message = read(&[&WEBHOOK[..], &[("B24_CLIENT_ID", "local.1")]].concat());
        assert!(message.expect_err("contradiction").contains("contradict"));
    }

    #[test]
    fn a_webhook_alone_is_enough_for_a_bot_that_fetches_its_events() {
        let webhook = WEBHOOK[0];
        let delivery = |variables: &[(&str, &str)]| match read(variables)? {
            Mode::Portal(settings) => Ok(settings.delivery),
            Mode::Embedded => Err("these are settings".to_owned()),
        };
        assert_eq!(delivery(&[webhook]), Ok(Delivery::Fetch));
        assert_eq!(delivery(&WEBHOOK), Ok(Delivery::Post));
        assert_eq!(delivery(&[&WEBHOOK[..], &[("B24_EVENTS", "fetch")]].concat()), Ok(Delivery::Fetch));
        for post in [("B24_EVENTS", "post"), ("B24_BOT_API", "v1")] {
            let message = delivery(&[webhook, post]).expect_err("nowhere to send them");
            assert!(message.contains("set B24_HANDLER_URL") && message.contains("set B24_LISTEN"), "{message}");
        }
    }

    #[test]
    fn a_choice_that_is_none_is_told_with_what_there_is() {
        let message = |name, word| read(&[WEBHOOK[0], (name, word)]).expect_err("no choice");
        assert_eq!(message("B24_BOT_API", "v3").lines().next(), Some("B24_BOT_API is \"v3\": it is v1 or v2"));
        assert_eq!(message("B24_CALL_LIMIT", "fast"), "B24_CALL_LIMIT is \"fast\": it is standard, enterprise or none");
        assert_eq!(message("B24_FETCH_MOST", "often"), "B24_FETCH_MOST is \"often\", not a time such as 5m or 500ms");
        assert_eq!(message("B24_EVENTS", "push").lines().next(), Some("B24_EVENTS is \"push\": it is post or fetch"));
        let both = [WEBHOOK[0], ("B24_BOT_API", "v1"), ("B24_EVENTS", "fetch")];
        assert!(read(&both).expect_err("contradiction").contains("contradict each other"));
    }

    #[test]
    fn complete_settings_are_taken_as_they_are() {
        let Ok(Mode::Portal(settings)) = read(&[&WEBHOOK[..], &[("B24_STORE", "here.db")]].concat()) else {
            panic!("these settings are complete")
        };
        assert_eq!(settings.handler_url, "https://b/h");
        assert_eq!(settings.store, Some("here.db".into()));
        assert!(matches!(settings.credentials, Credentials::Webhook(_)));
        assert!(!format!("{settings:?}").contains("rest/1/x"), "a webhook is a secret");
    }

    #[test]
    fn a_file_fills_in_what_the_environment_leaves_out() {
        let text = "webhook_url = 'https://p/rest/1/x/'\nhandler_url = 'https://file/'\nlisten = '127.0.0.1:1'\n\
                    call_limit = 'enterprise'\nfetch_most = '3s'\n[handling]\nat_once = 3\npause = '2s'\n";
        let read = with_file(text, &[("B24_HANDLER_URL", "https://variable/"), ("B24_HANDLING_PAUSE", "1m 30s")]);
        let Ok(Mode::Portal(settings)) = read else { panic!("{read:?}") };
        assert_eq!(settings.handler_url, "https://variable/");
        assert_eq!((settings.handling.at_once, settings.handling.pause), (3, Duration::from_secs(90)));
        assert_eq!(settings.call_limit, Some(CallLimit::enterprise()));
        let FetchPace { more, least, most } = settings.fetch_pace;
        assert_eq!([more, least, most], [2, 3, 3].map(Duration::from_secs));
    }

    #[test]
    fn mistakes_name_the_key_and_where_it_stands() {
        let text = "liste = '127.0.0.1:1'\nhandler_url = 'bot'\nclient_id = true\n[handling]\nattempts = 0\n";
        let message = with_file(text, &[("B24_LISTEN", "here"), ("B24_STORE_KEY", "short")]).expect_err("mistakes");
        for expected in [
            "FILE: \"liste\" is no setting; there are client_id, ",
            "handler_url in FILE is \"bot\": it must begin with https:// or http://",
            "client_id in FILE is boolean, not text or a number",
            "handling.attempts in FILE is \"0\", not a number from 1 on",
            "B24_LISTEN is \"here\", not an address with a port",
            "B24_STORE_KEY: a key is 32 random bytes in base64",
        ] {
            assert!(message.contains(expected), "{expected} in {message}");
        }
    }

    #[test]
    fn a_file_that_is_named_must_be_there_and_be_toml() {
        assert!(read(&[("B24_CONFIG", "/nowhere.toml")]).expect_err("no file").starts_with("/nowhere.toml: "));
        assert!(with_file("listen = ", &[]).expect_err("no value").starts_with("FILE: "));
    }
}
