use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, #[rest] _text: &str) {}
}

fn main() {}
