//! What a bot says: text with BB codes, attachments, keyboards and context menus.
//!
//! The builders know the documented rules. What they cannot make impossible they check before anything is sent.

mod address;
mod attach;
mod button;
mod color;
mod keyboard;
mod listing;
mod menu;
mod reply;
mod span;
mod text;

pub use attach::{Attach, Delimiter, File, GridItem, Image, Link, Person};
pub use button::{Action, CommandCall, Target};
pub use color::Rgb;
pub use keyboard::{Button, Keyboard};
pub use listing::Listing;
pub use menu::{Menu, MenuItem};
pub use reply::{InvalidMessage, Reply};
pub use span::{LinkTo, Mention, PictureSize, Span, Style};
pub use text::Text;
