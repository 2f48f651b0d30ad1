use b24_runtime::prelude::*;

struct Helpdesk;
struct Parrot;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[command("help", hidden)]
    async fn help(&self, _cx: &CommandCx) {}
}

#[bot(code = "parrot", name = "Parrot", commands = parrot_cmd)]
impl Parrot {
    #[command("help", hidden)]
    async fn help(&self, _cx: &CommandCx) {}
}

fn main() {
    let _ = (cmd::Help {}, parrot_cmd::Help {});
}
