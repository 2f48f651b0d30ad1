use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {}

    /// Repeat the text
    #[command("echo")]
    async fn repeat(&self, _cx: &CommandCx) {}
}

fn main() {}
