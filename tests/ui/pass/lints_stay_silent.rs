//! A crate may forbid what it likes: the code that we add keeps to it.
#![deny(
    warnings,
    deprecated,
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    single_use_lifetimes,
    unreachable_pub,
    unused,
    unused_qualifications,
    unused_results
)]
#![forbid(unsafe_code)]

use b24_runtime::prelude::*;

#[derive(Debug)]
struct Helpdesk;

#[derive(Debug)]
struct Ticket;

impl FromArg for Ticket {
    fn from_arg(_args: &mut b24_runtime::Args<'_>, _name: &str) -> Result<Self, b24_runtime::ArgError> {
        Ok(Self)
    }
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[deprecated]
    #[command("old", hidden)]
    async fn old(&self, _cx: &CommandCx) {}

    #[command("close", hidden, guard = Self::is_open)]
    fn close(&self, _cx: &CommandCx, ticket: Ticket) -> String {
        format!("{ticket:?}")
    }

    #[on(join)]
    fn greet(&self, _cx: &JoinCx) {}

    fn is_open(&self, _cx: &CommandCx) -> bool {
        true
    }
}

fn main() {
    drop(Helpdesk::router());
}
