//! Nobody formats the generated code afterwards: it is written as a person would write it.

use b24_codegen::Files;

use crate::fixture::{ALL, embedded, generated};

fn for_every_line(check: impl Fn(&str, &[&str], usize)) {
    let all = ALL.iter().map(|name| generated(name)).chain([embedded()]);
    for (path, text) in all.flat_map(Files::into_iter) {
        let lines: Vec<&str> = text.lines().collect();
        for number in 0..lines.len() {
            check(&path, &lines, number);
        }
    }
}

#[test]
fn indentation_follows_the_braces() {
    let all = ALL.iter().map(|name| generated(name)).chain([embedded()]);
    for (path, text) in all.flat_map(Files::into_iter) {
        let mut depth = 0_usize;
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            let at = format!("{path}:{}: {line}", number + 1);
            if code.starts_with(['}', ']']) {
                depth = depth.checked_sub(1).unwrap_or_else(|| panic!("nothing is open, {at}"));
            }
            if !code.is_empty() {
                assert_eq!(line.len() - code.len(), depth * 4, "{at}");
            }
            if !code.starts_with("//") && code.ends_with(['{', '[']) {
                depth += 1;
            }
        }
        assert_eq!(depth, 0, "{path} leaves a brace open");
    }
}

#[test]
fn every_brace_is_closed() {
    let all = ALL.iter().map(|name| generated(name)).chain([embedded()]);
    for (path, text) in all.flat_map(Files::into_iter) {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
            assert_eq!(code.matches(open).count(), code.matches(close).count(), "{open}{close} in {path}");
        }
    }
}

#[test]
fn empty_lines_separate_and_nothing_else() {
    for_every_line(|path, lines, number| {
        let line = lines[number];
        assert_eq!(line, line.trim_end(), "trailing space in {path}:{}", number + 1);
        if line.is_empty() {
            let (before, after) = (lines[number - 1], lines.get(number + 1).unwrap_or(&"}"));
            assert!(
                !before.is_empty() && !before.ends_with('{') && !after.trim_start().starts_with('}'),
                "an empty line too many in {path}:{}",
                number + 1
            );
        }
    });
}

#[test]
fn every_public_item_is_documented() {
    for_every_line(|path, lines, number| {
        let line = lines[number].trim_start();
        let documented = ["pub fn ", "pub struct ", "pub enum ", "pub mod "].iter().any(|item| line.starts_with(item));
        if documented {
            let above = lines[..number].iter().rev().map(|line| line.trim_start()).find(|line| !line.starts_with("#["));
            assert!(above.is_some_and(|line| line.starts_with("///")), "{path}:{}: {line}", number + 1);
        }
    });
}
