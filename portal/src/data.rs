//! The state in a folder, so that a portal goes on where it stopped.
//!
//! ```text
//! DIR/state.json   everything but the contents of files
//! DIR/files/       those contents, each named by its SHA-256 sum
//! DIR/lock         held by the portal that uses the folder
//! ```

mod keeper;

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use ring::digest::{Digest, SHA256, digest};
use serde::Deserialize;

pub(crate) use self::keeper::Keeper;
use crate::{
    error::DataError,
    state::snapshot::{FORMAT, Snapshot},
};

/// A folder that this portal alone uses.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    lock: File,
    /// Of what was written last: what is the same need not be written again.
    written: Option<Digest>,
    /// The contents that are there, by their sums.
    contents: BTreeSet<String>,
}

impl Folder {
    /// Takes a folder, which is made if it is not there.
    pub(crate) fn open(path: &Path) -> Result<Self, DataError> {
        let unusable = |source| DataError::Unusable { path: path.to_owned(), source };
        fs::create_dir_all(path.join("files")).map_err(unusable)?;
        let lock = File::create(path.join("lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DataError::Taken { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        let names = fs::read_dir(path.join("files")).map_err(unusable)?;
        let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(Self { path: path.to_owned(), lock, written: None, contents: names.collect() })
    }

    fn state(&self) -> PathBuf {
        self.path.join("state.json")
    }

    fn content(&self, hash: &str) -> PathBuf {
        self.path.join("files").join(hash)
    }

    /// What was written there; nothing if the folder is new.
    pub(crate) fn read(&self) -> Result<Option<Snapshot>, DataError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let path = self.state();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DataError::Unusable { path, source }),
        };
        let broken = |source| DataError::Broken { path: path.clone(), source };
        let Head { format } = serde_json::from_slice(&text).map_err(broken)?;
        if format != FORMAT {
            return Err(DataError::Format { path, format, known: FORMAT });
        }
        let mut snapshot: Snapshot = serde_json::from_slice(&text).map_err(broken)?;
        let hashes: Vec<String> = snapshot.disk().hashes().into_iter().map(str::to_owned).collect();
        for hash in hashes {
            match fs::read(self.content(&hash)) {
                Ok(bytes) => snapshot.disk_mut().contents.insert(hash, bytes.into()),
                Err(error) => tracing::warn!(%error, hash, "the content of a file is missing in the data"),
            }
        }
        Ok(Some(snapshot))
    }

    /// Writes a snapshot down. At every moment, the folder holds either what was there before or all of it.
    fn write(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        for (hash, bytes) in snapshot.disk().contents.iter() {
            if !self.contents.contains(hash) {
                replace(&self.content(hash), bytes)?;
                self.contents.insert(hash.clone());
            }
        }
        let text = serde_json::to_vec(snapshot)?;
        let sum = digest(&SHA256, &text);
        if self.written.as_ref().is_none_or(|written| written.as_ref() != sum.as_ref()) {
            replace(&self.state(), &text)?;
            self.written = Some(sum);
        }
        // What is no longer needed goes last.
        let used = snapshot.disk().hashes();
        let unused: Vec<String> = self.contents.iter().filter(|hash| !used.contains(hash.as_str())).cloned().collect();
        for hash in unused {
            fs::remove_file(self.content(&hash))?;
            self.contents.remove(&hash);
        }
        Ok(())
    }

    /// Lets go of the folder: another portal may take it.
    fn close(&self) {
        if let Err(error) = self.lock.unlock() {
            tracing::warn!(%error, "the lock of the data stays until the program ends");
        }
    }
}

/// Writes a file whole, or leaves the one that is there.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)
}
