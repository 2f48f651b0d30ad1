//! A checkout of the documentation repository → the facts of every page in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    facts::Facts,
    page,
    yfm::{self, Block},
};

/// What a checkout of the documentation says.
#[derive(Debug, Default)]
pub struct Documentation {
    /// Methods and events, in the order of their pages.
    pub facts: Vec<Facts>,
    /// Entries of change logs.
    pub changes: Vec<String>,
    /// Pages that looked as if they described a method or an event and could not be read, each with the reason.
    pub unread: Vec<(String, String)>,
    /// Pages in the checkout.
    pub pages: usize,
}

impl Documentation {
    /// Reads a checkout. `progress` hears how many pages of how many are done.
    ///
    /// # Errors
    /// When the folder holds no documentation or a file cannot be read.
    pub fn read(root: &Path, mut progress: impl FnMut(usize, usize)) -> Result<Self, String> {
        let folder = root.join("api-reference");
        if !folder.is_dir() {
            return Err(format!(
                "{} is not a checkout of the documentation: it has no folder `api-reference`",
                root.display()
            ));
        }
        let mut paths = Vec::new();
        collect(&folder, &mut paths)?;
        // `batch` is described among the settings.
        if root.join("settings").is_dir() {
            collect(&root.join("settings"), &mut paths)?;
        }
        paths.sort();
        let mut read = Self { pages: paths.len(), ..Self::default() };
        for (index, path) in paths.iter().enumerate() {
            progress(index + 1, paths.len());
            read.page(root, path)?;
        }
        Ok(read)
    }

    fn page(&mut self, root: &Path, path: &Path) -> Result<(), String> {
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = text(path)?;
        let mut missing = Vec::new();
        let blocks = with_includes(yfm::blocks(&text), root, path, 0, &mut missing);
        self.changes.extend(page::change_ids(&blocks));
        let mut found = page::facts(&name, &blocks);
        if found.is_empty()
            && let Some(reason) = looks_like_a_method(&text)
        {
            self.unread.push((name, reason));
            return Ok(());
        }
        if let Some(first) = found.first_mut() {
            first.troubles.extend(missing.into_iter().map(|path| format!("the included file {path} is missing")));
        }
        self.facts.append(&mut found);
        Ok(())
    }

    /// Pages read whole, and pages of which something could not be read.
    pub fn share(&self) -> (usize, usize) {
        let troubled = self.facts.iter().filter(|facts| !facts.troubles.is_empty()).count();
        (self.facts.len() - troubled, troubled + self.unread.len())
    }
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.is_dir() {
            // Files to include are no pages.
            if path.file_name().is_some_and(|name| name != "_includes") {
                collect(&path, paths)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    Ok(())
}

/// Puts the blocks of included files where they are included. The errors that any method may answer stay out.
fn with_includes(blocks: Vec<Block>, root: &Path, path: &Path, depth: usize, missing: &mut Vec<String>) -> Vec<Block> {
    let mut whole = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Block::Include(target) = &block else {
            whole.push(block);
            continue;
        };
        let (target, anchor) =
            target.split_once('#').map_or((target.as_str(), None), |(path, anchor)| (path, Some(anchor)));
        let file = match target.strip_prefix('/') {
            Some(absolute) => root.join(absolute),
            None => path.parent().unwrap_or(root).join(target),
        };
        if target.contains("system-errors") || depth > 3 {
            continue;
        }
        match text(&file) {
            Ok(text) => {
                let inner = with_includes(yfm::blocks(&text), root, &file, depth + 1, missing);
                match anchor.and_then(|anchor| page::anchored(&inner, anchor)) {
                    Some(part) => whole.extend(part.iter().cloned()),
                    None => whole.extend(inner),
                }
            }
            Err(_) => missing.push(target.to_owned()),
        }
    }
    whole
}

/// A page that shows calls and answers but has no name that could be read.
fn looks_like_a_method(text: &str) -> Option<String> {
    let calls = text.contains("callMethod(") && text.contains("## Method Parameters");
    calls.then(|| "it describes a call, but neither the title nor the examples tell which".to_owned())
}
