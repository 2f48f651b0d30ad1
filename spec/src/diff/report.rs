//! The report for people at a terminal.

use std::fmt::{self, Write};

use super::{Diff, Difference, Subject, Verdict};

const WIDTH: usize = 100;

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in self.differences.chunk_by(|a, b| (a.subject, &a.name) == (b.subject, &b.name)) {
            write!(f, "{}", wrapped(&self.heading(&group[0]), "", "  ", WIDTH))?;
            for difference in group {
                let start = format!("  {} {:<7}", difference.action.sign(), difference.verdict);
                let text = format!("{}; {}", difference.sentence(), difference.reason);
                write!(f, "{}", wrapped(&text, &start, &" ".repeat(start.len()), WIDTH))?;
            }
            f.write_char('\n')?;
        }
        let Some(verdict) = self.verdict() else { return f.write_str("no differences\n") };
        let count = |wanted: Verdict| self.differences.iter().filter(|difference| difference.verdict == wanted).count();
        writeln!(
            f,
            "verdict: {verdict} ({} major, {} minor, {} patch)",
            count(Verdict::Major),
            count(Verdict::Minor),
            count(Verdict::Patch)
        )
    }
}

impl Diff {
    /// "type Keyboard (input; imbot.message.add and 3 more)"
    fn heading(&self, of: &Difference) -> String {
        let mut heading = format!("{} {}", of.subject.noun(), of.name);
        let Some(reach) = self.reach.get(&of.name).filter(|_| of.subject == Subject::Type) else { return heading };
        let mut about: Vec<String> = reach.ways.direction().iter().map(ToString::to_string).collect();
        about.extend(self.some_users(&of.name, ""));
        about.extend(reach.is_by_hand.then(|| "written by hand".to_owned()));
        if !about.is_empty() {
            let _ = write!(heading, " ({})", about.join("; "));
        }
        heading
    }

    /// Where a type is used, in few words; `quote` stands around names.
    pub(super) fn some_users(&self, type_name: &str, quote: &str) -> Option<String> {
        let users: Vec<&str> = self.users(type_name).collect();
        match users.as_slice() {
            [] => None,
            [one] => Some(format!("{quote}{one}{quote}")),
            [one, other] => Some(format!("{quote}{one}{quote} and {quote}{other}{quote}")),
            [one, rest @ ..] => Some(format!("{quote}{one}{quote} and {} more", rest.len())),
        }
    }
}

impl Difference {
    /// What happened, for those who see whose difference it is: "the parameter `KEYBOARD` is new".
    fn sentence(&self) -> String {
        match &self.part {
            Some(part) => format!("{part} {}", self.predicate),
            None => self.predicate.clone(),
        }
    }
}

/// Text in lines of at most `width` columns, of which the first begins with `start` and the others with `indent`.
pub(super) fn wrapped(text: &str, start: &str, indent: &str, width: usize) -> String {
    let mut lines = String::from(start);
    let mut used = start.chars().count();
    let mut is_first = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !is_first && used + 1 + length > width {
            let _ = write!(lines, "\n{indent}");
            used = indent.chars().count();
        } else if !is_first {
            lines.push(' ');
            used += 1;
        }
        is_first = false;
        // A word that fits in no line is cut.
        for letter in word.chars() {
            if used == width {
                let _ = write!(lines, "\n{indent}");
                used = indent.chars().count();
            }
            lines.push(letter);
            used += 1;
        }
    }
    lines + "\n"
}
