//! `import`: a source of facts against the spec.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::{IsTerminal, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use b24_codegen::import::{
    apply::{add_methods, apply},
    compare::{Difference, Kind, compare},
    decisions::Decisions,
    documentation::Documentation,
    facts::Facts,
    openapi,
    shape::shape,
};
use b24_spec::{Method, Spec, Status};

use crate::print;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A checkout of the documentation repository, bitrix24/b24restdocs.
    #[arg(value_name = "DOCS_DIR", required_unless_present = "openapi")]
    docs: Option<PathBuf>,
    /// Instead of the documentation: what a portal's `rest.documentation.openapi` answered, saved in a file.
    #[arg(long, value_name = "FILE")]
    openapi: Option<PathBuf>,
    /// Only these methods and events.
    #[arg(value_name = "METHOD")]
    names: Vec<String>,
    /// Write the new facts into the spec. What we wrote and decided stays.
    #[arg(long)]
    apply: bool,
    /// Record what differs in `differences.json`, for this reason, instead of reporting it.
    #[arg(long, value_name = "REASON", conflicts_with = "apply")]
    decide: Option<String>,
    /// Only print what was read of the named methods and events.
    #[arg(long)]
    facts: bool,
    /// Write the shapes of all examples, for the methods and events of the spec, into a file: what the tests decode.
    #[arg(long, value_name = "FILE")]
    shapes: Option<PathBuf>,
    /// Also list the pages of which something could not be read, and take in the scopes that the spec does not have.
    #[arg(long)]
    all: bool,
}

impl Arguments {
    /// The chosen methods and events. With `--openapi` there is no folder before them.
    fn names(&self) -> Vec<String> {
        let first = self.docs.as_ref().filter(|_| self.openapi.is_some());
        let first = first.map(|path| path.to_string_lossy().into_owned());
        first.into_iter().chain(self.names.iter().cloned()).collect()
    }
}

pub(crate) fn run(arguments: &Arguments, spec: &Spec, folder: &Path) -> Result<ExitCode, String> {
    let documentation = match (&arguments.docs, &arguments.openapi) {
        (Some(docs), None) => Documentation::read(docs, progress())?,
        (_, Some(file)) => {
            let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            let facts = openapi::read(&text).map_err(|error| format!("{}: {error}", file.display()))?;
            Documentation { pages: facts.len(), facts, ..Documentation::default() }
        }
        (None, None) => return Err("name a checkout of the documentation, or a file with --openapi".to_owned()),
    };
    let is_v3 = arguments.openapi.is_some();
    let names = arguments.names();
    let chosen = |name: &str| names.is_empty() || names.iter().any(|chosen| chosen.eq_ignore_ascii_case(name));
    if arguments.facts {
        let chosen = documentation.facts.iter().filter(|facts| chosen(&facts.name));
        print(&chosen.map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(file) = &arguments.shapes {
        crate::write(file, &shapes(spec, &documentation))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut decisions = Decisions::read(folder.join("differences.json"))?;
    let known: Vec<&Facts> =
        documentation.facts.iter().filter(|facts| facts.v3 == is_v3 && chosen(&facts.name)).collect();
    let mut all: Vec<Difference> = known.iter().filter_map(|facts| compare(spec, facts)).flatten().collect();
    // A portal describes only a part of what it can, so nothing follows from what is missing there.
    if !is_v3 {
        all.extend(vanished(spec, &documentation).into_iter().filter(|difference| chosen(&difference.name)));
    }
    let (open, decided) = decisions.split(all);
    if let Some(reason) = &arguments.decide {
        decisions.decide(&open, reason);
        decisions.write()?;
        print(&format!("{} differences are decided now\n", open.len()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let new = unknown(spec, &known, arguments.all);
    if arguments.apply {
        return write(folder, &open, &new);
    }
    let mut text = report(&open, &known);
    text += &new_methods(&new);
    let mut stale = Vec::new();
    if names.is_empty() && !is_v3 {
        text += &list("entries of the change log that changes.json does not have", &new_changes(spec, &documentation));
        stale = decisions.stale(&decided);
        text += &list("decisions in differences.json about what no longer differs; remove them", &stale);
    }
    text += &unread(&documentation, arguments.all);
    text += &summary(&open, &decided, &new, &documentation);
    print(&text)?;
    let is_clean = open.is_empty() && stale.is_empty() && new.is_empty();
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One shape a line: the name of the method and its result, the name of the event and its data.
fn shapes(spec: &Spec, documentation: &Documentation) -> String {
    let mut lines = BTreeSet::new();
    for facts in documentation.facts.iter().filter(|facts| !facts.v3) {
        let (name, key) = if facts.event {
            (spec.events.get(&facts.name).map(|event| &event.name), "data")
        } else {
            (spec.method(&facts.name).map(|method| &method.name), "result")
        };
        let Some(name) = name else { continue };
        for value in facts.examples.iter().filter_map(|example| example.get(key)) {
            lines.insert(serde_json::json!([name, shape(value)]).to_string());
        }
    }
    let lines: Vec<String> = lines.into_iter().collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// Writes what can be written, and tells what is left to do.
fn write(folder: &Path, open: &[Difference], new: &[&Facts]) -> Result<ExitCode, String> {
    let left = apply(folder, open)?;
    let written = add_methods(folder, new)?;
    let mut text = format!("{} facts written into the spec\n", open.len() - left.len());
    text += &list("files of new methods and events", &written);
    let lines: Vec<String> = left.iter().map(|difference| format!("{}: {difference}", difference.name)).collect();
    text += &list("for you to decide: change the spec, or record a reason with --decide", &lines);
    text += "\nnow run `b24-codegen check`: it lists the prose that is missing\n";
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Shows on a terminal how far the reading is.
fn progress() -> impl FnMut(usize, usize) {
    let mut errors = std::io::stderr();
    let is_terminal = errors.is_terminal();
    move |done, all| {
        if is_terminal && (done % 50 == 0 || done == all) {
            let end = if done == all { "\n" } else { "" };
            let _ = write!(errors, "\rreading the documentation: {done} of {all} pages{end}");
            let _ = errors.flush();
        }
    }
}

fn report(open: &[Difference], known: &[&Facts]) -> String {
    let mut by_name: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for difference in open {
        by_name.entry(&difference.name).or_default().push(difference);
    }
    let mut text = String::new();
    for (name, differences) in by_name {
        let place = known.iter().find(|facts| facts.name.eq_ignore_ascii_case(name)).map(|facts| facts.place.as_str());
        let _ = writeln!(text, "{name}  {}", place.unwrap_or_default());
        for difference in differences {
            let _ = writeln!(text, "  {difference}");
        }
    }
    text
}

/// What the documentation describes and the spec does not have: of its own scopes, or of all.
fn unknown<'a>(spec: &Spec, known: &[&'a Facts], all: bool) -> Vec<&'a Facts> {
    let scopes = b24_codegen::scopes(spec);
    let is_ours = |facts: &Facts| {
        if facts.event {
            let name = facts.name.as_str();
            name.starts_with("ONIM") || name.starts_with("ONAPP")
        } else {
            facts.scopes.iter().any(|scope| scopes.contains(scope.as_str()))
        }
    };
    let missing = |facts: &&&Facts| {
        let method = spec.method(&facts.name).filter(|method| method.rest3 == facts.v3);
        let found = if facts.event { spec.events.contains_key(&facts.name) } else { method.is_some() };
        !found && (all || is_ours(facts))
    };
    known.iter().filter(missing).copied().collect()
}

fn new_methods(new: &[&Facts]) -> String {
    let lines: Vec<String> = new.iter().map(|facts| format!("{}  {}", facts.name, facts.place)).collect();
    list("new methods and events", &lines)
}

/// Methods and events that no page describes.
fn vanished(spec: &Spec, documentation: &Documentation) -> Vec<Difference> {
    let described: BTreeSet<String> =
        documentation.facts.iter().filter(|facts| !facts.v3).map(|facts| facts.name.to_lowercase()).collect();
    let is_described = |method: &&Method| method.status != Status::Undocumented && !method.rest3;
    let methods = spec.methods.values().filter(is_described);
    let methods = methods.map(|method| (&method.name, &method.aliases));
    let events = spec.events.values().filter(|event| event.status != Status::Undocumented);
    let events = events.map(|event| (&event.name, &event.aliases));
    methods
        .chain(events)
        .filter(|(name, aliases)| {
            !std::iter::once(*name).chain(aliases.iter()).any(|name| described.contains(&name.to_lowercase()))
        })
        .map(|(name, _)| Difference { name: name.clone(), finding: "page".to_owned(), kind: Kind::Gone, edit: None })
        .collect()
}

fn new_changes(spec: &Spec, documentation: &Documentation) -> Vec<String> {
    let known = |id: &&String| !spec.changes.iter().any(|change| change.id == **id);
    documentation.changes.iter().filter(known).cloned().collect()
}

fn list(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{heading}:\n");
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    text
}

fn unread(documentation: &Documentation, all: bool) -> String {
    let pages: Vec<String> = documentation.unread.iter().map(|(page, why)| format!("{page}: {why}")).collect();
    let parts: Vec<String> = documentation
        .facts
        .iter()
        .flat_map(|facts| facts.troubles.iter().map(|why| format!("{}: {why}", facts.place)))
        .collect();
    let mut text = list("pages that could not be read", &pages);
    if all {
        text += &list("pages that could be read in part", &parts);
    } else if !parts.is_empty() {
        let _ = writeln!(text, "\n{} pages could be read in part; --all lists them with the reasons", parts.len());
    }
    text
}

fn summary(open: &[Difference], decided: &[Difference], new: &[&Facts], documentation: &Documentation) -> String {
    let count = |kind: Kind| open.iter().filter(|difference| difference.kind == kind).count();
    let (whole, part) = documentation.share();
    let methods = documentation.facts.iter().filter(|facts| !facts.event).count();
    #[expect(clippy::cast_precision_loss, reason = "pages are counted in thousands")]
    let percent = 100.0 * whole as f64 / (whole + part).max(1) as f64;
    format!(
        "\n{} pages: {methods} methods, {} events; {whole} read whole, {part} in part or not ({percent:.1} % whole)\n\
         {} new, {} changed, {} gone, {} new methods and events; {} differences are decided\n",
        documentation.pages,
        documentation.facts.len() - methods,
        count(Kind::New),
        count(Kind::Changed),
        count(Kind::Gone),
        new.len(),
        decided.len(),
    )
}
