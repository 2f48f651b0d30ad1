//! The `b24` command.

mod portal;

use std::process::ExitCode;

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
    /// of an application. The same port answers HTTP and HTTPS.
    Portal(portal::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Portal(options) => portal::run(options).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
