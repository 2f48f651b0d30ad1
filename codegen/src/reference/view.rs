//! How a page shows names, types and prose, with links to where they are explained.

use b24_spec::{Since, TypeExpr};
use maud::{Markup, html};

use super::site::{Site, plain};

/// A page's look at the site.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) site: &'a Site<'a>,
    /// The way from the page to the top of the reference.
    pub(super) root: &'static str,
    /// The name that the page is about: it does not link to itself.
    pub(super) own: &'a str,
}

impl<'a> View<'a> {
    /// For a page at the top.
    pub(super) fn top(site: &'a Site<'a>) -> Self {
        Self { site, root: "", own: "" }
    }

    /// A method, an event or a type by its name, linked.
    pub(super) fn name(&self, name: &str) -> Markup {
        // `AttachBlock[]` is about `AttachBlock`.
        match self.site.page(name.trim_end_matches(['[', ']', '?'])) {
            Some(page) if name != self.own => html! { a href={ (self.root) (page) } { code { (breakable(name)) } } },
            _ => html! { code { (breakable(name)) } },
        }
    }

    /// Several names, one behind the other.
    pub(super) fn names<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Markup {
        html! {
            span.names { @for name in names { (self.name(name)) " " } }
        }
    }

    /// Prose: what stands in backticks is code, and a link where it names something.
    pub(super) fn prose(&self, text: &str) -> Markup {
        // The last backtick of an odd number belongs to the text.
        let parts: Vec<&str> = text.split('`').collect();
        let codes = (parts.len() - 1) / 2;
        html! {
            @for (index, part) in parts.iter().enumerate() {
                @if index % 2 == 1 && index / 2 < codes {
                    (self.name(part))
                } @else {
                    @if index % 2 == 1 { "`" }
                    (part)
                }
            }
        }
    }

    /// A revision, linked to what it brought where that is told.
    pub(super) fn revision(&self, at: &Since, text: &str) -> Markup {
        let known = self.site.spec.revisions.get(&at.counter);
        let is_step = known.is_some_and(|counter| counter.steps.iter().any(|step| step.revision == at.revision));
        html! {
            @if is_step {
                a href={ (self.root) "revisions.html#" (plain(&at.counter)) "-" (at.revision) } { (text) }
            } @else {
                (text)
            }
        }
    }

    /// A type expression whose names lead to their pages.
    pub(super) fn ty(&self, ty: &TypeExpr) -> Markup {
        html! { code.type { (self.type_parts(ty)) } }
    }

    fn type_parts(&self, ty: &TypeExpr) -> Markup {
        match ty {
            TypeExpr::List(inner) => html! { (self.type_parts(inner)) "[]" },
            TypeExpr::Optional(inner) => html! { (self.type_parts(inner)) "?" },
            TypeExpr::Map(key, value) => html! { "map<" (self.type_parts(key)) ", " (self.type_parts(value)) ">" },
            TypeExpr::Named(name) => match self.site.type_page(name) {
                Some(page) if name != self.own => html! { a href={ (self.root) (page) } { (name) } },
                _ => html! { (name) },
            },
            built_in => html! { (built_in.to_string()) },
        }
    }
}

/// A name that may be broken between its parts and is still copied whole.
pub(super) fn breakable(name: &str) -> Markup {
    let parts = name.split_inclusive("::").flat_map(|part| part.split_inclusive(['.', '_']));
    html! {
        @for (index, part) in parts.enumerate() {
            @if index > 0 { wbr; }
            (part)
        }
    }
}
