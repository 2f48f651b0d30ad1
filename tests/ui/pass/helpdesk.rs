//! The bot of the documentation: typed arguments, a guard, a hidden command on a button, a handler of messages.

use std::{collections::BTreeSet, sync::Mutex};

use b24_runtime::prelude::*;
use b24_runtime::{ArgError, Args};

#[derive(Default)]
struct Helpdesk {
    open: Mutex<BTreeSet<u32>>,
}

struct TicketId(u32);

impl FromArg for TicketId {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        args.parse(name, "the number of a ticket").map(Self)
    }
}

impl b24_runtime::ToArg for TicketId {
    fn to_arg(&self, line: &mut b24_runtime::ArgumentLine) {
        line.push(&self.0);
    }
}

#[bot(code = "helpdesk", name = "Helpdesk", color = Aqua)]
impl Helpdesk {
    /// Repeat the text
    #[command("echo", title(ru = "Повторить"), params(en = "text", ru = "текст"))]
    async fn echo(&self, _cx: &CommandCx, #[rest] text: String) -> String {
        text
    }

    /// Close a ticket
    #[command("close", guard = Self::is_agent)]
    async fn close(&self, _cx: &CommandCx, id: TicketId, reason: Option<String>) -> Result<Reply> {
        self.open.lock().expect("no thread panics").remove(&id.0);
        Ok(Reply::text(reason.unwrap_or_default()).button("Reopen", cmd::Reopen { id }))
    }

    #[command("reopen", hidden)]
    async fn reopen(&self, _cx: &CommandCx, id: TicketId) -> Result<()> {
        self.open.lock().expect("no thread panics").insert(id.0);
        Ok(())
    }

    #[on(message)]
    async fn anything_else(&self, cx: &MessageCx) -> Result<()> {
        cx.reply("Try /help").await?;
        Ok(())
    }

    fn is_agent(&self, cx: &CommandCx) -> bool {
        !cx.user().is_extranet
    }

    pub async fn public_helper(&self) {}
}

fn main() {
    let _ = Helpdesk::router();
    let _ = Helpdesk::default().public_helper();
}
