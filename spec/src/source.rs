use std::{fs, io, path::Path};

/// One file of the spec as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the spec folder, with forward slashes.
    pub path: String,
    /// The JSON text.
    pub text: String,
}

/// All files of a spec, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources(pub Vec<Source>);

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

impl Sources {
    /// The files that travel inside this crate.
    pub fn embedded() -> Self {
        let own = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        Self(EMBEDDED.iter().map(own).collect())
    }

    /// The files of a spec folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or holds bytes that are not UTF-8.
    pub fn from_dir(root: &Path) -> io::Result<Self> {
        let mut sources = Vec::new();
        for place in ["methods", "events", "types", "errors.json", "revisions.json", "changes.json"] {
            if root.join(place).exists() {
                read_into(&mut sources, root, place)?;
            }
        }
        sources.sort_by(|a: &Source, b| a.path.cmp(&b.path));
        Ok(Self(sources))
    }

    /// A number that changes with any change of any file (FNV-1a, 64 bits).
    pub fn hash(&self) -> u64 {
        let bytes = self.0.iter().flat_map(|source| [source.path.as_bytes(), source.text.as_bytes()]);
        bytes
            .flatten()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

fn read_into(sources: &mut Vec<Source>, root: &Path, place: &str) -> io::Result<()> {
    let full = root.join(place);
    if full.is_dir() {
        for entry in fs::read_dir(full)? {
            let name = entry?.file_name();
            read_into(sources, root, &format!("{place}/{}", name.to_string_lossy()))?;
        }
    } else if full.extension().is_some_and(|extension| extension == "json") {
        let text = fs::read_to_string(&full)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", full.display())))?;
        sources.push(Source { path: place.to_owned(), text });
    }
    Ok(())
}
