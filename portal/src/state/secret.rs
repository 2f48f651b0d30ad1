use std::fmt::Write;

/// A fresh random token of lower-case hexadecimal digits.
pub(crate) fn hex(digits: usize) -> String {
    let mut bytes = vec![0; digits.div_ceil(2)];
    // Without a random source the tokens would all be alike, which a local portal survives.
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::warn!(%error, "no random source: tokens are predictable");
    }
    let mut text = digits_of(&bytes);
    text.truncate(digits);
    text
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn digits_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A fresh random UUID.
pub(crate) fn uuid() -> String {
    let digits = hex(32);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
