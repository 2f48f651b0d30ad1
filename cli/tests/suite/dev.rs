//! `b24 dev`: a portal, a bot beside it, and sources that change.

use std::{fs, process::Stdio, time::Duration};

use axum::Router;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use crate::{echo::serve, program::program};

/// `b24 dev` at work.
struct Dev {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    seen: Vec<String>,
}

impl Dev {
    /// Runs a line of the shell as the bot, in a folder.
    fn start(folder: &std::path::Path, more: &[&str], bot: &str) -> Self {
        let mut program = program();
        program.current_dir(folder).args(["dev", "--port", "0"]).args(more).args(["--", "sh", "-c", bot]);
        let mut child = program.stderr(Stdio::inherit()).spawn().expect("a program that can be run");
        let lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        Self { child, lines, seen: Vec::new() }
    }

    /// Waits until it prints a line with these words.
    async fn until(&mut self, words: &str) -> String {
        let find = async {
            loop {
                let line = self.lines.next_line().await.expect("an output");
                let line = line.unwrap_or_else(|| panic!("the output ended without {words:?}: {:#?}", self.seen));
                self.seen.push(line.clone());
                if line.contains(words) {
                    return line;
                }
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(20), find).await;
        found.unwrap_or_else(|_| panic!("{words:?} did not come: {:#?}", self.seen))
    }

    /// Ends it as the system does, and gives its exit code.
    async fn end(mut self) -> Option<i32> {
        let id = self.child.id().expect("a program that runs");
        Command::new("kill").arg(id.to_string()).status().await.expect("a signal");
        self.child.wait().await.expect("an end").code()
    }
}

#[tokio::test]
async fn a_bot_gets_its_settings_and_whatever_it_prints_is_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dev =
        Dev::start(folder.path(), &[], "echo id=$B24_CLIENT_ID on $B24_LISTEN; echo oops >&2; exec tail -f /dev/null");
    let messenger = dev.until("messenger at ").await;
    assert!(messenger.contains("http://127.0.0.1:"), "{messenger}");
    assert!(dev.until("bot | id=local.").await.contains("on 127.0.0.1:"));
    dev.until("bot | oops").await;
    assert_eq!(dev.end().await, Some(0));
}

#[tokio::test]
async fn the_application_is_installed_as_soon_as_the_bot_listens() {
    let handler = serve(Router::new().fallback(|| async {})).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut dev = Dev::start(folder.path(), &["--bot-url", &handler], "exec tail -f /dev/null");
    dev.until("installed: speak with the bot").await;
    assert_eq!(dev.end().await, Some(0));
}

#[tokio::test]
async fn a_bot_starts_anew_when_its_sources_change_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".gitignore"), "*.log\n").expect("a file");
    fs::create_dir_all(folder.path().join("src/deep")).expect("a folder");
    fs::create_dir_all(folder.path().join("target")).expect("a folder");
    let mut dev = Dev::start(folder.path(), &[], "echo started $$ on $B24_LISTEN; exec tail -f /dev/null");
    let first = dev.until("bot | started").await;
    for ignored in ["bot.log", "target/made", "Cargo.lock"] {
        fs::write(folder.path().join(ignored), "x").expect("a file");
    }
    fs::write(folder.path().join("src/deep/bot.rs"), "fn main() {}").expect("a file");
    assert!(dev.until("changed").await.ends_with("src/deep/bot.rs changed"), "{:?}", dev.seen);
    let second = dev.until("bot | started").await;
    assert_ne!(first, second, "another process");
    assert_eq!(first.rsplit(' ').next(), second.rsplit(' ').next(), "at the same address");
    // A folder that is new is watched, too.
    fs::create_dir(folder.path().join("tests")).expect("a folder");
    dev.until("bot | started").await;
    fs::write(folder.path().join("tests/first.rs"), "").expect("a file");
    dev.until("tests/first.rs changed").await;
    dev.end().await;
}

#[tokio::test]
async fn a_bot_that_ends_by_itself_is_told_of_with_its_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dev = Dev::start(folder.path(), &[], "echo last words; exit 7");
    dev.until("bot | last words").await;
    dev.until("the bot ended with exit code 7").await;
    fs::write(folder.path().join("bot.rs"), "").expect("a file");
    dev.until("bot | last words").await;
    dev.end().await;
}

#[tokio::test]
async fn whatever_the_bot_has_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let child = "trap 'touch target/ended; exit' TERM; echo at work; while :; do sleep 0.05; done";
    fs::create_dir(folder.path().join("target")).expect("a folder");
    let mut dev = Dev::start(folder.path(), &[], &format!("sh -c \"{child}\" & wait"));
    dev.until("bot | at work").await;
    assert_eq!(dev.end().await, Some(0));
    assert!(folder.path().join("target/ended").exists(), "it was told to end, and waited for");
}

#[tokio::test]
async fn a_portal_on_the_same_port_is_told_of() {
    let portal = b24_portal::Portal::start().await.expect("a portal");
    let told = crate::program::b24(&["dev", "--port", crate::program::port(&portal), "--", "true"]).await.fails(1);
    assert!(told.contains("another portal may run there; --port 0 takes a free one"), "{told}");
}
