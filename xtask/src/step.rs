//! A command that is shown, run and judged by its exit code.

use std::{env, ffi::OsString, process::Command};

/// Done, or why not.
pub(crate) type Step = Result<(), String>;

/// Runs cargo.
pub(crate) fn cargo(arguments: &[&str]) -> Step {
    cargo_with(arguments, &[])
}

/// Runs cargo with variables set.
pub(crate) fn cargo_with(arguments: &[&str], variables: &[(&str, &str)]) -> Step {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    for (name, value) in variables {
        eprint!("{name}=\"{value}\" ");
    }
    eprintln!("cargo {}", arguments.join(" "));
    run(Command::new(program).args(arguments).envs(variables.iter().copied()), "cargo")
}

/// Runs a program whose failure ends the work.
pub(crate) fn run(command: &mut Command, name: &str) -> Step {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}")),
        Err(error) => Err(format!("{name} could not be started: {error}")),
    }
}
