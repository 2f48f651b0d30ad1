//! Which portal to call: the one that is named, or the local one.

use std::path::PathBuf;

use clap::Args;

use crate::{
    failure::Failure,
    local::{self, Facts, Local},
    rest::{Address, Rest, is_on_this_machine, with_scheme},
};

/// Which portal.
#[derive(Debug, Args)]
#[command(next_help_heading = "Portal")]
pub(crate) struct Target {
    /// An incoming webhook, or a portal together with --token. Without it, the local portal is called.
    #[arg(long, value_name = "URL", env = "B24_WEBHOOK_URL", hide_env_values = true)]
    pub(crate) url: Option<String>,
    /// The access token of an application.
    #[arg(long, value_name = "TOKEN", env = "B24_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// The port of the local portal, whatever the environment says [default: 8024].
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// A certificate to trust, in PEM: what `b24 portal --certificate` writes.
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
}

/// A portal to call, and what it tells of itself where it is a local one.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) rest: Rest,
    pub(crate) facts: Option<Facts>,
}

impl Target {
    pub(crate) async fn find(&self) -> Result<Found, Failure> {
        let address = match (&self.url, self.port) {
            (Some(url), None) => match Address::parse(url, self.token.as_deref()) {
                Some(address) => return self.found(address, None),
                None if is_on_this_machine(&with_scheme(url)) => with_scheme(url),
                None => {
                    return Err(Failure::Usage(format!(
                        "{url} is not the address of a webhook, https://portal/rest/1/code/; a portal alone needs a --token"
                    )));
                }
            },
            (_, port) => local::url(port.unwrap_or(local::PORT)),
        };
        let facts = Local::at(&address)?.facts().await?;
        let address = match &self.token {
            Some(_) => Address::parse(&facts.url, self.token.as_deref()),
            None => Address::parse(&facts.webhook()?.url, None),
        };
        let address = address.ok_or_else(|| Failure::Refused("the portal tells no address".to_owned()))?;
        self.found(address, Some(facts))
    }

    fn found(&self, address: Address, facts: Option<Facts>) -> Result<Found, Failure> {
        Ok(Found { rest: Rest::new(address, self.certificate.as_deref())?, facts })
    }
}
