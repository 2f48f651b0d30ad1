//! The JSON file of installations that versions before the `SQLite` file kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use b24_storage::Store;
use serde_json::Value;

use super::super::Installation;
use crate::wire::{FromNode, Node};

/// Finds it: in the place of the `SQLite` file, out of which it is moved, or under its usual name beside it.
pub(super) fn find(path: &Path) -> io::Result<Option<PathBuf>> {
    let aside = with_ending(path, ".json");
    let is_json = match fs::File::open(path) {
        Ok(mut file) => {
            let mut first = [0];
            io::Read::read(&mut file, &mut first)? == 1 && first == *b"{"
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if is_json {
        fs::rename(path, &aside)?;
    }
    Ok([aside, path.with_file_name("b24-installations.json")].into_iter().find(|older| older.is_file()))
}

/// Takes its installations over, once.
pub(super) async fn take_over(older: &Path, store: &dyn Store) -> io::Result<()> {
    let installations = read(&fs::read(older)?)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", older.display())))?;
    for installation in installations {
        store.save(installation.record()).await?;
    }
    tracing::info!("the installations of {} were taken over", older.display());
    fs::rename(older, with_ending(older, ".taken-over"))
}

fn read(bytes: &[u8]) -> io::Result<Vec<Installation>> {
    const KIND: &str = "b24 installations 1";
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| invalid(format!("not a file of installations: {error}; move it away to start anew")))?;
    if value["kind"] != KIND {
        return Err(invalid(format!("not a file of installations: expected the kind \"{KIND}\"")));
    }
    Vec::from_node(Node::Json(&value["installations"])).map_err(|error| invalid(format!("installations.{error}")))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
