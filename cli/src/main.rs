//! The `b24` command.

use std::process::ExitCode;

use b24_portal::{NewApp, Portal};
use clap::{Parser, Subcommand};

/// Tools around Bitrix24 chatbots.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a local portal with a web messenger, until Ctrl-C.
    ///
    /// It prints what a client needs: the address of the messenger, an incoming webhook, and the client id and secret
    /// of an application.
    Portal {
        /// The port to listen on, on 127.0.0.1; 0 takes a free one.
        #[arg(long, default_value_t = 8024)]
        port: u16,
        /// The revision of the API: newer methods and parameters are unknown to the portal.
        #[arg(long)]
        revision: Option<u32>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Portal { port, revision } = Arguments::parse().command;
    match portal(port, revision).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn portal(port: u16, revision: Option<u32>) -> Result<(), String> {
    let mut builder = Portal::builder().port(port);
    if let Some(revision) = revision {
        builder = builder.revision(revision);
    }
    let portal = builder.start().await.map_err(|error| error.to_string())?;
    let app = portal.add_app(NewApp::new("Local application"));
    println!("messenger      {}", portal.messenger_url());
    println!("webhook        {}", portal.webhook(portal.admin().id(), ["imbot", "im"]));
    println!("client id      {}", app.client_id);
    println!("client secret  {}", app.client_secret);
    tokio::signal::ctrl_c().await.map_err(|error| error.to_string())
}
