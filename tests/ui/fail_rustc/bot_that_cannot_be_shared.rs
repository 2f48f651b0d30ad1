use b24_runtime::prelude::*;

struct Helpdesk {
    _count: std::cell::Cell<u32>,
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {}
}

fn main() {}
