use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[command("echo")]
    const ECHO: &str = "echo";
}

fn main() {}
