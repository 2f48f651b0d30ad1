#[bot(code = "helpdesk", nmae = "Helpdesk")]
impl Helpdesk {
    #[command("/echo", hidden)]
    async fn echo(&self, _cx: &CommandCx, #[rest] text: String) -> String {
        text
    }

    #[on(mesage)]
    async fn anything_else(&self, cx: &MessageCx) {}
}
