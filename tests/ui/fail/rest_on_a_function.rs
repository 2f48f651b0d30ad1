use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[rest]
    fn echo(&self, _cx: &CommandCx) {}
}

fn main() {}
