//! What all pages have around them.

use maud::{DOCTYPE, Markup, html};

use super::view::View;

const PAGES: [(&str, &str); 3] =
    [("revisions.html", "Revisions"), ("changes.html", "Changes"), ("errors.html", "Errors")];

/// A page. `own` is its path where it is one of those that every page links to.
pub(super) fn page(view: View<'_>, title: &str, own: &str, body: &Markup) -> String {
    let root = view.root;
    let site = "Bitrix24 REST";
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="b24-codegen";
                title { @if title.is_empty() { (site) } @else { (title) " · " (site) } }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={ (root) "style.css" };
                script src={ (root) "reference.js" } defer {}
            }
            body {
                header.bar {
                    a.home href={ (root) "index.html" } { (site) }
                    form.search role="search" action={ (root) "index.html" } {
                        input #search type="search" name="q" placeholder="Search" aria-label="Search the reference"
                            autocomplete="off" autocapitalize="off" spellcheck="false";
                        kbd { "/" }
                    }
                    nav.pages {
                        @for (page, name) in PAGES {
                            a href={ (root) (page) } aria-current=[(own == page).then_some("page")] { (name) }
                        }
                    }
                }
                main { (body) }
            }
        }
    }
    .into_string()
}
