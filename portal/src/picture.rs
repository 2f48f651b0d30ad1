//! Pictures that come in Base64: avatars and icons.

use base64::{Engine, prelude::BASE64_STANDARD};

/// How wide and how high a picture may be.
const LARGEST: usize = 5000;

/// What is wrong with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Flaw {
    #[error("this is not a picture in a known format")]
    NotAPicture,
    #[error("the picture is larger than {LARGEST} by {LARGEST} pixels")]
    TooLarge,
}

/// The picture, if it is one that can be shown.
pub(crate) fn checked(base64: &str) -> Result<&str, Flaw> {
    let bytes = BASE64_STANDARD.decode(base64).map_err(|_| Flaw::NotAPicture)?;
    let size = imagesize::blob_size(&bytes).map_err(|_| Flaw::NotAPicture)?;
    if size.width.max(size.height) > LARGEST { Err(Flaw::TooLarge) } else { Ok(base64) }
}
