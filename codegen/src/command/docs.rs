//! `docs`: the reference as files.

use std::{fs, path::Path};

use b24_codegen::reference::reference;
use b24_spec::Spec;

use crate::{print, write};

/// What tells our pages from other people's.
const GENERATOR: &str = "<meta name=\"generator\" content=\"b24-codegen\">";

pub(crate) fn run(folder: &Path, spec: &Spec) -> Result<(), String> {
    let files = reference(spec);
    files.iter().try_for_each(|(path, text)| write(&folder.join(path), text))?;
    for kind in ["methods", "events", "types"] {
        let Ok(entries) = fs::read_dir(folder.join(kind)) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_stale = !files.contains_key(&format!("{kind}/{name}"))
                && fs::read_to_string(&path).is_ok_and(|text| text.contains(GENERATOR));
            if is_stale {
                fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
    }
    let pages = files.values().filter(|text| text.contains(GENERATOR)).count();
    print(&format!("{pages} pages; open {}\n", folder.join("index.html").display()))
}
