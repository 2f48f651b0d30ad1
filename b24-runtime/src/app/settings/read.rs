use std::{net::SocketAddr, str::FromStr, time::Duration};

use jiff::SignedDuration;

use super::{
    Credentials, Handling, Mode, Settings,
    source::{Found, Source},
};
use crate::AppCredentials;

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
    let credentials = credentials(client_id, client_secret, webhook, oauth_server).map_err(&mut keep).ok();
    let handler_url = handler_url(handler).map_err(&mut keep).ok();
    let listen = listen
        .ok_or_else(|| "set B24_LISTEN: the address on which to take events, 127.0.0.1:8080".to_owned())
        .and_then(|found| address(&found))
        .map_err(&mut keep)
        .ok();
    let monitor = source.find("monitor").map(|found| address(&found)).transpose().map_err(&mut keep).ok();
    let store = source.find("store").map_or_else(|| STORE.to_owned(), |found| found.text);
    let store_key = source.variable("B24_STORE_KEY").map(|text| text.parse()).transpose();
    let store_key = store_key.map_err(|error| keep(format!("B24_STORE_KEY: {error}"))).ok();
    let handling = handling(source, mistakes);
    Some(Mode::Portal(Settings {
        credentials: credentials?,
        handler_url: handler_url?,
        listen: listen?,
        monitor: monitor?,
        store: Some(store.into()),
        store_key: store_key?,
        handling,
    }))
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

    use super::super::{Credentials, Mode};

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
                    [handling]\nat_once = 3\npause = '2s'\n";
        let read = with_file(text, &[("B24_HANDLER_URL", "https://variable/"), ("B24_HANDLING_PAUSE", "1m 30s")]);
        let Ok(Mode::Portal(settings)) = read else { panic!("{read:?}") };
        assert_eq!(settings.handler_url, "https://variable/");
        assert_eq!((settings.handling.at_once, settings.handling.pause), (3, Duration::from_secs(90)));
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
