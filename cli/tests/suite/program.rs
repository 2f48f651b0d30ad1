//! Runs `b24` the way a shell does.

use std::{process::Stdio, time::Duration};

use b24_portal::Portal;
use serde_json::Value;
use tokio::{io::AsyncWriteExt, process::Command};

/// What a program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The output of a program that must end well.
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// The same as JSON.
    pub(crate) fn json(self) -> Value {
        let out = self.well();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// What a program that must end with this code complains of.
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        self.err
    }
}

/// The program without settings of the shell that runs the tests.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_b24"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("B24_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

pub(crate) async fn run(command: &mut Command) -> Ran {
    let output = tokio::time::timeout(Duration::from_mins(2), command.output()).await;
    let output = output.expect("an end").expect("a program that can be run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs it without a portal.
pub(crate) async fn b24(arguments: &[&str]) -> Ran {
    run(program().args(arguments)).await
}

pub(crate) fn port(portal: &Portal) -> &str {
    portal.domain().rsplit(':').next().expect("a port")
}

/// Runs a command on this portal.
pub(crate) async fn b24_on(portal: &Portal, command: &str, arguments: &[&str]) -> Ran {
    run(program().args([command, "--port", port(portal)]).args(arguments)).await
}

/// The same, with lines that come through a pipe.
pub(crate) async fn b24_with_input(portal: &Portal, command: &str, arguments: &[&str], input: &str) -> Ran {
    let mut program = program();
    program.args([command, "--port", port(portal)]).args(arguments).stdin(Stdio::piped());
    let mut child = program.spawn().expect("a program that can be run");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(input.as_bytes()).await.expect("a reader");
    drop(pipe);
    let output = child.wait_with_output().await.expect("an end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
