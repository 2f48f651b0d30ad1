//! The echo bot as a person starts it: `cargo run -p echo-bot`.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

/// Runs the binary with nothing set but what is given, and `input` on its standard input.
fn run(variables: &[(&str, &str)], input: &str) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--offline", "--package", "echo-bot"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("B24_")) {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

#[test]
fn a_pipe_gets_the_answers_and_the_program_ends_with_its_input() {
    let output = run(&[], "/echo hello\n/echoList 4\n#2\nbye");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("Messenger: http://127.0.0.1:"), "{errors}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let said: Vec<&str> = lines.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        said,
        [
            "EchoBot: Hello, You! I am EchoBot: I repeat what you write.",
            "EchoBot: hello",
            "EchoBot: Page 4 of 5",
            "EchoBot (edited): Page 5 of 5",
            "EchoBot: bye",
        ]
    );
}

#[test]
fn settings_that_are_missing_are_named_all_at_once() {
    let output = run(&[("B24_CLIENT_ID", "local.1"), ("B24_LISTEN", "here")], "");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    for expected in
        ["set B24_CLIENT_SECRET", "set B24_HANDLER_URL", "B24_LISTEN is \"here\", not an address with a port"]
    {
        assert!(errors.contains(expected), "{errors}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn settings_that_contradict_each_other_are_told() {
    let settings = [
        ("B24_CLIENT_ID", "local.1"),
        ("B24_CLIENT_SECRET", "s"),
        ("B24_WEBHOOK_URL", "https://portal.example/rest/1/code/"),
        ("B24_HANDLER_URL", "https://bot.example"),
        ("B24_LISTEN", "127.0.0.1:0"),
    ];
    let output = run(&settings, "");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && errors.contains("contradict each other"), "{errors}");
}
