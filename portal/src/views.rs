//! What the portal remembers in the words of the messenger's API: the snake_case objects of `im.*`.
//!
//! Each object has all members of the type of the spec that it is named after, in the order of the documentation.

mod department;
mod notice;
mod profile;
mod user;

pub(crate) use self::{
    department::department,
    notice::notice,
    profile::{Depth, FIELDS, OWN, profile},
    user::user,
};
