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
                .filter(|difference| difference.action == action && is_told(difference))
                .collect();
            differences.sort_by_key(|difference| difference.verdict != Verdict::Major);
            if differences.is_empty() {
                continue;
            }
            if !entry.is_empty() {
                entry.push('\n');
            }
            entry += &format!("### {heading}\n\n");
            for difference in differences {
                entry += &wrapped(&self.item(difference), "- ", "  ", WIDTH);
            }
        }
        entry
    }

    fn item(&self, difference: &Difference) -> String {
        let name = match difference.subject {
            Subject::Revision => format!("The revision counter `{}`", difference.name),
            _ => format!("`{}`", difference.name),
        };
        let users = self.some_users(&difference.name).filter(|_| difference.subject == Subject::Type);
        let users = users.map_or(String::new(), |users| format!(" (in {users})"));
        let predicate = &difference.predicate;
        let happened = match &difference.part {
            Some(part) => format!("{name}{users}: {part} {predicate}"),
            None => format!("{name}{users} {predicate}"),
        };
        match difference.verdict {
            Verdict::Major => format!("**Breaking:** {happened}; {}.", difference.reason),
            Verdict::Minor | Verdict::Patch => format!("{happened}."),
        }
    }
}

/// Whether users want to know: what is announced or counted is told where it changes something.
fn is_told(difference: &Difference) -> bool {
    match difference.subject {
        Subject::Revision | Subject::ChangeLog => difference.verdict > Verdict::Patch,
        _ => difference.action != Action::Reworded,
    }
}
