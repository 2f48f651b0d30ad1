use b24_runtime::prelude::*;

struct Helpdesk;
struct Parrot;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {}
}

#[bot(code = "parrot", name = "Parrot")]
impl Parrot {
    /// Say something
    #[command("say")]
    async fn say(&self, _cx: &CommandCx) {}
}

fn main() {}
