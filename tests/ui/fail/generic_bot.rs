use b24_runtime::prelude::*;

struct Helpdesk<T>(T);

#[bot(code = "helpdesk", name = "Helpdesk")]
impl<T> Helpdesk<T> {
    /// Repeat the text
    #[command("echo")]
    async fn echo(&self, _cx: &CommandCx) {}
}

fn is_bot<B: Bot>() {}

fn main() {
    is_bot::<Helpdesk<u8>>();
}
