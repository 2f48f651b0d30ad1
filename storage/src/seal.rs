use std::{fmt, io, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};

/// A key that what is kept is encrypted with: 32 random bytes, written as base64.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// Encrypts what holds tokens before it is written, where there is a key (XChaCha20-Poly1305).
#[derive(Clone, Default)]
pub struct Seal(Option<XChaCha20Poly1305>);

/// The first byte tells how the rest is to be read.
const PLAIN: u8 = 0;
const SEALED: u8 = 1;
const NONCE: usize = 24;

impl Seal {
    /// With this key, or none: then everything is written as it is.
    pub fn new(key: Option<&Key>) -> Self {
        Self(key.map(|key| XChaCha20Poly1305::new(&key.0.into())))
    }

    /// What is written for a text. It can be read only where `context` is the same.
    ///
    /// # Errors
    /// When the system has no random numbers to give.
    pub fn close(&self, context: &str, text: &[u8]) -> io::Result<Vec<u8>> {
        let Some(cipher) = &self.0 else { return Ok([&[PLAIN], text].concat()) };
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| io::Error::other(format!("no random numbers: {error}")))?;
        let payload = Payload { msg: text, aad: context.as_bytes() };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| io::Error::other("what is to be kept could not be encrypted"))?;
        Ok([&[SEALED], nonce.as_slice(), &sealed].concat())
    }

    /// The text that something was written for. What was written without a key is read with one, too.
    ///
    /// # Errors
    /// When it was written with another key or in another place, or is nothing that was written here.
    pub fn open(&self, context: &str, written: &[u8]) -> io::Result<Vec<u8>> {
        let invalid = |reason: &str| io::Error::new(io::ErrorKind::InvalidData, reason);
        match (written.split_first(), &self.0) {
            (Some((&PLAIN, text)), _) => Ok(text.to_vec()),
            (Some((&SEALED, _)), None) => {
                Err(invalid("it is encrypted: set B24_STORE_KEY to the key it was kept with"))
            }
            (Some((&SEALED, rest)), Some(cipher)) => {
                let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(|| invalid("it is cut off"))?;
                let payload = Payload { msg: sealed, aad: context.as_bytes() };
                cipher
                    .decrypt(&XNonce::from(*nonce), payload)
                    .map_err(|_| invalid("it was encrypted with another key than B24_STORE_KEY, or changed since"))
            }
            _ => Err(invalid("it was written by a newer version, or is no text of this kind")),
        }
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAKey;

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key is 32 random bytes in base64; `openssl rand -base64 32` makes one")
    }
}

impl std::error::Error for NotAKey {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Seal(***)" } else { "Seal(none)" })
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Seal};

    fn seal(byte: u8) -> Seal {
        Seal::new(Some(&Key([byte; 32])))
    }

    #[test]
    fn what_is_sealed_shows_nothing_and_is_read_with_its_key_and_in_its_place_alone() {
        let written = seal(1).close("portal", b"a token").unwrap_or_default();
        assert!(!written.windows(5).any(|part| part == b"token"));
        assert_eq!(seal(1).open("portal", &written).ok().as_deref(), Some(&b"a token"[..]));
        assert!(seal(2).open("portal", &written).is_err_and(|error| error.to_string().contains("another key")));
        assert!(seal(1).open("elsewhere", &written).is_err());
        let without = Seal::default().open("portal", &written);
        assert!(without.is_err_and(|error| error.to_string().contains("set B24_STORE_KEY")));
    }

    #[test]
    fn what_was_kept_without_a_key_is_read_with_one() {
        let written = Seal::default().close("portal", b"a token").unwrap_or_default();
        assert_eq!(seal(1).open("portal", &written).ok().as_deref(), Some(&b"a token"[..]));
    }

    #[test]
    fn a_key_is_32_bytes_in_base64() {
        assert!("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".parse::<Key>().is_ok());
        for text in ["", "secret", "AAECAwQFBgcICQ=="] {
            assert!(text.parse::<Key>().is_err_and(|error| error.to_string().contains("openssl rand")));
        }
    }
}
