use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Close a ticket
    #[command("close")]
    async fn close(&self, _cx: &CommandCx) -> Reply {
        Reply::text("Closed").button("Reopen", cmd::Reopen { id: "5" })
    }

    #[command("reopen", hidden)]
    async fn reopen(&self, _cx: &CommandCx, _id: u32) {}
}

fn main() {}
