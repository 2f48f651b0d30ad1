//! `b24 completions`: what the shell offers when one presses Tab.
//!
//! The scripts ask `b24 complete` each time, which knows the spec: so method names, parameters and words are offered
//! as they are in this version.

mod call;

use std::ffi::OsString;

use clap::{Args, CommandFactory, ValueEnum};

use crate::Arguments;

/// Print what makes a shell complete commands, methods and parameters.
#[derive(Debug, Args)]
#[command(after_help = "bash: put `source <(b24 completions bash)` into ~/.bashrc
zsh:  put `source <(b24 completions zsh)` into ~/.zshrc, below compinit
fish: run `b24 completions fish > ~/.config/fish/completions/b24.fish`")]
pub(crate) struct Options {
    shell: Shell,
}

/// What the scripts ask: the words after `b24`, up to and with the one to complete.
#[derive(Debug, Args)]
pub(crate) struct Question {
    shell: Shell,
    #[arg(last = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Something that may stand in place of the word that is being typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    word: String,
    /// One line for shells that show it.
    help: String,
}

pub(crate) fn run(options: &Options) {
    let script = match options.shell {
        Shell::Bash => include_str!("../shell/b24.bash"),
        Shell::Zsh => include_str!("../shell/b24.zsh"),
        Shell::Fish => include_str!("../shell/b24.fish"),
    };
    print!("{script}");
}

/// Prints a candidate a line: word, tab, help. For bash, only what it puts in place of what it takes for the word.
pub(crate) fn answer(question: &Question) {
    let words = if question.shell == Shell::Bash { rejoined(&question.words) } else { question.words.clone() };
    let (current, before) = words.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
    let taken = if question.shell == Shell::Bash { current.rfind(['=', ':']).map_or(0, |at| at + 1) } else { 0 };
    for candidate in candidates(before, current) {
        let Some(word) = candidate.word.get(taken..) else { continue };
        match question.shell {
            Shell::Bash => println!("{word}"),
            Shell::Zsh | Shell::Fish => println!("{word}\t{}", candidate.help),
        }
    }
}

fn candidates(before: &[String], current: &str) -> Vec<Candidate> {
    let command = Arguments::command();
    call::candidates(&command, before, current).unwrap_or_else(|| known_to_clap(command, before, current))
}

/// Commands, options, their values and files.
fn known_to_clap(mut command: clap::Command, before: &[String], current: &str) -> Vec<Candidate> {
    let words = std::iter::once("b24").chain(before.iter().map(String::as_str)).chain([current]);
    let words: Vec<OsString> = words.map(OsString::from).collect();
    let (place, here) = (words.len() - 1, std::env::current_dir().ok());
    let found = clap_complete::engine::complete(&mut command, words, place, here.as_deref()).unwrap_or_default();
    let seen = found.into_iter().filter(|candidate| !candidate.is_hide_set());
    let candidate = |found: clap_complete::CompletionCandidate| {
        let help = found.get_help().map(ToString::to_string).unwrap_or_default();
        let help = help.lines().next().unwrap_or_default().to_owned();
        Some(Candidate { word: found.get_value().to_str()?.to_owned(), help })
    };
    seen.filter_map(candidate).collect()
}

/// The words as they were typed: bash takes `=` and `:` for words of their own.
fn rejoined(words: &[String]) -> Vec<String> {
    let is_glue = |word: &str| !word.is_empty() && word.chars().all(|letter| matches!(letter, '=' | ':'));
    let mut joined: Vec<String> = Vec::new();
    let mut sticks = false;
    for word in words {
        match joined.last_mut() {
            Some(last) if sticks || is_glue(word) => last.push_str(word),
            _ => joined.push(word.clone()),
        }
        sticks = is_glue(word);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::rejoined;

    #[test]
    fn what_bash_took_apart_is_one_word_again() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(rejoined(&words(&["call", "m", "A", "=", "b", ""])), words(&["call", "m", "A=b", ""]));
        assert_eq!(rejoined(&words(&["--url", "https", ":", "//p"])), words(&["--url", "https://p"]));
        assert_eq!(rejoined(&words(&["A", "="])), words(&["A="]));
    }
}
