use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo", title(ru = Повторить))]
    async fn echo(&self, _cx: &CommandCx) {}
}

fn main() {}
