use b24_runtime::prelude::*;

struct Helpdesk;

impl Helpdesk {
    #[command("echo", hidden)]
    async fn echo(&self, _cx: &CommandCx, #[rest] _text: String) {}
}

fn main() {}
