//! What the checker says about mistakes, and that the spec of this crate has none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod diff;
mod embedded;
mod fixture;
mod lookups;
mod place;
mod references;
mod schema;
mod shape;
mod type_expressions;
