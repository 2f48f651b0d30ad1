use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[command("echo", title(english = "Repeat the text"))]
    async fn echo(&self, _cx: &CommandCx) {}
}

fn main() {}
