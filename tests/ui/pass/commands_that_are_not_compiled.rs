use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[cfg(any())]
    #[command("close", hidden)]
    async fn close(&self, _cx: &CommandCx, id: TypeThatIsNotCompiledEither) {}

    #[cfg(not(any()))]
    #[command("reopen", hidden)]
    async fn reopen(&self, _cx: &CommandCx, id: u32) -> String {
        format!("{id}")
    }

    #[cfg(any())]
    #[on(message)]
    async fn hear(&self, _cx: &MessageCx) {}
}

#[bot(code = "other", name = "Other")]
#[cfg(any())]
impl BotThatIsNotCompiled {
    #[command("close", hidden)]
    async fn close(&self, _cx: &CommandCx) {}
}

fn main() {
    let _ = cmd::Reopen { id: 1 };
}
