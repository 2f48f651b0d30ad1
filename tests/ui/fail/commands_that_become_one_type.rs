use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo-list")]
    async fn list(&self, _cx: &CommandCx) {}

    /// Repeat the text
    #[command("echoList")]
    async fn page(&self, _cx: &CommandCx) {}
}

fn main() {}
