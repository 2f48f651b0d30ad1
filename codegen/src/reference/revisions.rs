//! What came and went with which revision: a matrix, and below it the steps of each counter.

mod gates;

use std::collections::{BTreeMap, BTreeSet};

use b24_spec::Since;
use maud::{Markup, html};

use super::{
    shell,
    site::{self, Site, plain},
    view::{View, breakable},
};
use gates::{Gate, Gates};

/// The revisions of each counter that have a column.
type Columns<'a> = BTreeMap<&'a str, BTreeSet<u32>>;

pub(super) fn page(site: &Site<'_>) -> String {
    let view = View::top(site);
    let gates = gates::all(site.spec);
    let columns = columns(site, &gates);
    let body = html! {
        h1.title { "Revisions" }
        p.lead { "What came and went with which revision of a portal. What is not here is as old as the sources, or they do not tell." }
        @if !gates.is_empty() { (filter(&columns)) (matrix(view, &columns, &gates)) }
        @for counter in columns.keys() { (steps(view, counter)) }
    };
    shell::page(view, "Revisions", "revisions.html", &body)
}

fn columns<'a>(site: &Site<'a>, gates: &[Gates<'a>]) -> Columns<'a> {
    let mut columns = Columns::new();
    for (counter, known) in &site.spec.revisions {
        columns.entry(counter).or_default().extend(known.steps.iter().map(|step| step.revision));
    }
    for gate in gates.iter().flat_map(|gates| gates.own.iter().chain(&gates.inner)) {
        for at in [gate.since, gate.until].into_iter().flatten() {
            columns.entry(&at.counter).or_default().insert(at.revision);
        }
    }
    columns
}

fn filter(columns: &Columns<'_>) -> Markup {
    html! {
        div.filter role="group" aria-label="Counter" {
            button type="button" data-counter="" aria-pressed="true" { "All counters" }
            @for counter in columns.keys() {
                button type="button" data-counter=(counter) aria-pressed="false" { (counter) }
            }
        }
        p.legend {
            span { span.mark.first {} "came with it" }
            span { span.mark.there {} "is there" }
            span { span.mark.last {} "is there for the last time" }
        }
    }
}

fn matrix(view: View<'_>, columns: &Columns<'_>, gates: &[Gates<'_>]) -> Markup {
    html! {
        div.wide tabindex="0" {
            table.matrix {
                thead {
                    tr {
                        th.corner rowspan="2" scope="col" { span.unseen { "Name" } }
                        @for (counter, revisions) in columns {
                            th.counter colspan=(revisions.len()) data-counter=(counter) scope="colgroup" { (counter) }
                        }
                    }
                    tr {
                        @for (counter, revisions) in columns {
                            @for revision in revisions {
                                th data-counter=(counter) scope="col" {
                                    @let at = Since { counter: (*counter).to_owned(), revision: *revision };
                                    (view.revision(&at, &revision.to_string()))
                                }
                            }
                        }
                    }
                }
                @for gates in gates { (rows(columns, gates)) }
            }
        }
    }
}

fn rows(columns: &Columns<'_>, gates: &Gates<'_>) -> Markup {
    let page = site::path(gates.entry);
    let name = gates.entry.name();
    let counters = |gates: &mut dyn Iterator<Item = &Gate<'_>>| -> String {
        let counters: BTreeSet<&str> = gates.flat_map(Gate::counters).collect();
        counters.into_iter().collect::<Vec<_>>().join(" ")
    };
    html! {
        tbody data-counters=(counters(&mut gates.own.iter().chain(&gates.inner))) {
            tr.entry {
                th scope="row" { a href=(page) { code { (breakable(name)) } } }
                (cells(columns, gates.own.as_ref()))
            }
            @for gate in &gates.inner {
                tr data-counters=(counters(&mut std::iter::once(gate))) {
                    th scope="row" { a href={ (page) "#" (gate.part) "." (plain(&gate.path)) } { code { (breakable(&gate.path)) } } }
                    (cells(columns, Some(gate)))
                }
            }
        }
    }
}

fn cells(columns: &Columns<'_>, gate: Option<&Gate<'_>>) -> Markup {
    html! {
        @for (counter, revisions) in columns {
            @for revision in revisions {
                @let state = gate.map_or(State::Absent, |gate| state(gate, counter, *revision));
                td data-counter=(counter) class=[state.class()] {
                    @if let Some(word) = state.word() { span.unseen { (word) } }
                }
            }
        }
    }
}

/// What a revision means to something.
#[derive(Clone, Copy)]
enum State {
    /// It is not there, or this counter does not count it.
    Absent,
    /// It came with it.
    First,
    There,
    /// It went with the next one.
    Last,
    /// It came with it and went with the next one.
    Only,
}

impl State {
    fn class(self) -> Option<&'static str> {
        Some(match self {
            Self::Absent => return None,
            Self::First => "first",
            Self::There => "there",
            Self::Last => "last",
            Self::Only => "first last",
        })
    }

    fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Absent => return None,
            Self::First => "came",
            Self::There => "there",
            Self::Last => "last",
            Self::Only => "came, and last",
        })
    }
}

fn state(gate: &Gate<'_>, counter: &str, revision: u32) -> State {
    let of = |at: Option<&Since>| at.filter(|at| at.counter == counter).map(|at| at.revision);
    let (since, until) = (of(gate.since), of(gate.until));
    if since.is_none() && until.is_none() {
        return State::Absent;
    }
    if since.is_some_and(|since| revision < since) || until.is_some_and(|until| revision > until) {
        return State::Absent;
    }
    match (since == Some(revision), until == Some(revision)) {
        (true, true) => State::Only,
        (true, false) => State::First,
        (false, true) => State::Last,
        (false, false) => State::There,
    }
}

fn steps(view: View<'_>, counter: &str) -> Markup {
    let Some(known) = view.site.spec.revisions.get(counter) else { return Markup::default() };
    html! {
        section id=(plain(counter)) data-counters=(counter) {
            h2 { (counter) }
            p { (view.prose(&known.doc)) }
            dl.steps {
                @for step in known.steps.iter().rev() {
                    div id={ (plain(counter)) "-" (step.revision) } {
                        dt { (step.revision) }
                        dd {
                            p { (view.prose(&step.doc)) }
                            (changes(view, counter, step.revision))
                        }
                    }
                }
            }
        }
    }
}

/// The entries of the change log that name the revision.
fn changes(view: View<'_>, counter: &str, revision: u32) -> Markup {
    let is_of = |at: &Since| at.counter == counter && at.revision == revision;
    let of_it = view.site.spec.changes.iter().filter(|change| change.revision.as_ref().is_some_and(is_of));
    let ids: Vec<&str> = of_it.map(|change| change.id.as_str()).collect();
    html! {
        @if !ids.is_empty() {
            p.facts { span.names { @for id in ids { a href={ "changes.html#" (plain(id)) } { (id) } " " } } }
        }
    }
}
