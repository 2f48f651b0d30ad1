use b24_portal::Coverage;

use crate::style::{self, GOOD, NAME, QUIET, TITLE, WARNING, styled};

/// Prints which methods of the spec the portal answers, by their scopes.
pub(super) fn print() -> Result<(), String> {
    let scopes = Coverage::of_the_spec().map_err(|error| error.to_string())?;
    let width = scopes.iter().map(|scope| title(scope).len()).max().unwrap_or_default();
    for scope in &scopes {
        anstream::println!("{}  {}", styled(NAME, &format!("{:width$}", title(scope))), count(scope));
        if !scope.missing.is_empty() {
            let missing = scope.missing.join(" ");
            anstream::println!("{}", styled(QUIET, &style::indented(&missing, style::width(), width + 2)));
        }
    }
    let sum = |list: fn(&Coverage) -> &[String]| scopes.iter().flat_map(list).cloned().collect();
    let all =
        Coverage { scope: String::new(), answered: sum(|scope| &scope.answered), missing: sum(|scope| &scope.missing) };
    anstream::println!("{}  {}", styled(TITLE, &format!("{:width$}", "in all")), count(&all));
    Ok(())
}

fn title(scope: &Coverage) -> &str {
    if scope.scope.is_empty() { "no scope" } else { &scope.scope }
}

fn count(scope: &Coverage) -> String {
    let all = scope.answered.len() + scope.missing.len();
    let style = if scope.missing.is_empty() { GOOD } else { WARNING };
    styled(style, &format!("{:3} of {all:3}", scope.answered.len()))
}
