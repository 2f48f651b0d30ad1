//! The entry for the change log of the bindings.

use super::{Action, Diff, Difference, Subject, Verdict, report::wrapped};

const WIDTH: usize = 120;

impl Diff {
    /// What users of the bindings want to know, in Markdown: sections `Added`, `Changed`, `Deprecated` and `Removed`,
    /// each with what breaks programs first. What is only worded differently, or merely recorded, is left out; the text
    /// is empty where nothing else differs.
    pub fn changelog(&self) -> String {
        let sections = [
            ("Added", Action::Added),
            ("Changed", Action::Changed),
            ("Deprecated", Action::Deprecated),
            ("Removed", Action::Removed),
        ];
        let mut entry = String::new();
        for (heading, action) in sections {
            let mut differences: Vec<&Difference> = self
                .differences
                .iter()
                .filter(|difference| difference.action == action && self.tells(difference))
                .collect();
            differences.sort_by_key(|difference| difference.verdict != Verdict::Major);
            if differences.is_empty() {
                continue;
            }
            if !entry.is_empty() {
                entry.push('\n');
            }
            entry += &format!("### {heading}\n\n");
            for alike in differences.chunk_by(|a, b| are_alike(a, b)) {
                entry += &wrapped(&self.item(alike), "- ", "  ", WIDTH);
            }
        }
        entry
    }

    /// What happened to one thing, or alike to several parts of one.
    fn item(&self, alike: &[&Difference]) -> String {
        let difference = alike[0];
        let mut happened = match difference.subject {
            Subject::Revision => format!("The revision counter `{}`", difference.name),
            _ => format!("`{}`", difference.name),
        };
        if let Some(users) = self.some_users(&difference.name, "`").filter(|_| difference.subject == Subject::Type) {
            happened += &format!(" (in {users})");
        }
        let predicate = &difference.predicate;
        happened += &match (&difference.part, alike) {
            (None, _) => format!(" {predicate}"),
            (Some(part), [_]) => format!(": {part} {predicate}"),
            (Some(part), _) => {
                let names: Vec<&str> =
                    alike.iter().filter_map(|other| Some(other.part.as_ref()?.name.as_str())).collect();
                let are = predicate.strip_prefix("is ").unwrap_or_default();
                format!(": the {}s {}{} are {are}", part.noun, listed(&names), part.of)
            }
        };
        match difference.verdict {
            Verdict::Major => format!("**Breaking:** {happened}; {}.", difference.reason),
            Verdict::Minor | Verdict::Patch => format!("{happened}."),
        }
    }

    /// Whether users want to know.
    fn tells(&self, difference: &Difference) -> bool {
        match difference.subject {
            // What was announced or counted is told where it changes something.
            Subject::Revision | Subject::ChangeLog => difference.verdict > Verdict::Patch,
            // What the bindings do not have is no news.
            Subject::Type if difference.direction.is_none() => false,
            // A type that comes or goes with all methods that use it is told with them.
            Subject::Type if difference.place.is_empty() && difference.action != Action::Changed => {
                let mut users = self.users(&difference.name).peekable();
                users.peek().is_none() || users.any(|user| !self.is_whole(user, difference.action))
            }
            _ => difference.action != Action::Reworded,
        }
    }

    /// Whether something came, or went, as a whole.
    fn is_whole(&self, name: &str, action: Action) -> bool {
        self.differences.iter().any(|other| other.name == name && other.place.is_empty() && other.action == action)
    }
}

/// Whether one sentence can tell both: parts of one thing that came or went.
fn are_alike(one: &Difference, other: &Difference) -> bool {
    let (Some(part), Some(other_part)) = (&one.part, &other.part) else { return false };
    matches!(one.action, Action::Added | Action::Removed)
        && one.predicate.starts_with("is ")
        && (one.subject, &one.name, &one.predicate, one.reason)
            == (other.subject, &other.name, &other.predicate, other.reason)
        && (part.noun, &part.of) == (other_part.noun, &other_part.of)
        && !part.name.is_empty()
}

/// "`A`, `B` and `C`"
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
