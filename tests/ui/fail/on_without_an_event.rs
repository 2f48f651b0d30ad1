use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[on]
    async fn hear(&self, _cx: &MessageCx) {}
}

fn main() {}
