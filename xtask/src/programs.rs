//! What the tests start besides our own programs.

use std::process::{Command, Stdio};

use crate::step::{Step, run};

/// What the tests start, and the Debian packages that bring it.
const PROGRAMS: [(&str, &str); 3] =
    [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("nats-server", "nats-server")];

/// Installs what is missing: the tests click through the messenger as a person would, and bots share a real server.
pub(crate) fn install() -> Step {
    let missing: Vec<&str> = PROGRAMS.iter().filter(|(name, _)| !answers(name)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    eprintln!("installing {packages}: the tests run in a real browser and with a real NATS server");
    let by_hand = |reason: String| {
        format!("{reason}\ninstall {packages} by hand (on Debian: apt-get install {packages}) and start again")
    };
    if !answers("apt-get") {
        return Err(by_hand("this system has no apt-get".to_owned()));
    }
    run(apt().args(["update", "--quiet"]), "apt-get update").map_err(by_hand)?;
    run(apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(&missing), "apt-get install")
        .map_err(by_hand)
}

/// `apt-get`, by `sudo` where it is there: root in a container seldom has it and does not need it.
fn apt() -> Command {
    let mut command = if answers("sudo") { Command::new("sudo") } else { Command::new("apt-get") };
    if command.get_program() == "sudo" {
        command.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
