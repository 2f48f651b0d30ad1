use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo<T>(&self, _cx: &CommandCx, _value: T) {}
}

fn main() {}
