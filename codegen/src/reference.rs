//! The spec as a static reference in HTML: pages that need no server, no network and no build step.
//!
//! Every page stands alone with one style sheet and one script beside it. All text goes through `maud`, which escapes.

mod changes;
mod entry;
mod errors;
mod find;
mod index;
mod revisions;
mod shell;
mod site;
mod view;

use std::collections::BTreeMap;

use b24_spec::Spec;

use crate::{entry::Entry, sheet::Members};
use site::Site;

/// The files of the reference by path: pages, `style.css` and `reference.js`. The same spec gives the same bytes.
pub fn reference(spec: &Spec) -> BTreeMap<String, String> {
    let site = Site::new(spec, Members::Linked);
    let mut files = BTreeMap::from([
        ("index.html".to_owned(), index::page(&site)),
        ("revisions.html".to_owned(), revisions::page(&site)),
        ("changes.html".to_owned(), changes::page(&site)),
        ("errors.html".to_owned(), errors::page(&site)),
        ("style.css".to_owned(), include_str!("reference/style.css").to_owned()),
        ("reference.js".to_owned(), include_str!("reference/reference.js").to_owned()),
    ]);
    files.extend(Entry::all(spec).map(|entry| (site::path(entry), entry::page(&site, entry))));
    files
}
