//! `b24 doctor`: why a bot hears nothing.

mod access;
mod bots;
mod finding;
mod handler;
mod settings;

use std::path::PathBuf;

use clap::Args;

use self::finding::Findings;
use crate::{
    failure::Failure,
    target::{Found, Target},
};

/// Tell why a bot hears nothing.
///
/// Looks at the settings in the environment, the portal, what it lets one do, and on a local portal also at the
/// application, the bots, their addresses and what became of the latest events. Ends with 1 if something is broken.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// An incoming webhook, or a portal together with --token. Without it, the local portal is looked at.
    #[arg(value_name = "URL", env = "B24_WEBHOOK_URL", hide_env_values = true)]
    url: Option<String>,
    /// The access token of an application.
    #[arg(long, value_name = "TOKEN", env = "B24_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The port of the local portal, whatever the environment says [default: 8024].
    #[arg(long)]
    port: Option<u16>,
    /// The `CLIENT_ID` or botToken with which the bot was registered through a webhook; bots of b24 take their code.
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// A certificate to trust, in PEM.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

pub(crate) async fn run(options: &Options) -> Result<(), Failure> {
    let target = Target {
        url: options.url.clone(),
        token: options.token.clone(),
        port: options.port,
        certificate: options.certificate.clone(),
    };
    let mut findings = Findings::default();
    settings::look(&mut findings);
    let found = target.find().await?;
    portal(&mut findings, &found);
    access::look(&mut findings, &found).await;
    match &found.facts {
        Some(facts) => bots::look(&mut findings, facts).await?,
        None => bots::look_from_afar(&mut findings, &found, options.client.as_deref()).await,
    }
    if findings.conclude() { Ok(()) } else { Err(Failure::Told) }
}

fn portal(findings: &mut Findings, found: &Found) {
    if let Some(facts) = &found.facts {
        findings.good(&format!("the portal answers at {}, im revision {}", facts.url, facts.revision));
    }
}
