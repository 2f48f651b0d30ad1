use b24_runtime::prelude::*;

struct Listener;

#[bot(code = "listener", name = "Listener")]
impl Listener {
    #[on(message)]
    async fn message(&self, cx: &MessageCx) -> String {
        cx.text().to_owned()
    }

    #[on(message_update)]
    async fn message_update(&self, _cx: &MessageUpdateCx) {}

    #[on(message_delete)]
    async fn message_delete(&self, _cx: &MessageDeleteCx) {}

    #[on(join)]
    fn join(&self, _cx: &JoinCx) -> &'static str {
        "Hello"
    }

    #[on(reaction)]
    async fn reaction(&self, _cx: &ReactionCx) {}

    #[on(context)]
    fn context(&self, _cx: &ContextCx) -> &'static str {
        "Shall I?"
    }

    #[on(install)]
    async fn install(&self, _cx: &InstallCx) -> Result {
        Ok(())
    }

    #[on(update)]
    async fn update(&self, _cx: &UpdateCx) {}

    #[on(delete)]
    fn delete(&self, _cx: &DeleteCx) {}

    #[on(other)]
    async fn other(&self, _cx: &OtherCx) {}
}

fn main() {
    let _ = Listener::router();
}
