//! The list of everything, and the search.

use b24_spec::Status;
use maud::{Markup, PreEscaped, html};

use super::{
    find, shell,
    site::{self, Site},
    view::{View, breakable},
};
use crate::entry::Entry;

/// A group of the list.
struct Group<'a> {
    anchor: String,
    title: &'a str,
    entries: Vec<Entry<'a>>,
}

pub(super) fn page(site: &Site<'_>) -> String {
    let view = View::top(site);
    let spec = site.spec;
    let groups = groups(site);
    let body = html! {
        section #found hidden aria-live="polite" {}
        div #list {
            h1.title { "Bitrix24 REST API" }
            p.lead {
                (spec.methods.len()) " methods, " (spec.events.len()) " events and " (spec.types.len()) " types."
            }
            div.columns {
                nav.scopes aria-label="Scopes" {
                    @for group in &groups {
                        a href={ "#" (group.anchor) } { (group.title) " " span.count { (group.entries.len()) } }
                    }
                }
                div { @for group in &groups { (self::group(view, group)) } }
            }
        }
        script #index type="application/json" { (PreEscaped(find::json(spec))) }
    };
    shell::page(view, "", "index.html", &body)
}

/// The methods by scope, then events and types.
fn groups<'a>(site: &Site<'a>) -> Vec<Group<'a>> {
    let spec = site.spec;
    let scopes = crate::scopes(spec).into_iter().chain([""]);
    let of_scope = |scope: &'a str| Group {
        anchor: site::scope(scope),
        title: if scope.is_empty() { "without a scope" } else { scope },
        entries: spec.methods.values().filter(|method| method.scope == scope).map(Entry::Method).collect(),
    };
    let events = spec.events.values().map(Entry::Event).collect();
    let types = spec.types.values().map(Entry::Type).collect();
    let mut groups: Vec<Group<'a>> = scopes.map(of_scope).collect();
    groups.push(Group { anchor: "events".to_owned(), title: "events", entries: events });
    groups.push(Group { anchor: "types".to_owned(), title: "types", entries: types });
    for group in &mut groups {
        // In capitals or not: people look for a name, not for its bytes.
        group.entries.sort_by_key(|entry| entry.name().to_lowercase());
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}

fn group(view: View<'_>, group: &Group<'_>) -> Markup {
    html! {
        section.group id=(group.anchor) {
            h2 { (group.title) }
            ul.list {
                @for entry in &group.entries {
                    @let is_old = *entry.status() != Status::Current;
                    li.old[is_old] {
                        a href=(site::path(*entry)) { code { (breakable(entry.name())) } }
                        span { (view.prose(entry.summary())) @if is_old { " " span.tag { (status(entry)) } } }
                    }
                }
            }
        }
    }
}

fn status(entry: &Entry<'_>) -> &'static str {
    match entry.status() {
        Status::Current => "",
        Status::Deprecated(_) => "deprecated",
        Status::Undocumented => "undocumented",
    }
}
