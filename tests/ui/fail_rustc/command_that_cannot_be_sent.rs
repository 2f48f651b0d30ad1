use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk")]
impl Helpdesk {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {
        let count = std::rc::Rc::new(5);
        std::future::ready(()).await;
        drop(count);
    }
}

fn main() {}
