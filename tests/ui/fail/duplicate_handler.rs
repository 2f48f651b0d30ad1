use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    #[on(message)]
    async fn hear(&self, _cx: &MessageCx) {}

    #[on(message)]
    async fn listen(&self, _cx: &MessageCx) {}
}

fn main() {}
