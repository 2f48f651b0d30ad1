use b24_runtime::prelude::*;

struct Helpdesk;

struct Options;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx, _options: Option<Options>) {}
}

fn main() {}
