//! The error codes: those that any method may answer, and which methods answer the others.

use std::collections::BTreeMap;

use b24_spec::{ErrorKind, Spec};
use maud::{Markup, html};

use super::{
    shell,
    site::{Site, plain},
    view::{View, breakable},
};
use crate::wording;

/// How many methods are listed before they hide behind their number.
const MANY: usize = 8;

/// What a code means, and for which methods.
type Meanings<'a> = BTreeMap<(&'static str, &'a str), Vec<&'a str>>;

/// A code of methods' own.
#[derive(Default)]
struct Code<'a> {
    aliases: Vec<&'a str>,
    meanings: Meanings<'a>,
}

pub(super) fn page(site: &Site<'_>) -> String {
    let view = View::top(site);
    let codes = codes(site.spec);
    let mut sorted: Vec<(&&str, &Code<'_>)> = codes.iter().collect();
    sorted.sort_by_key(|(code, _)| code.to_lowercase());
    let body = html! {
        h1.title { "Errors" }
        p.lead { "What a portal answers when it refuses a call, and what to do about it." }
        @if !site.spec.errors.is_empty() { (system(view, &codes)) }
        section #methods {
            h2 { "Of single methods" }
            @if sorted.is_empty() { p { "There are none." } }
            @for (name, code) in sorted { (self::code(view, name, code)) }
        }
    };
    shell::page(view, "Errors", "errors.html", &body)
}

fn system(view: View<'_>, own: &BTreeMap<&str, Code<'_>>) -> Markup {
    html! {
        section #any {
            h2 { "Of any method" }
            table.rows {
                thead.unseen {
                    tr { th scope="col" { "Code" } th scope="col" { "HTTP status" } th scope="col" { "Meaning" } }
                }
                tbody {
                    @for system in &view.site.spec.errors {
                        @let code = system.error.code.as_str();
                        // Where methods answer it for reasons of their own, those come below and have the anchor.
                        tr id={ @if own.contains_key(code) { "any." } (plain(code)) } {
                            th scope="row" { code { (breakable(code)) } (aliases(&system.error.aliases)) }
                            td { span.status { (system.status) } " " span.kind { (wording::error_kind(system.error.kind)) } }
                            td { p { (view.prose(&system.error.meaning)) } p.facts { (view.prose(&system.advice)) } }
                        }
                    }
                }
            }
        }
    }
}

fn code(view: View<'_>, name: &str, code: &Code<'_>) -> Markup {
    let total: usize = code.meanings.values().map(Vec::len).sum();
    let list = html! {
        ul.meanings {
            @for ((kind, meaning), methods) in &code.meanings {
                li {
                    span.kind { (kind) } " " (view.prose(meaning)) " " (view.names(methods.iter().copied()))
                }
            }
        }
    };
    html! {
        div.code id=(plain(name)) {
            h3 { a.own href={ "#" (plain(name)) } { (breakable(name)) } (aliases(&code.aliases)) }
            @if total > MANY {
                details {
                    summary { (total) " methods" @if code.meanings.len() > 1 { ", " (code.meanings.len()) " meanings" } }
                    (list)
                }
            } @else {
                (list)
            }
        }
    }
}

fn aliases(aliases: &[impl AsRef<str>]) -> Markup {
    html! {
        @if !aliases.is_empty() {
            span.also { " also " @for alias in aliases { code { (breakable(alias.as_ref())) } " " } }
        }
    }
}

fn codes(spec: &Spec) -> BTreeMap<&str, Code<'_>> {
    let mut codes: BTreeMap<&str, Code<'_>> = BTreeMap::new();
    for method in spec.methods.values() {
        for error in &method.errors {
            let code = codes.entry(&error.code).or_default();
            for alias in &error.aliases {
                if !code.aliases.contains(&alias.as_str()) {
                    code.aliases.push(alias);
                }
            }
            let kind: ErrorKind = error.kind;
            let methods = code.meanings.entry((wording::error_kind(kind), error.meaning.as_str())).or_default();
            if methods.last() != Some(&method.name.as_str()) {
                methods.push(&method.name);
            }
        }
    }
    codes
}
