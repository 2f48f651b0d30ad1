use std::path::Path;

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
};

use crate::program::{b24, program};

/// The lines that a portal prints until it is ready to be used.
async fn start(arguments: &[&str]) -> (Child, Vec<String>) {
    let mut command = program();
    let mut child = command.args(["portal", "--port", "0"]).args(arguments).spawn().expect("a program");
    let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
    let mut printed = Vec::new();
    while let Some(line) = lines.next_line().await.expect("text") {
        let is_last = line.starts_with("authorization");
        printed.push(line);
        if is_last {
            break;
        }
    }
    (child, printed)
}

/// What stands behind a word at the start of a line.
fn told<'a>(lines: &'a [String], what: &str) -> Vec<&'a str> {
    lines.iter().filter_map(|line| line.strip_prefix(what)).map(str::trim).collect()
}

fn seeds() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/company.yaml").display().to_string()
}

#[tokio::test]
async fn the_example_of_a_seed_starts_a_portal() {
    let (_portal, lines) = start(&["--seed", &seeds()]).await;
    assert_eq!(told(&lines, "client id"), ["local.application"]);
    let webhooks = told(&lines, "webhook");
    assert!(matches!(webhooks.as_slice(), [one] if one.ends_with("/rest/1/localwebhook/")), "{webhooks:?}");
}

#[tokio::test]
async fn a_portal_that_goes_on_has_the_webhook_and_the_application_that_it_had() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    let facts = |lines: &[String]| {
        let webhook =
            told(lines, "webhook").first().and_then(|url| url.split_once("/rest/")).map(|(_, path)| path.to_owned());
        (webhook, told(lines, "client id").join(" "), told(lines, "client secret").join(" "))
    };
    let (mut portal, lines) = start(&["--data", &data]).await;
    let state = folder.path().join("state.json");
    let (webhook, client_id, _) = facts(&lines);
    let code = webhook.as_deref().and_then(|path| path.split('/').nth(1)).expect("a webhook");
    let is_written =
        || std::fs::read_to_string(&state).is_ok_and(|state| state.contains(code) && state.contains(&client_id));
    while !is_written() {
        tokio::task::yield_now().await;
    }
    let (_, taken) = start(&["--data", &data]).await;
    assert_eq!(taken, [""; 0], "the folder is used by one portal at a time");
    portal.kill().await.expect("an end");

    let (_portal, again) = start(&["--data", &data]).await;
    assert_eq!(facts(&again), facts(&lines));
}

#[tokio::test]
async fn a_mistake_in_a_seed_is_told_with_its_line_or_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seed.yaml");
    let path = file.display().to_string();
    for (text, expected) in [
        ("users:\n  - name: Ann Lee\n    emial: ann@example.com\n", "line 3"),
        ("users:\n  - name: [\n", "line"),
        ("chats:\n  - title: Team\n    members: [Ann Lee]\n", "chats[0].members[0]: there is no user \"Ann Lee\""),
        ("{\"users\": [{\"name\": \"Ann\", \"kind\": \"boss\"}]}", "boss"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let complaint = b24(&["portal", "--port", "0", "--seed", &path]).await.fails(1);
        assert!(complaint.contains(expected), "{text}: {complaint}");
    }
    let complaint = b24(&["portal", "--port", "0", "--seed", "nowhere.yaml"]).await.fails(1);
    assert!(complaint.contains("cannot read nowhere.yaml"), "{complaint}");
}

#[tokio::test]
async fn the_coverage_counts_the_methods_of_each_scope() {
    let lines = b24(&["portal", "--coverage"]).await.well();
    let disk = lines.lines().find(|line| line.starts_with("disk")).expect("the scope");
    assert!(disk.contains("38 of  38"), "{disk}");
    assert!(lines.lines().last().is_some_and(|line| line.starts_with("in all")), "{lines}");
}
