//! How a person lets an application act in their name.

use std::fmt;

use form_urlencoded::Serializer;
use reqwest::Url;

use super::{AppCredentials, Grant, GrantError, error::innermost, oauth::Price, transport::connections};
use crate::secret::Secret;

/// A person who is sent to a portal to let an application in. Made by [`AppCredentials::authorize`].
///
/// The portal sends the browser back to the address that the application has in its settings, with a code that is good
/// for 30 seconds: [`AppCredentials::redeem`] makes tokens of it.
///
/// ```
/// # use b24_runtime::{AppCredentials, Client, GrantError, Session, Tokens, types::Secret};
/// # async fn keep(_: Tokens) -> std::io::Result<()> { Ok(()) }
/// # fn redirect(address: &str) {}
/// // The person names the portal:
/// # fn begin(application: AppCredentials) -> Result<Secret, GrantError> {
/// let visit = application.authorize("example.bitrix24.com")?;
/// redirect(visit.address());
/// let state = visit.state().clone(); // kept in the session of this browser
/// # Ok(state) }
///
/// // The browser comes back to `https://application/back?code=…&state=…`:
/// # async fn end(application: AppCredentials, query: &str, state: Secret) -> Result<(), Box<dyn std::error::Error>> {
/// let grant = application.redeem(query, &state).await?;
/// let client = Client::new(Session::keeping(application, grant.tokens, keep))?;
/// # let _ = client;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Authorization {
    address: String,
    state: Secret,
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(…)")
    }
}

impl Authorization {
    /// Where to send the browser: `/oauth/authorize/` on the portal.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the browser has to bring back. Keep it where only this browser reaches it, such as its session: somebody
    /// else's code must not be taken for the answer.
    pub fn state(&self) -> &Secret {
        &self.state
    }
}

impl AppCredentials {
    /// Prepares a visit to a portal, `example.bitrix24.com` or any address on it. Nothing is sent.
    ///
    /// # Errors
    /// When that is not the address of a portal.
    pub fn authorize(&self, portal: &str) -> Result<Authorization, GrantError> {
        let portal = origin(portal.trim())
            .ok_or_else(|| GrantError::Invalid("the address of a portal looks like example.bitrix24.com".to_owned()))?;
        let state = Secret::random().map_err(GrantError::Invalid)?;
        let query = Serializer::new(String::new())
            .extend_pairs([("client_id", self.client_id.as_str()), ("state", state.expose())])
            .finish();
        Ok(Authorization { address: format!("{portal}/oauth/authorize/?{query}"), state })
    }

    /// Trades what the browser came back with for tokens. `query` is what stands behind the `?` of the address,
    /// `state` what [`Authorization::state`] was when the browser was sent away. The code goes to the authorization
    /// server with the secret of the application; nothing goes to the portal.
    ///
    /// # Errors
    /// [`GrantError::Forged`] when the browser was not sent away with this `state`, or the code is for another portal
    /// than the one it claims to come from; as well when the server cannot be reached or refuses.
    pub async fn redeem(&self, query: &str, state: &Secret) -> Result<Grant, GrantError> {
        let query = query.strip_prefix('?').unwrap_or(query);
        let param = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.into_owned())
        };
        if state.is_empty() || !param("state").is_some_and(|told| state.matches(&told)) {
            return Err(GrantError::Forged("the state is not the one that the browser was sent away with"));
        }
        let code = param("code").filter(|code| !code.is_empty());
        let code: Secret = code.ok_or_else(|| GrantError::Invalid("the address holds no code".to_owned()))?.into();
        let http = connections().map_err(|error| GrantError::Unreachable(innermost(&error)))?;
        let grant = self.buy(&http, Price::Code(&code)).await?;
        if grant.member_id.is_empty() || param("member_id").is_some_and(|told| told != grant.member_id) {
            return Err(GrantError::Forged("the code is for another portal than the one that the browser comes from"));
        }
        if grant.tokens.endpoint.is_empty() {
            return Err(GrantError::Forged("the authorization server does not name the portal"));
        }
        Ok(grant)
    }
}

/// The scheme and host of what a person typed.
fn origin(portal: &str) -> Option<String> {
    let address = if portal.contains("://") { portal.to_owned() } else { format!("https://{portal}") };
    let address = Url::parse(&address).ok()?;
    let is_plain = ["http", "https"].contains(&address.scheme()) && address.username().is_empty();
    (is_plain && address.has_host()).then(|| address.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_portal_is_known_by_whatever_address_of_it_a_person_has() {
        for (typed, expected) in [
            ("example.bitrix24.com", Some("https://example.bitrix24.com")),
            ("https://example.bitrix24.com/company/personal/", Some("https://example.bitrix24.com")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("javascript://example.com", None),
            ("https://example.bitrix24.com@evil.example", None),
            ("", None),
        ] {
            assert_eq!(origin(typed).as_deref(), expected, "{typed}");
        }
    }
}
