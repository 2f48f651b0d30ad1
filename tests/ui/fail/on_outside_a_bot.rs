use b24_runtime::prelude::*;

struct Helpdesk;

impl Helpdesk {
    #[on(message)]
    async fn hear(&self, _cx: &MessageCx) {}
}

fn main() {}
