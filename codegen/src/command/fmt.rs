//! `fmt`: one way to lay out a file.

use std::{path::Path, process::ExitCode};

use b24_codegen::document::Json;
use b24_spec::Sources;

use crate::{print, write};

pub(crate) fn run(folder: &Path, sources: &Sources, check: bool) -> Result<ExitCode, String> {
    let mut changed = 0;
    for source in &sources.0 {
        let document = Json::parse(&source.text).map_err(|error| format!("{}: {error}", source.path))?;
        let text = document.to_file();
        if text == source.text {
            continue;
        }
        changed += 1;
        if check {
            print(&format!("spec/{} is laid out in another way; run `b24-codegen fmt`\n", source.path))?;
        } else {
            write(&folder.join(&source.path), &text)?;
        }
    }
    Ok(if check && changed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
