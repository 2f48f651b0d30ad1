use std::io;

use b24_storage::Record;
use serde_json::Value;

use crate::{
    AppCredentials, Client, Error, Grant, Session, Tokens,
    bot::Registration,
    client::{Conditions, Replace},
    types::{EventAuth, Secret},
    wire::{DecodeError, FromNode, Node, Params, ToValue},
};

/// What is known of a portal on which the application is installed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Installation {
    /// The portal's identifier. It stays when the domain changes.
    pub(crate) member_id: String,
    /// The portal's domain, with its port where it has one.
    pub(crate) domain: String,
    pub(crate) application_token: Secret,
    pub(crate) tokens: Tokens,
    pub(crate) registration: Option<Registration>,
}

impl Installation {
    /// A portal that the authorization server names.
    pub(super) fn granted(auth: &EventAuth, grant: Grant) -> Self {
        Self {
            domain: host(&grant.tokens.endpoint).unwrap_or(&auth.domain).to_owned(),
            member_id: grant.member_id,
            application_token: auth.application_token.clone(),
            tokens: grant.tokens,
            registration: None,
        }
    }

    /// A portal as its own event names it. `None` where it lacks a token, or its endpoint is outside its domain.
    pub(super) fn claimed(auth: &EventAuth) -> Option<Self> {
        let endpoint = auth.client_endpoint.clone().unwrap_or_else(|| format!("https://{}/rest/", auth.domain));
        if !host(&endpoint)?.eq_ignore_ascii_case(&auth.domain) {
            return None;
        }
        Some(Self {
            domain: auth.domain.clone(),
            member_id: auth.member_id.clone(),
            application_token: auth.application_token.clone(),
            tokens: Tokens { endpoint, access: auth.access_token.clone()?, refresh: auth.refresh_token.clone() },
            registration: None,
        })
    }

    /// What stands for the identifier of the portal behind a webhook.
    const WEBHOOK: &'static str = "webhook";

    /// A webhook has no application token: a random key at the end of the handler's address takes its place.
    pub(super) fn for_webhook(address: &str) -> Result<Self, String> {
        Ok(Self {
            member_id: Self::WEBHOOK.to_owned(),
            domain: host(address).unwrap_or_default().to_owned(),
            application_token: Secret::random()?,
            tokens: Tokens { endpoint: String::new(), access: "".into(), refresh: None },
            registration: None,
        })
    }

    /// Takes renewed tokens. The portal may have moved meanwhile.
    pub(super) fn renew(&mut self, tokens: Tokens) {
        if let Some(domain) = host(&tokens.endpoint) {
            domain.clone_into(&mut self.domain);
        }
        self.tokens = tokens;
    }

    /// What is kept of it.
    pub(super) fn record(&self) -> Record {
        Record { member_id: self.member_id.clone(), value: self.clone().to_value().to_string().into_bytes() }
    }

    /// What was kept.
    pub(super) fn read(record: &Record) -> io::Result<Self> {
        let invalid = |reason: String| {
            let member_id = &record.member_id;
            io::Error::new(io::ErrorKind::InvalidData, format!("the installation of the portal {member_id}: {reason}"))
        };
        let value: Value = serde_json::from_slice(&record.value).map_err(|error| invalid(error.to_string()))?;
        Self::from_node(Node::Json(&value)).map_err(|error| invalid(error.to_string()))
    }

    pub(super) fn client(
        &self,
        credentials: &AppCredentials,
        replace: Replace,
        conditions: Conditions,
    ) -> Result<Client, Error> {
        Client::under(Session::of_application(credentials.clone(), self.tokens.clone(), Some(replace)), conditions)
    }
}

/// The host of an address, with its port where it has one.
fn host(address: &str) -> Option<&str> {
    address.split_once("://").and_then(|(_, rest)| rest.split('/').next())
}

impl FromNode for Installation {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        Ok(Self {
            member_id: object.need("member_id")?,
            domain: object.need("domain")?,
            application_token: object.need("application_token")?,
            tokens: Tokens {
                endpoint: object.need("endpoint")?,
                access: object.need("access_token")?,
                refresh: object.get("refresh_token")?,
            },
            registration: object.get("registration")?,
        })
    }
}

impl ToValue for Installation {
    fn to_value(self) -> Value {
        let mut params = Params::new();
        params.set("member_id", self.member_id);
        params.set("domain", self.domain);
        params.set("endpoint", self.tokens.endpoint);
        params.set("application_token", self.application_token.expose());
        params.set("access_token", self.tokens.access.expose());
        if let Some(refresh) = self.tokens.refresh {
            params.set("refresh_token", refresh.expose());
        }
        if let Some(registration) = self.registration {
            params.set("registration", registration);
        }
        params.to_value()
    }
}
