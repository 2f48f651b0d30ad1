use b24_runtime::prelude::*;

struct Helpdesk;

trait Answers {
    fn answer(&self, cx: &CommandCx);
}

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Answers for Helpdesk {
    #[command("answer", hidden)]
    fn answer(&self, _cx: &CommandCx) {}
}

fn main() {}
