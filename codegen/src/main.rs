//! The maintainers' command: everything one does to the spec besides editing it.

mod command;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use b24_codegen::{Options, generate, listing};
use b24_spec::{Sources, Spec};
use clap::{Parser, Subcommand};
use serde_json::{Map, Value};

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
        Command::Export => print(&export(&sources)?)?,
        Command::Listing { file } => write(file, &listing(&generate(&spec, &Options::all_scopes())))?,
        Command::Source { folder } => {
            let files = generate(&spec, &Options::all_scopes());
            files.iter().try_for_each(|(path, text)| write(&folder.join(path), text))?;
        }
        // Has run already: it does not need a spec without mistakes.
        Command::Fmt { .. } => {}
        Command::Import(import) => return command::import::run(import, &spec, &arguments.spec),
        Command::Show(show) => return command::show::run(show, &spec),
        Command::Search(search) => return command::search::run(search, &spec),
        Command::Docs { folder } => command::docs::run(folder, &spec)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn sources(folder: &Path) -> Result<Sources, String> {
    if !folder.join("methods").is_dir() {
        return Err(format!(
            "{} is not a spec folder (it has no `methods`); run this at the top of the repository or name one with --spec",
            folder.display()
        ));
    }
    Sources::from_dir(folder).map_err(|error| error.to_string())
}

/// `{"methods": {name: …}, "events": {…}, "types": {…}, "errors": […], "revisions": {…}}`
fn export(sources: &Sources) -> Result<String, String> {
    let mut named: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut document = Map::new();
    for source in &sources.0 {
        let value: Value = serde_json::from_str(&source.text).map_err(|error| format!("{}: {error}", source.path))?;
        match source.path.as_str() {
            "errors.json" => document.extend(value.as_object().cloned().unwrap_or_default()),
            "revisions.json" => {
                document.insert("revisions".to_owned(), value);
            }
            path => {
                let kind = path.split('/').next().unwrap_or_default();
                let name = value["name"].as_str().unwrap_or_default().to_owned();
                named.entry(kind).or_default().insert(name, value);
            }
        }
    }
    document.extend(named.into_iter().map(|(kind, entries)| (kind.to_owned(), Value::Object(entries))));
    serde_json::to_string_pretty(&document).map(|text| text + "\n").map_err(|error| error.to_string())
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
