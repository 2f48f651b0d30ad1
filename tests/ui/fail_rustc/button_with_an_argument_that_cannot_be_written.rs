use b24_runtime::prelude::*;
use b24_runtime::{ArgError, Args};

struct Helpdesk;

struct Ticket(u32);

impl FromArg for Ticket {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        args.parse(name, "the number of a ticket").map(Self)
    }
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Close a ticket
    #[command("close")]
    async fn close(&self, _cx: &CommandCx, ticket: Ticket) -> Reply {
        Reply::text(format!("Closed {}", ticket.0)).button("Again", cmd::Close { ticket })
    }
}

fn main() {}
