//! The files of a bot, and when they change.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Duration,
};

use ignore::{WalkBuilder, gitignore::Gitignore};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::ModifyKind};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::failure::Failure;

/// Editors write a file in several steps, and people save several files.
const LULL: Duration = Duration::from_millis(200);
/// What builds write themselves.
const BUILT: [&str; 4] = ["target", "node_modules", "__pycache__", "Cargo.lock"];

/// Watches folders.
pub(super) struct Sources {
    roots: Vec<(PathBuf, Gitignore)>,
    changes: UnboundedReceiver<PathBuf>,
    watcher: RecommendedWatcher,
}

impl Sources {
    pub(super) fn watch(folders: &[PathBuf]) -> Result<Self, Failure> {
        let (sender, changes) = unbounded_channel();
        let tell = move |event: notify::Result<Event>| {
            // Folders that cannot be watched were told of when they were added.
            let Ok(event) = event else { return };
            if is_change(event.kind) {
                for path in event.paths {
                    // Nobody may listen any more.
                    let _ = sender.send(path);
                }
            }
        };
        let cannot = |error: notify::Error| Failure::Refused(format!("cannot watch files: {error}"));
        let watcher = notify::recommended_watcher(tell).map_err(cannot)?;
        let mut sources = Self { roots: Vec::new(), changes, watcher };
        for folder in folders {
            let root = folder.canonicalize();
            let root = root.map_err(|error| Failure::Usage(format!("cannot watch {}: {error}", folder.display())))?;
            // A file that is not there ignores nothing.
            let (ignored, _) = Gitignore::new(root.join(".gitignore"));
            sources.roots.push((root.clone(), ignored));
            sources.add(&root).map_err(cannot)?;
        }
        Ok(sources)
    }

    /// Watches a folder and all in it but what is ignored: that may be a lot.
    fn add(&mut self, folder: &Path) -> notify::Result<()> {
        let walk = WalkBuilder::new(folder).require_git(false).filter_entry(|entry| !is_built(entry.path())).build();
        let folders = walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
        for folder in folders {
            self.watcher.watch(folder.path(), RecursiveMode::NonRecursive)?;
        }
        Ok(())
    }

    /// Waits until sources have changed and nothing changes any more. Gives the first of them.
    pub(super) async fn changed(&mut self) -> Result<String, Failure> {
        let stopped = || Failure::Refused("the files can no longer be watched".to_owned());
        let first = loop {
            let path = self.changes.recv().await.ok_or_else(stopped)?;
            if self.is_source(&path) {
                break path;
            }
        };
        let mut seen = BTreeSet::from([first.clone()]);
        while let Ok(Some(path)) = tokio::time::timeout(LULL, self.changes.recv()).await {
            seen.insert(path);
        }
        // New folders have files, too.
        for folder in seen.into_iter().filter(|path| path.is_dir() && !is_built(path)) {
            // One that went away again has none.
            let _ = self.add(&folder);
        }
        let inside = self.roots.iter().find_map(|(root, _)| first.strip_prefix(root).ok());
        Ok(inside.unwrap_or(&first).display().to_string())
    }

    fn is_source(&self, path: &Path) -> bool {
        let root = self.roots.iter().find(|(root, _)| path.starts_with(root));
        let Some((root, ignored)) = root else { return false };
        let inside = path.strip_prefix(root).unwrap_or(path);
        let is_hidden =
            |part: &std::ffi::OsStr| part.to_str().is_some_and(|part| part.starts_with('.') || part.ends_with('~'));
        let is_other = inside.iter().any(|part| is_hidden(part) || is_built(Path::new(part)));
        !is_other && !ignored.matched_path_or_any_parents(inside, path.is_dir()).is_ignore()
    }
}

/// Whether something was written, renamed or removed; reading is no change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Access(_) => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

fn is_built(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| BUILT.contains(&name))
}
