//! The page of a method, an event or a type.

use std::collections::BTreeSet;

use b24_spec::Status;
use maud::{Markup, html};

use super::{
    shell,
    site::{self, Site, plain},
    view::{View, breakable},
};
use crate::{
    entry::Entry,
    sheet::{Kind, Part, Row, Sheet},
};

pub(super) fn page<'a>(site: &Site<'a>, entry: Entry<'a>) -> String {
    let view = View { site, root: "../", own: entry.name() };
    let sheet = site.sheets.of(entry);
    let body = html! {
        article {
            (head(view, &sheet))
            @for part in &sheet.parts { (self::part(view, part)) }
            (siblings(view, entry))
        }
    };
    shell::page(view, entry.name(), "", &body)
}

fn head(view: View<'_>, sheet: &Sheet<'_>) -> Markup {
    let entry = sheet.entry;
    let (anchor, place) = match entry {
        Entry::Type(_) => ("types".to_owned(), "types"),
        Entry::Event(_) => ("events".to_owned(), "events"),
        Entry::Method(_) if entry.scope().is_empty() => (site::scope(""), "methods without a scope"),
        Entry::Method(_) => (site::scope(entry.scope()), entry.scope()),
    };
    html! {
        p.crumb { a href={ (view.root) "index.html#" (anchor) } { (place) } @if let Entry::Method(_) = entry { " / method" } }
        h1 { (breakable(entry.name())) }
        p.lead { (view.prose(entry.summary())) }
        @if let Some(notice) = &sheet.notice {
            p.notice.old[matches!(entry.status(), Status::Deprecated(_))] { (view.prose(notice)) }
        }
        dl.facts {
            @for (label, fact) in &sheet.facts {
                div { dt { (label) } dd { (view.prose(fact)) } }
            }
            @if sheet.docs.starts_with("https://") || sheet.docs.starts_with("http://") {
                div { dt { "Docs" } dd { a href=(sheet.docs) rel="noreferrer" { (host(sheet.docs)) } } }
            }
        }
        @if sheet.parts.len() > 2 {
            nav.parts aria-label="On this page" {
                @for part in &sheet.parts { a href={ "#" (part.id) } { (part.title) } }
            }
        }
    }
}

fn part(view: View<'_>, part: &Part<'_>) -> Markup {
    html! {
        section id=(part.id) {
            h2 {
                (part.title)
                @if let Some(ty) = part.ty { " " (view.ty(ty)) }
                @if let Some(means) = part.mark() { " " span.means { span.required { "*" } " " (means) } }
            }
            @if let [note] = part.notes.as_slice() {
                p { (view.prose(note)) }
            } @else if !part.notes.is_empty() {
                ul.notes { @for note in &part.notes { li { (view.prose(note)) } } }
            }
            @if !part.names.is_empty() { p { (view.names(part.names.iter().copied())) } }
            @if !part.rows.is_empty() { (rows(view, part)) }
        }
    }
}

fn rows(view: View<'_>, part: &Part<'_>) -> Markup {
    let mut seen = BTreeSet::new();
    html! {
        table.rows {
            thead.unseen {
                tr { th scope="col" { "Name" } th scope="col" { "Type" } th scope="col" { "Meaning" } }
            }
            tbody {
                @for row in &part.rows {
                    @let id = format!("{}.{}", part.id, plain(&row.path));
                    @let is_new = !row.path.is_empty() && seen.insert(id.clone());
                    tr id=[is_new.then_some(&id)] class=[(row.depth > 0).then(|| format!("in d{}", row.depth.min(6)))] {
                        th scope="row" { (row_name(view, part, row, &id)) }
                        td { (row_kind(view, row)) }
                        td {
                            @if !row.doc.is_empty() { p { (view.prose(row.doc)) } }
                            @if !row.facts.is_empty() {
                                p.facts {
                                    @for (index, fact) in row.facts.iter().enumerate() {
                                        @if index > 0 { span.dot { " · " } }
                                        (view.prose(fact))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row_name(view: View<'_>, part: &Part<'_>, row: &Row<'_>, id: &str) -> Markup {
    let href = match part.id {
        "errors" => format!("{}errors.html#{}", view.root, plain(row.name)),
        "changes" => format!("{}changes.html#{}", view.root, plain(row.name)),
        _ => format!("#{id}"),
    };
    html! {
        @if let Some(color) = row.color.filter(|color| is_color(color)) {
            span.swatch style={ "background:" (color) } {}
        }
        @if row.path.is_empty() {
            // A form of a union has no name but its type, an empty word no anchor.
            @if let Kind::Type(ty) = row.kind { (view.ty(ty)) } @else { code { "\"\"" } }
        } @else {
            a.own href=(href) { code { (breakable(row.name)) } }
        }
        @if row.required { span.required title="required" { "*" span.unseen { "required" } } }
    }
}

fn row_kind(view: View<'_>, row: &Row<'_>) -> Markup {
    match row.kind {
        Kind::Type(_) if row.path.is_empty() => Markup::default(),
        Kind::Type(ty) => view.ty(ty),
        Kind::Word(word) => html! { span.word { (word) } },
    }
}

/// `#rrggbb`, and nothing that a style could hold besides.
fn is_color(color: &str) -> bool {
    color
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// Methods with the same beginning.
fn siblings(view: View<'_>, entry: Entry<'_>) -> Markup {
    let Entry::Method(method) = entry else { return Markup::default() };
    let Some((family, _)) = method.name.rsplit_once('.') else { return Markup::default() };
    let names = view.site.spec.methods.keys().map(String::as_str);
    let names: Vec<&str> = names
        .filter(|name| *name != method.name && name.rsplit_once('.').is_some_and(|(other, _)| other == family))
        .collect();
    html! {
        @if !names.is_empty() {
            section #beside { h2 { "Beside it" } p { (view.names(names)) } }
        }
    }
}

fn host(address: &str) -> &str {
    address.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(address)
}
