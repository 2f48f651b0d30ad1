use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {}
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[on(message)]
    async fn hear(&self, _cx: &MessageCx) {}
}

fn main() {}
