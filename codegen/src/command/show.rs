//! `show`: the card of a method, an event or a type.

use std::process::ExitCode;

use b24_codegen::{card::card, entry::Entry};
use b24_spec::Spec;

use super::terminal;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Its name, or another one that portals know it by, in any letter case.
    name: String,
}

pub(crate) fn run(arguments: &Arguments, spec: &Spec) -> Result<ExitCode, String> {
    let entry = Entry::find(spec, &arguments.name).map_err(|unknown| unknown.to_string())?;
    terminal::print(&card(spec, entry, terminal::width()))?;
    Ok(ExitCode::SUCCESS)
}
