//! What the scopes cost: the runtime built from nothing without any, with those that bots use, and with all.

use std::path::Path;

use tempfile::TempDir;

use crate::{
    Result,
    build::{project::Project, tree},
    samples::Samples,
    table::{Row, Table, Target},
};

const NONE: &[&str] = &["--no-default-features"];
const BOTS: &[&str] = &["--no-default-features", "--features", "im,imbot,imopenlines"];
const ALL: &[&str] = &[
    "--no-default-features",
    "--features",
    "im,imbot,imopenlines,imconnector,disk,user,user_userfield,department,placement",
];

pub(crate) fn measure(runs: u16) -> Result<Table> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the bench has no workspace around it")?;
    let temporary = TempDir::new()?;
    let copy = temporary.path().join("b24");
    tree::copy(workspace, &copy)?;
    let library = |name: &str, arguments| {
        Project::library(copy.join("b24-runtime"), temporary.path().join("target").join(name), arguments)
    };
    let projects = [library("none", NONE), library("bots", BOTS), library("all", ALL)];
    projects.iter().try_for_each(Project::fetch)?;
    let mut clean = [const { Samples::none() }; 3];
    for run in 1..=runs {
        for ((project, clean), name) in projects.iter().zip(&mut clean).zip(["no", "the bot", "all"]) {
            eprintln!("scopes: with {name} scopes from nothing, run {run} of {runs}");
            project.clean()?;
            clean.push(project.build()?);
        }
    }
    let [none, bots, all] = clean;
    let row = |against, ours, target| Row { against, ours, floor: none.clone(), target };
    let rows = vec![row("bot scopes, none", bots, Some(Target::RatioAtMost(1.25))), row("all, none", all, None)];
    Ok(Table { title: "scopes: the runtime, debug, two jobs; seconds".to_owned(), rows })
}
