//! Taking facts from a source into the spec: from the documentation or from a portal's own description.

pub mod apply;
pub mod compare;
pub mod decisions;
pub mod documentation;
pub mod example;
pub mod facts;
pub mod home;
pub mod openapi;
mod page;
mod pattern;
pub mod shape;
mod table;
pub mod yfm;
