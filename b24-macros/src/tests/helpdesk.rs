#[bot(code = "helpdesk", name = "Helpdesk", color = Aqua, position = "Answers questions", avatar = "avatar.png")]
impl Helpdesk {
    /// Repeat the text.
    #[command("echo", title(ru = "Повторить"), params(en = "text", ru = "текст"), common)]
    async fn echo(&self, _cx: &CommandCx, #[rest] text: String) -> String {
        text
    }

    /// Close a ticket
    /// for good.
    ///
    /// Only agents may do it.
    #[cfg(feature = "tickets")]
    #[command("close", guard = Self::is_agent)]
    async fn close(&self, cx: &CommandCx, id: Ticket, reason: Option<String>) -> Result<Reply> {
        self.db.close(id, reason).await
    }

    #[command("ticket", hidden)]
    fn ticket(&self, _: &CommandCx, id: Ticket) {}

    #[on(message)]
    async fn anything_else(&self, cx: &MessageCx) -> Result<()> {
        cx.reply("Try /help").await
    }

    fn is_agent(&self, cx: &CommandCx) -> bool {
        true
    }
}
