//! What travels: PHP forms and JSON in, JSON out, and the loose scalars in between.
//!
//! [`Node`] is a value of either encoding; [`FromNode`] makes a typed one of it. [`Params`] is what a call sends.

mod decode;
mod form;
mod node;
mod params;
mod query;
mod scalar;

pub use decode::{DecodeError, FromNode, Object};
pub use form::{Form, FormError};
pub use node::Node;
pub use params::{Params, ToValue};
pub(crate) use params::{value_at, yes_no};
pub(crate) use query::query;
pub use scalar::{Base64, Date, DateTime, Untyped};
