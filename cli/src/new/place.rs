//! What is around a new crate.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the new bot takes the runtime from.
#[derive(Debug)]
pub(super) enum Source {
    Checkout(PathBuf),
    Repository,
}

const RUNTIME: &str = "b24-runtime";

impl Source {
    /// The checkout in this folder.
    pub(super) fn checkout(folder: &Path) -> Result<Self, String> {
        let runtime = folder.join(RUNTIME);
        if !runtime.join("Cargo.toml").is_file() {
            return Err(format!("{} is no checkout of b24: it has no {RUNTIME}", folder.display()));
        }
        let full = runtime.canonicalize();
        full.map(Self::Checkout).map_err(|error| format!("{}: {error}", runtime.display()))
    }

    /// The checkout that the new crate or the current folder is in, else the one that this program was built from, else
    /// the repository.
    pub(super) fn around(folder: &Path) -> Self {
        let mut folders = above(folder);
        folders.extend(above(Path::new(".")));
        folders.extend(Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf));
        folders.iter().find_map(|folder| Self::checkout(folder).ok()).unwrap_or(Self::Repository)
    }

    /// As it stands in `Cargo.toml`.
    pub(super) fn entry(&self) -> String {
        match self {
            Self::Checkout(path) => format!("path = {:?}", path.display().to_string()),
            Self::Repository => format!("git = {:?}", env!("CARGO_PKG_REPOSITORY")),
        }
    }
}

/// Whether cargo would take a crate in this folder for a member of a workspace that does not name it.
pub(super) fn is_inside_workspace(folder: &Path) -> bool {
    let is_workspace = |above: PathBuf| {
        fs::read_to_string(above.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.trim() == "[workspace]"))
    };
    above(folder).into_iter().any(is_workspace)
}

/// The folders around one that need not be there yet, nearest first.
fn above(folder: &Path) -> Vec<PathBuf> {
    let full = std::env::current_dir().unwrap_or_default().join(folder);
    full.ancestors().skip(1).map(Path::to_path_buf).collect()
}
