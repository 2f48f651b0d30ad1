//! How long it takes to build the echo bot: from nothing, and after one line of it has changed.

pub(crate) mod project;
pub(crate) mod tree;

use std::path::Path;

use project::Project;
use tempfile::TempDir;

use crate::{
    Result,
    samples::Samples,
    table::{Row, Table, Target},
};

/// How often one line is changed after each build from nothing.
const CHANGES: usize = 5;

pub(crate) fn measure(runs: u16) -> Result<Table> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the bench has no workspace around it")?;
    let temporary = TempDir::new()?;
    // In a copy, lines can be changed, and no `.cargo/config.toml` above it has a say.
    let copy = temporary.path().join("b24");
    tree::copy(workspace, &copy)?;
    let target = temporary.path().join("target");
    let project = |folder, arguments, file| Project::new(copy.join(folder), &target, arguments, file);
    let projects = [
        project("examples/echo-bot", &["--no-default-features"], "src/lib.rs")?,
        project("benches/floors/axum-bot", &[], "src/main.rs")?,
        project("benches/floors/lean-bot", &[], "src/main.rs")?,
    ];
    projects.iter().try_for_each(Project::fetch)?;

    let mut clean = [const { Samples::none() }; 3];
    let mut changed = [const { Samples::none() }; 3];
    for run in 1..=runs {
        for (project, clean) in projects.iter().zip(&mut clean) {
            eprintln!("build: {} from nothing, run {run} of {runs}", project.name());
            project.clean()?;
            clean.push(project.build()?);
        }
        for change in 1..=CHANGES {
            for (project, changed) in projects.iter().zip(&mut changed) {
                project.change_a_line(change)?;
                changed.push(project.build()?);
            }
        }
    }
    Ok(table(clean, changed))
}

fn table([clean, clean_axum, clean_lean]: [Samples; 3], [changed, changed_axum, changed_lean]: [Samples; 3]) -> Table {
    let row = |against, ours: &Samples, floor, target| Row { against, ours: ours.clone(), floor, target };
    let rows = vec![
        row("all, axum-bot", &clean, clean_axum, Some(Target::RatioAtMost(1.0))),
        row("all, lean-bot", &clean, clean_lean, None),
        row("one line, axum-bot", &changed, changed_axum, Some(Target::RatioAtMost(1.5))),
        row("one line, lean-bot", &changed, changed_lean, None),
    ];
    Table { title: "build: the echo bot without its portal, debug, two jobs; seconds".to_owned(), rows }
}
