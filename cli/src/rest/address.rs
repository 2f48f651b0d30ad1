use std::net::IpAddr;

use serde_json::{Map, Value};

/// Where a portal takes calls, and what proves that one may make them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Ends with a slash; that of a webhook holds its code.
    pub(crate) base: String,
    token: Option<String>,
}

impl Address {
    /// Reads what people copy from a portal: a webhook, also with a method behind it, or with a token just the portal.
    /// `None` where the text is a portal and there is no token to go with it.
    pub(crate) fn parse(url: &str, token: Option<&str>) -> Option<Self> {
        let url = with_scheme(url.trim());
        let parts: Vec<&str> = url.splitn(4, '/').collect();
        let path = parts.get(3).copied().unwrap_or_default();
        let origin = parts.get(..3)?.join("/");
        let token = token.map(str::to_owned);
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["rest", user, code, ..] if user.parse::<u32>().is_ok() && !code.is_empty() => {
                Some(Self { base: format!("{origin}/rest/{user}/{code}/"), token: None })
            }
            _ if token.is_some() => Some(Self { base: format!("{origin}/rest/"), token }),
            _ => None,
        }
    }

    /// The address of a method. Those of REST 3.0 stand below `/rest/api/`.
    pub(crate) fn of(&self, method: &str, is_rest3: bool) -> String {
        let base = if is_rest3 { self.base.replacen("/rest/", "/rest/api/", 1) } else { self.base.clone() };
        base + method
    }

    /// The parameters with the token, where there is one.
    pub(crate) fn sign(&self, params: &Map<String, Value>) -> Value {
        let mut params = params.clone();
        if let Some(token) = &self.token {
            params.insert("auth".to_owned(), Value::from(token.as_str()));
        }
        params.into()
    }

    pub(crate) fn is_webhook(&self) -> bool {
        self.token.is_none()
    }

    /// The portal alone: what may be shown.
    pub(crate) fn origin(&self) -> &str {
        origin(&self.base)
    }
}

/// An address with its scheme. Nobody has a certificate for the own machine.
pub(crate) fn with_scheme(address: &str) -> String {
    match address {
        address if address.contains("://") => address.to_owned(),
        address if is_on_this_machine(&format!("https://{address}")) => format!("http://{address}"),
        address => format!("https://{address}"),
    }
}

/// The scheme and host of an address.
pub(super) fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address.get(host..).and_then(|rest| rest.find('/'));
    end.and_then(|end| address.get(..host + end)).unwrap_or(address)
}

/// Whether an address leads to this machine.
pub(crate) fn is_on_this_machine(address: &str) -> bool {
    let host = origin(address).split("://").last().unwrap_or_default();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Address, is_on_this_machine};

    fn base(url: &str, token: Option<&str>) -> Option<String> {
        Address::parse(url, token).map(|address| address.base)
    }

    #[test]
    fn a_webhook_is_found_in_whatever_was_copied() {
        let webhook = Some("https://p.bitrix24.com/rest/1/c0de/".to_owned());
        for url in ["https://p.bitrix24.com/rest/1/c0de/", "p.bitrix24.com/rest/1/c0de/profile.json"] {
            assert_eq!(base(url, None), webhook);
        }
    }

    #[test]
    fn a_portal_needs_a_token() {
        assert_eq!(base("p.bitrix24.com", None), None);
        assert_eq!(base("p.bitrix24.com", Some("t")), Some("https://p.bitrix24.com/rest/".to_owned()));
        assert_eq!(base("127.0.0.1:8024", Some("t")), Some("http://127.0.0.1:8024/rest/".to_owned()));
    }

    #[test]
    fn methods_of_rest_three_have_an_address_of_their_own() {
        let webhook = Address::parse("https://p/rest/1/c0de/", None).map(|address| address.of("some.method", true));
        assert_eq!(webhook.as_deref(), Some("https://p/rest/api/1/c0de/some.method"));
    }

    #[test]
    fn this_machine_has_several_names() {
        assert!(["http://127.0.0.1:80/x", "https://[::1]:9/", "http://localhost"].into_iter().all(is_on_this_machine));
        assert!(!is_on_this_machine("https://127.example.com.evil.org/"), "a name is not a number");
    }
}
