use std::collections::{BTreeMap, BTreeSet};

use axum::body::Bytes;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{Disk, DiskDenial};
use crate::state::secret;

/// How many bytes all files together may have.
const ROOM: usize = 2 * 1024 * 1024 * 1024;

/// What a file holds. The bytes are kept once, however many files have them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// The SHA-256 sum in hexadecimal digits, by which [`Contents`] has the bytes.
    pub(crate) hash: String,
    /// In bytes.
    pub(crate) size: usize,
    /// Width and height in pixels, if it is a picture.
    pub(crate) pixels: Option<(usize, usize)>,
}

/// The bytes of all files.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Contents {
    /// Kept beside the rest of the state, not in it.
    #[serde(skip)]
    bytes: BTreeMap<String, Bytes>,
}

impl Contents {
    pub(crate) fn get(&self, content: &Content) -> Option<Bytes> {
        self.bytes.get(&content.hash).cloned()
    }

    /// The contents by their hashes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Bytes)> {
        self.bytes.iter()
    }

    /// Takes a content in, by the hash that it is known by.
    pub(crate) fn insert(&mut self, hash: String, bytes: Bytes) {
        self.bytes.insert(hash, bytes);
    }

    /// Keeps bytes, of which a file may have at most `most`.
    pub(crate) fn store(&mut self, bytes: Bytes, most: Option<usize>) -> Result<Content, DiskDenial> {
        let size = bytes.len();
        if let Some(most) = most.filter(|most| size > *most) {
            return Err(DiskDenial::TooLarge { size, most });
        }
        let hash = secret::digits_of(digest(&SHA256, &bytes).as_ref());
        let used: usize = self.bytes.values().map(Bytes::len).sum();
        if !self.bytes.contains_key(&hash) && used.saturating_add(size) > ROOM {
            return Err(DiskDenial::NoRoom(size));
        }
        let pixels = imagesize::blob_size(&bytes).ok().map(|image| (image.width, image.height));
        self.bytes.entry(hash.clone()).or_insert(bytes);
        Ok(Content { hash, size, pixels })
    }
}

impl Disk {
    /// Forgets the bytes that no file has any more.
    pub(super) fn forget_contents(&mut self) {
        let versions = self.objects.values().flat_map(super::Object::versions);
        let used: BTreeSet<&String> = versions.map(|version| &version.content.hash).collect();
        self.contents.bytes.retain(|hash, _| used.contains(hash));
    }

    /// The contents that the files have, by their hashes.
    pub(crate) fn hashes(&self) -> BTreeSet<&str> {
        let versions = self.objects.values().flat_map(super::Object::versions);
        versions.map(|version| version.content.hash.as_str()).collect()
    }
}
