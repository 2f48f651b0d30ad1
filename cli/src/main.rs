//! The `b24` command.

mod call;
mod completions;
mod dev;
mod doctor;
mod failure;
mod inbox;
mod local;
mod new;
mod portal;
mod rest;
mod say;
mod style;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// Write, run and try chatbots for Bitrix24.
#[derive(Parser)]
#[command(name = "b24", version, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    New(new::Options),
    Dev(dev::Options),
    /// Start a local portal with a web messenger, until Ctrl-C.
    ///
    /// It prints what a client needs: the address of the messenger, an incoming webhook, and the client id and secret
    /// of an application. The same port answers HTTP and HTTPS.
    Portal(portal::Options),
    Say(say::Options),
    Call(call::Options),
    Doctor(doctor::Options),
    Inbox(inbox::Options),
    Completions(completions::Options),
    #[command(hide = true)]
    Complete(completions::Question),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Failure::Refused(format!("the system gives no threads: {error}")).report(),
    };
    let done = runtime.block_on(run(arguments.command));
    // Whoever waits for a line of the terminal would wait for ever.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::New(options) => new::run(&options),
        Command::Dev(options) => dev::run(options).await,
        Command::Portal(options) => portal::run(options).await.map_err(Failure::from),
        Command::Say(options) => say::run(&options).await,
        Command::Call(options) => call::run(options).await,
        Command::Inbox(options) => inbox::run(&options).await,
        Command::Doctor(options) => doctor::run(&options).await,
        Command::Completions(options) => {
            completions::run(&options);
            Ok(())
        }
        Command::Complete(question) => {
            completions::answer(&question);
            Ok(())
        }
    }
}
