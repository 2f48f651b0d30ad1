//! Everything CI does, runnable by hand: `cargo xtask test`, `lint`, `ci`, `bench`.

mod programs;
mod step;

use std::{env, process::ExitCode};

use step::{Step, cargo};

const USAGE: &str = "\
cargo xtask COMMAND

  test     install what the tests need beyond Rust and run all of them
  lint     formatting, clippy, rustdoc and the spec's own checker
  ci       lint, then test
  bench    measure, beside the floors: build, scopes, decode, accept, call, bulk,
           portal, idle, or all; soak talks to a bot for ten minutes
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test(),
        ["lint"] => lint(),
        ["ci"] => lint().and_then(|()| test()),
        ["bench", what @ ..] => bench(what),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Step {
    programs::install()?;
    cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])
}

fn lint() -> Step {
    cargo(&["fmt", "--all", "--check"])?;
    for command in [&["check"][..], &["fmt", "--check"]] {
        cargo(&[&["run", "--quiet", "--locked", "--package", "b24-codegen", "--"], command].concat())?;
    }
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    // A build without scopes is a build like any other.
    cargo(&["clippy", "--package", "b24-runtime", "--no-default-features", "--locked", "--", "-D", "warnings"])?;
    step::cargo_with(&["doc", "--workspace", "--no-deps", "--locked"], &[("RUSTDOCFLAGS", "-D warnings")])
}

fn bench(what: &[&str]) -> Step {
    let what = if what.is_empty() { &["all"] } else { what };
    cargo(&[&["run", "--release", "--locked", "--package", "b24-bench", "--"], what].concat())
}
