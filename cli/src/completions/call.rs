//! The words of `b24 call`: methods, their parameters, and what these may be.

use std::{fs, path::Path};

use b24_spec::{Method, Spec, Status, TypeExpr};

use super::Candidate;
use crate::call::{
    argument::{Step, halves, steps},
    shape::{Shape, param},
};

/// What may stand here, if this is a place for a method or a parameter.
pub(super) fn candidates(command: &clap::Command, before: &[String], current: &str) -> Option<Vec<Candidate>> {
    let (first, words) = before.split_first()?;
    if first != "call" || current.starts_with('-') {
        return None;
    }
    let mut plain = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if takes_value(command, word) {
            // The value of an option is not one of ours, also where it is what is being typed.
            words.next()?;
        } else if !word.starts_with('-') {
            plain.push(word.as_str());
        }
    }
    let spec = Spec::embedded().ok()?;
    let Some((method, arguments)) = plain.split_first() else { return Some(methods(&spec, current)) };
    let Some(method) = spec.method(method) else { return Some(Vec::new()) };
    Some(match halves(current) {
        Some((way, value)) => values(&spec, method, way, value),
        None => params(&spec, method, arguments, current),
    })
}

/// Whether a word is an option whose value is the next word.
fn takes_value(command: &clap::Command, word: &str) -> bool {
    let call = command.find_subcommand("call");
    let mut options = call.into_iter().flat_map(clap::Command::get_arguments);
    let is_it = |argument: &clap::Arg| {
        let long = argument.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long));
        let short =
            argument.get_short().is_some_and(|short| word.strip_prefix('-') == Some(short.to_string().as_str()));
        long || short
    };
    options.any(|argument| is_it(argument) && argument.get_action().takes_values())
}

fn methods(spec: &Spec, typed: &str) -> Vec<Candidate> {
    let known = spec.methods.values().filter(|method| begins(&method.name, typed));
    let candidate = |method: &Method| {
        let note = if matches!(method.status, Status::Deprecated(_)) { "(deprecated) " } else { "" };
        Candidate { word: method.name.clone(), help: format!("{note}{}", method.summary) }
    };
    known.map(candidate).collect()
}

/// The parameters that were not given yet, or the members at the end of the way that is being typed.
fn params(spec: &Spec, method: &Method, given: &[&str], typed: &str) -> Vec<Candidate> {
    let (owner, typed) = typed.rsplit_once('.').map_or(("", typed), |(owner, typed)| (owner, typed));
    let fields = match owner {
        "" => method.params.iter().collect(),
        owner => shape(spec, method, owner).map(|shape| shape.members(spec)).unwrap_or_default(),
    };
    let is_given = |way: &str| given.iter().filter_map(|word| halves(word)).any(|(known, _)| known == way);
    let mut found = Vec::new();
    for field in fields.into_iter().filter(|field| !field.read_only && begins(&field.name, typed)) {
        let shape = Shape::of_field(field);
        let way = if owner.is_empty() { field.name.clone() } else { format!("{owner}.{}", field.name) };
        let tail = match (shape.members(spec).is_empty(), shape.items(spec)) {
            (_, Some(_)) => "[]=",
            (false, None) => ".",
            (true, None) => "=",
        };
        if !is_given(&way) {
            found.push(Candidate { word: way + tail, help: field.doc.clone() });
        }
    }
    found
}

/// What a parameter may be: a word, yes or no, a file.
fn values(spec: &Spec, method: &Method, way: &str, typed: &str) -> Vec<Candidate> {
    if let Some(path) = typed.strip_prefix('@') {
        return files(path).into_iter().map(|path| candidate(way, &format!("@{path}"), "")).collect();
    }
    let Some(shape) = shape(spec, method, way) else { return Vec::new() };
    if let Some(words) = shape.words(spec) {
        let words = words.iter().filter(|word| begins(&word.value, typed));
        return words.map(|word| candidate(way, &word.value, &word.doc)).collect();
    }
    let flags = match shape.solid().ty {
        TypeExpr::Bool | TypeExpr::YesNo => &["Y", "N"][..],
        _ => &[],
    };
    flags.iter().filter(|flag| begins(flag, typed)).map(|flag| candidate(way, flag, "")).collect()
}

fn candidate(way: &str, value: &str, help: &str) -> Candidate {
    Candidate { word: format!("{way}={value}"), help: help.to_owned() }
}

/// What stands at the end of a way.
fn shape<'a>(spec: &'a Spec, method: &'a Method, way: &str) -> Option<Shape<'a>> {
    let steps = steps(way)?;
    let (Step::Member(first), rest) = steps.split_first()? else { return None };
    let first = Shape::of_field(param(method, first)?);
    rest.iter().try_fold(first, |shape, step| Some(shape.step(spec, step)?.1))
}

/// The files and folders that begin with what was typed.
fn files(typed: &str) -> Vec<String> {
    let (folder, start) = typed.rsplit_once('/').map_or(("", typed), |(folder, start)| (folder, start));
    let place = match (folder, typed.starts_with('/')) {
        ("", true) => "/",
        ("", false) => ".",
        (folder, _) => folder,
    };
    let entries = fs::read_dir(Path::new(place)).into_iter().flatten().flatten();
    let name = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok().filter(|name| name.starts_with(start))?;
        let end = if entry.path().is_dir() { "/" } else { "" };
        Some(typed.strip_suffix(start)?.to_owned() + &name + end)
    };
    let mut found: Vec<String> = entries.filter_map(name).collect();
    found.sort();
    found
}

fn begins(name: &str, typed: &str) -> bool {
    name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}
