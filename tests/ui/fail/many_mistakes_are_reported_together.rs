use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = Helpdesk, colour = Aqua, kind = Robot)]
impl Helpdesk {
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx, #[rest] _text: String, _times: u32) {}

    /// Close a ticket
    #[command("/close", hiden, title(russian = "Закрыть"))]
    async fn close(&mut self, _cx: &CommandCx, _id: u32) -> Reply {
        Reply::text("Closed").button("Reopen", cmd::Reopen { id: 5 })
    }

    #[command("reopen", hidden)]
    async fn reopen(&self, _id: u32) {}

    /// Repeat the text
    #[command("echo")]
    async fn repeat(&self, _cx: &CommandCx, (_x, _y): (u32, u32)) {}

    #[on(mesage)]
    async fn hear(&self, _cx: &MessageCx) {}

    #[on(join)]
    async fn greet(&self, _cx: &JoinCx, _name: &str) {}
}

fn is_bot<B: Bot>() {}

fn main() {
    is_bot::<Helpdesk>();
}
