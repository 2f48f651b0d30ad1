//! What a shell offers: asked the way its script asks, and in a real bash.

use std::path::Path;

use tokio::process::Command;

use crate::program::{b24, run};

/// What is offered for the last word, without its help.
async fn offered(shell: &str, words: &[&str]) -> Vec<String> {
    let answer = b24(&[&["complete", shell, "--"], words].concat()).await.well();
    answer.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn methods_are_offered_with_what_they_do() {
    assert_eq!(offered("fish", &["call", "im.chat.ad"]).await, ["im.chat.add"]);
    let answer = b24(&["complete", "zsh", "--", "call", "IM.chat.ad"]).await.well();
    assert_eq!(answer, "im.chat.add\tCreates a chat.\n");
}

#[tokio::test]
async fn parameters_are_offered_once_and_members_below_them() {
    assert_eq!(offered("fish", &["call", "im.chat.add", "TI"]).await, ["TITLE="]);
    assert_eq!(offered("fish", &["call", "im.chat.add", "TITLE=x", "TI"]).await, [""; 0]);
    assert_eq!(offered("fish", &["call", "im.chat.add", "us"]).await, ["USERS[]="]);
    assert_eq!(offered("fish", &["call", "imbot.v2.Bot.register", "f"]).await, ["fields."]);
    assert!(
        offered("fish", &["call", "imbot.v2.Bot.register", "fields.co"]).await.contains(&"fields.code=".to_owned())
    );
}

#[tokio::test]
async fn words_and_flags_are_offered_after_the_equals_sign() {
    assert_eq!(offered("fish", &["call", "--port", "1", "im.chat.add", "TYPE=op"]).await, ["TYPE=OPEN"]);
    assert_eq!(offered("bash", &["call", "im.chat.add", "TYPE", "=", "op"]).await, ["OPEN"]);
    assert_eq!(offered("fish", &["call", "im.message.add", "SYSTEM="]).await, ["SYSTEM=Y", "SYSTEM=N"]);
}

#[tokio::test]
async fn commands_and_options_are_offered_as_clap_knows_them() {
    assert_eq!(offered("fish", &["do"]).await, ["doctor"]);
    assert_eq!(offered("fish", &["call", "im.chat.add", "--dry"]).await, ["--dry-run"]);
    assert_eq!(offered("fish", &["call", "im.chat.add", "--output", "j"]).await, ["json"]);
    assert!(!offered("fish", &[""]).await.contains(&"complete".to_owned()));
}

/// Completes a line in bash, the cursor at its end.
async fn in_bash(line: &str) -> Vec<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_b24"));
    let folder = program.parent().expect("a folder").display();
    // Bash splits the line into words as the line editor does.
    let script = format!(
        r#"PATH={folder}:$PATH
        source <(b24 completions bash)
        line={line:?}
        COMP_LINE=$line COMP_POINT=${{#line}}
        IFS=$'\n' read -d '' -ra COMP_WORDS < <(sed -E 's/([=:])/\n\1\n/g; s/ /\n/g' <<<"$line" | sed '/^$/d')
        [[ $line == *' ' || $line == *= ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        compopt() {{ :; }}
        _b24
        printf '%s\n' "${{COMPREPLY[@]}}""#
    );
    let out = run(Command::new("bash").args(["--norc", "-c", &script])).await.well();
    out.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_real_bash_completes_methods_parameters_and_words() {
    assert_eq!(in_bash("b24 call im.chat.updateT").await, ["im.chat.updateTitle"]);
    assert_eq!(in_bash("b24 call im.chat.add TIT").await, ["TITLE="]);
    assert_eq!(in_bash("b24 call im.chat.add TYPE=O").await, ["OPEN"]);
    assert_eq!(in_bash("b24 comp").await, ["completions"]);
}

#[tokio::test]
async fn every_shell_has_its_script() {
    for shell in ["bash", "zsh", "fish"] {
        let script = b24(&["completions", shell]).await.well();
        assert!(script.contains(&format!("b24 complete {shell}")), "{script}");
    }
}
