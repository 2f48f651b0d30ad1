//! The authorization server: what it takes and what it grants. The client secret goes nowhere else.

use serde_json::Value;

use super::error::innermost;
use crate::{
    secret::Secret,
    types::UserId,
    wire::{FromNode, Node},
};

/// What the vendor gave an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppCredentials {
    /// The public name, `local.…` or `app.…`.
    pub client_id: String,
    /// The secret. It is sent to `oauth_server` and nowhere else.
    pub client_secret: Secret,
    /// The authorization server, `https://oauth.bitrix.info` for cloud portals.
    pub oauth_server: String,
}

/// The tokens of an installed application, and where they are good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The portal's REST address, `https://portal/rest/`. It changes when the portal moves.
    pub endpoint: String,
    /// What calls prove themselves with. It lives for an hour.
    pub access: Secret,
    /// What buys the next tokens. It lives for 180 days and is good for one purchase.
    pub refresh: Option<Secret>,
}

/// What the authorization server grants, and for which portal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    /// The tokens.
    pub tokens: Tokens,
    /// The portal's identifier. It stays when the portal moves.
    pub member_id: String,
    /// In whose name calls are made.
    pub user: Option<UserId>,
    /// What the application may use: `imbot`, `im`.
    pub scopes: Vec<String>,
}

/// What new tokens are bought with.
pub(crate) enum Price<'a> {
    Refresh(&'a Secret),
    Code(&'a Secret),
}

impl AppCredentials {
    /// Trades a refresh token or a code for tokens (`/oauth/token/`). Neither can be used again.
    pub(crate) async fn buy(&self, http: &reqwest::Client, price: Price<'_>) -> Result<Grant, GrantError> {
        let (grant_type, name, value) = match price {
            Price::Refresh(token) => ("refresh_token", "refresh_token", token),
            Price::Code(code) => ("authorization_code", "code", code),
        };
        let form = [
            ("grant_type", grant_type),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.expose()),
            (name, value.expose()),
        ];
        let address = format!("{}/oauth/token/", self.oauth_server.trim_end_matches('/'));
        // In the body and not in the address, so that the secret stays out of access logs.
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let lost = |error: reqwest::Error| GrantError::Unreachable(innermost(&error));
        let request = http.post(address).header("content-type", "application/x-www-form-urlencoded").body(body);
        let response = request.send().await.map_err(lost)?;
        let status = response.status();
        let body = response.bytes().await.map_err(lost)?;
        let answer: Value = serde_json::from_slice(&body)
            .map_err(|_| GrantError::Unreachable(format!("unexpected answer with status {status}")))?;
        let mut grant = read(&answer)?;
        if let Price::Refresh(token) = price {
            grant.tokens.refresh.get_or_insert_with(|| token.clone());
        }
        Ok(grant)
    }
}

fn read(answer: &Value) -> Result<Grant, GrantError> {
    let text = |key: &str| answer[key].as_str();
    if let Some(code) = text("error") {
        let description = text("error_description").unwrap_or_default().to_owned();
        return Err(GrantError::Refused { code: code.to_owned(), description });
    }
    let lacking =
        || GrantError::Refused { code: "no access_token".to_owned(), description: "the answer holds none".to_owned() };
    Ok(Grant {
        tokens: Tokens {
            endpoint: text("client_endpoint").unwrap_or_default().to_owned(),
            access: text("access_token").ok_or_else(lacking)?.into(),
            refresh: text("refresh_token").map(Secret::from),
        },
        member_id: text("member_id").unwrap_or_default().to_owned(),
        user: UserId::from_node(Node::Json(&answer["user_id"])).ok(),
        scopes: text("scope").unwrap_or_default().split([',', ' ']).map(str::to_owned).collect(),
    })
}

/// Why the authorization server granted no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GrantError {
    /// No answer that tells anything: it may work later.
    #[error("the authorization server cannot be reached: {0}")]
    Unreachable(String),
    /// The server said no.
    #[error("{}", sentence(code, description))]
    Refused {
        /// `invalid_grant`, `invalid_client`, `PAYMENT_REQUIRED` and their like.
        code: String,
        /// The server's own words.
        description: String,
    },
    /// The store does not answer: tokens that could not be kept are not bought. It may work later.
    #[error("where tokens are kept cannot be reached: {0}")]
    Unkept(String),
    /// The answer of the portal is not for the person who was sent there, or not from that portal.
    #[error("{0}")]
    Forged(&'static str),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Invalid(String),
}

fn sentence(code: &str, description: &str) -> String {
    let advice = match code {
        "invalid_grant" => "; it was used, is too old or another application's: install or authorize once more",
        "invalid_client" => "; check the id and the secret of the application",
        "PAYMENT_REQUIRED" => "; the subscription of the portal or of the application has ended",
        "invalid_scope" | "insufficient_scope" => "; compare with the permissions of the application",
        _ => "",
    };
    let said = if description.is_empty() { String::new() } else { format!(": {description}") };
    format!("refused with {code}{said}{advice}")
}
