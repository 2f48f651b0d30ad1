//! The maintainers' command: everything one does to the spec besides editing it.

mod command;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use b24_codegen::{Options, export, generate, listing};
use b24_spec::{Sources, Spec};
use clap::{Parser, Subcommand};

/// Work on the spec of the Bitrix24 API.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The spec folder.
    #[arg(long, global = true, default_value = "spec", value_name = "DIR")]
    spec: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Report every mistake in the spec, each with file, line and JSON pointer.
    Check,
    /// Lay out the files of the spec the one way: two spaces a level, and what fits in 120 columns in one line.
    Fmt {
        /// Change nothing; end with an error where a file is laid out in another way.
        #[arg(long)]
        check: bool,
    },
    /// Print the whole spec as one JSON document.
    Export,
    /// Write the listing of the generated API, the file that shows a reviewer what a change of the spec does.
    Listing {
        /// Where to write it.
        #[arg(default_value = "codegen/api.txt")]
        file: PathBuf,
    },
    /// Compare the spec with a source of facts: what is new, changed and gone, method by method.
    ///
    /// Ends with success when nothing differs but what `differences.json` explains.
    Import(command::import::Arguments),
    /// Tell what changed between two specs, whether that is patch, minor or major to users of the bindings, and why.
    ///
    /// Ends with code 0 whatever changed, unless --at-most sets a bound, beyond which it ends with 1; and with 2 where a
    /// spec cannot be read.
    Diff(command::diff::Arguments),
    /// Write the generated source files into a folder, to read them.
    Source {
        /// Where to write them.
        folder: PathBuf,
    },
    /// Show all that is known of a method, an event or a type.
    Show(command::show::Arguments),
    /// Find what has all of some words: methods, events, types, parameters, words of enums, error codes, sentences.
    Search(command::search::Arguments),
    /// Write the reference of the API as static pages: open `index.html` in it.
    Docs {
        /// Where to write them. Pages of an earlier run that are no longer written are removed.
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if let Command::Diff(diff) = &arguments.command {
        return Ok(command::diff::run(diff, &arguments.spec));
    }
    let sources = sources(&arguments.spec)?;
    if let Command::Fmt { check } = &arguments.command {
        return command::fmt::run(&arguments.spec, &sources, *check);
    }
    let spec = Spec::read(&sources).map_err(|mistakes| mistakes.to_string())?;
    match &arguments.command {
        Command::Check => print(&format!(
            "{} methods, {} events, {} types: no mistakes\n",
            spec.methods.len(),
            spec.events.len(),
            spec.types.len()
        ))?,
        Command::Export => print(&export::write(&sources)?)?,
        Command::Listing { file } => write(file, &listing(&generate(&spec, &Options::all_scopes())))?,
        Command::Source { folder } => {
            let files = generate(&spec, &Options::all_scopes());
            files.iter().try_for_each(|(path, text)| write(&folder.join(path), text))?;
        }
        // Have run already: they do not need the spec folder to be without mistakes.
        Command::Fmt { .. } | Command::Diff(_) => {}
        Command::Import(import) => return command::import::run(import, &spec, &arguments.spec),
        Command::Show(show) => return command::show::run(show, &spec),
        Command::Search(search) => return command::search::run(search, &spec),
        Command::Docs { folder } => command::docs::run(folder, &spec)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn sources(folder: &Path) -> Result<Sources, String> {
    if !folder.join("methods").is_dir() {
        return Err(format!(
            "{} is not a spec folder (it has no `methods`); run this at the top of the repository or name one with --spec",
            folder.display()
        ));
    }
    Sources::from_dir(folder).map_err(|error| error.to_string())
}

pub(crate) fn print(text: &str) -> Result<(), String> {
    match io::stdout().write_all(text.as_bytes()) {
        // The reader of a pipe may leave early.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}
