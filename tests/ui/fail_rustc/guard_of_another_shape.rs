use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo", guard = Self::is_agent)]
    async fn echo(&self, _cx: &CommandCx) {}

    fn is_agent(&self) -> bool {
        true
    }
}

fn main() {}
