use std::{fmt, str::FromStr};

/// A colour, `#rrggbb` on the wire.
///
/// ```
/// use b24_runtime::message::Rgb;
///
/// assert_eq!(Rgb::new(0x29_61_9b).to_string(), "#29619b");
/// assert_eq!("#fff".parse(), Ok(Rgb::new(0xff_ff_ff)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(u32);

impl Rgb {
    /// A colour from its hexadecimal digits; what stands above `0xff_ff_ff` is ignored.
    pub const fn new(digits: u32) -> Self {
        Self(digits & 0x00ff_ffff)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

/// The text is neither `#rrggbb` nor `#rgb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is `#rrggbb` or `#rgb`")]
pub struct NotAColor;

impl FromStr for Rgb {
    type Err = NotAColor;

    fn from_str(text: &str) -> Result<Self, NotAColor> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .ok_or(NotAColor)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColor)?;
        match digits.len() {
            6 => Ok(Self(number)),
            // Each digit stands for two of the same.
            3 => Ok(Self(((number & 0xf00) << 8 | (number & 0x0f0) << 4 | (number & 0x00f)) * 0x11)),
            _ => Err(NotAColor),
        }
    }
}
