//! The type of a command and the type of its argument may have one name.

use b24_runtime::prelude::*;
use b24_runtime::{ArgError, Args};

struct Helpdesk;

pub struct Ticket(u32);

impl FromArg for Ticket {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        args.parse(name, "the number of a ticket").map(Self)
    }
}

mod orders {
    pub struct Order(pub u32);

    impl b24_runtime::FromArg for Order {
        fn from_arg(args: &mut b24_runtime::Args<'_>, name: &str) -> Result<Self, b24_runtime::ArgError> {
            args.parse(name, "the number of an order").map(Self)
        }
    }
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[command("ticket", hidden)]
    async fn ticket(&self, _cx: &CommandCx, ticket: Ticket, others: Vec<Ticket>) -> String {
        format!("{} and {} others", ticket.0, others.len())
    }

    #[command("option", hidden)]
    async fn option(&self, _cx: &CommandCx, text: Option<String>) -> Option<String> {
        text
    }

    #[command("string", hidden)]
    async fn string(&self, _cx: &CommandCx, #[rest] text: String) -> String {
        text
    }

    #[command("order", hidden)]
    async fn order(&self, _cx: &CommandCx, order: self::orders::Order) -> String {
        order.0.to_string()
    }
}

fn main() {
    let _ = cmd::Ticket { ticket: Ticket(1), others: vec![Ticket(2)] };
    let _ = cmd::Option { text: Some(String::new()) };
    let _ = cmd::String { text: String::new() };
    let _ = cmd::Order { order: orders::Order(1) };
}
