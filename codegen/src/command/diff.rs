//! `diff`: two specs, what changed, and what it means to users of the bindings.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use b24_codegen::export;
use b24_spec::{Sources, Spec, Verdict};
use clap::ValueEnum;

use crate::print;

/// The code of a comparison that could not be made, as `diff` has it.
const TROUBLE: u8 = 2;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The old spec: a folder, or a document written by `export`.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new spec, likewise; the spec folder if left out.
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// Print the entry for the change log instead of the report.
    #[arg(long)]
    changelog: bool,
    /// End with code 1 where the verdict is higher than this.
    #[arg(long, value_name = "VERDICT")]
    at_most: Option<AtMost>,
}

#[derive(Clone, Copy, ValueEnum)]
enum AtMost {
    /// Users need not know.
    Patch,
    /// Programs stay as they are.
    Minor,
    /// Some programs have to change.
    Major,
}

impl From<AtMost> for Verdict {
    fn from(at_most: AtMost) -> Self {
        match at_most {
            AtMost::Patch => Self::Patch,
            AtMost::Minor => Self::Minor,
            AtMost::Major => Self::Major,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, folder: &Path) -> ExitCode {
    match compare(arguments, folder) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(TROUBLE)
        }
    }
}

/// Prints what differs and tells whether the verdict is low enough.
fn compare(arguments: &Arguments, folder: &Path) -> Result<bool, String> {
    let old = read(&arguments.old)?;
    let new = read(arguments.new.as_deref().unwrap_or(folder))?;
    let diff = b24_spec::diff(&old, &new);
    print(&if arguments.changelog { diff.changelog() } else { diff.to_string() })?;
    Ok(arguments.at_most.is_none_or(|highest| diff.verdict() <= Some(highest.into())))
}

fn read(path: &Path) -> Result<Spec, String> {
    let named = |message: String| format!("{}: {message}", path.display());
    let sources: Sources = if path.is_dir() {
        crate::sources(path)?
    } else {
        let text = fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
        export::read(&text).map_err(named)?
    };
    Spec::read(&sources).map_err(|mistakes| format!("{} is not a sound spec:\n{mistakes}", path.display()))
}
