impl Helpdesk {
    /// Repeat the text.
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    async fn echo(&self, _cx: &CommandCx, text: String) -> String {
        text
    }
    /// Close a ticket
    /// for good.
    ///
    /// Only agents may do it.
    #[cfg(feature = "tickets")]
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    async fn close(
        &self,
        cx: &CommandCx,
        id: Ticket,
        reason: Option<String>,
    ) -> Result<Reply> {
        self.db.close(id, reason).await
    }
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    fn ticket(&self, _: &CommandCx, id: Ticket) {}
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    async fn anything_else(&self, cx: &MessageCx) -> Result<()> {
        cx.reply("Try /help").await
    }
    fn is_agent(&self, cx: &CommandCx) -> bool {
        true
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::b24_runtime::Bot for Helpdesk {
    fn router() -> ::b24_runtime::Router<Self> {
        let router = ::b24_runtime::Router::new(
            ::b24_runtime::Profile::new("helpdesk", "Helpdesk")
                .color(::b24_runtime::types::Color::Aqua)
                .position("Answers questions")
                .avatar(
                    ::core::include_bytes!(
                        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
                        "avatar.png")
                    ),
                ),
        );
        let router = router
            .command(
                ::b24_runtime::Command::new("echo")
                    .title("en", "Repeat the text")
                    .title("ru", "Повторить")
                    .params("en", "text")
                    .params("ru", "текст")
                    .common()
                    .rest_argument::<String>("text"),
                |bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::CommandCx| async move {
                    let mut args = cx.args();
                    let values = (args.rest::<String>("text")?,);
                    <String as ::b24_runtime::__private::IntoOutcome>::into_outcome(
                        Self::echo(&bot, &cx, values.0).await,
                    )
                },
            );
        #[cfg(feature = "tickets")]
        let router = router
            .command(
                ::b24_runtime::Command::new("close")
                    .title("en", "Close a ticket for good")
                    .argument::<Ticket>("id")
                    .argument::<Option<String>>("reason"),
                |bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::CommandCx| async move {
                    let allowed: bool = Self::is_agent(&bot, &cx);
                    if !allowed {
                        return ::b24_runtime::__private::refused();
                    }
                    let mut args = cx.args();
                    let values = (
                        args.take::<Ticket>("id")?,
                        args.take::<Option<String>>("reason")?,
                    );
                    args.finish()?;
                    <Result<
                        Reply,
                    > as ::b24_runtime::__private::IntoOutcome>::into_outcome(
                        Self::close(&bot, &cx, values.0, values.1).await,
                    )
                },
            );
        let router = router
            .command(
                ::b24_runtime::Command::new("ticket").hidden().argument::<Ticket>("id"),
                |bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::CommandCx| async move {
                    let mut args = cx.args();
                    let values = (args.take::<Ticket>("id")?,);
                    args.finish()?;
                    <() as ::b24_runtime::__private::IntoOutcome>::into_outcome(
                        Self::ticket(&bot, &cx, values.0),
                    )
                },
            );
        let router = router
            .on_message(|bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::MessageCx| async move {
                <Result<
                    (),
                > as ::b24_runtime::__private::IntoOutcome>::into_outcome(
                    Self::anything_else(&bot, &cx).await,
                )
            });
        router
    }
}
#[cfg(feature = "tickets")]
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
type __cmd_Close_id = Ticket;
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
type __cmd_Ticket_id = Ticket;
///The commands of `Helpdesk`, for buttons that call them.
#[allow(
    dead_code,
    missing_debug_implementations,
    private_interfaces,
    unreachable_pub,
    unused_imports
)]
pub mod cmd {
    use super::*;
    ///`/echo`: Repeat the text
    pub struct Echo {
        ///The argument `text`.
        pub text: String,
    }
    #[automatically_derived]
    impl ::b24_runtime::CommandCall for Echo
    where
        for<'__on_use> String: ::b24_runtime::__private::RestText,
    {
        const NAME: &'static str = "echo";
        fn arguments(&self) -> ::std::string::String {
            let mut line = ::b24_runtime::__private::ArgumentLine::new();
            line.push_rest(&self.text);
            line.finish()
        }
    }
    #[cfg(feature = "tickets")]
    ///`/close`: Close a ticket for good
    pub struct Close {
        ///The argument `id`.
        pub id: super::__cmd_Close_id,
        ///The argument `reason`.
        pub reason: Option<String>,
    }
    #[cfg(feature = "tickets")]
    #[automatically_derived]
    impl ::b24_runtime::CommandCall for Close
    where
        for<'__on_use> super::__cmd_Close_id: ::b24_runtime::__private::ToArg,
        for<'__on_use> Option<String>: ::b24_runtime::__private::ToArg,
    {
        const NAME: &'static str = "close";
        fn arguments(&self) -> ::std::string::String {
            let mut line = ::b24_runtime::__private::ArgumentLine::new();
            line.push(&self.id);
            line.push(&self.reason);
            line.finish()
        }
    }
    ///`/ticket`
    pub struct Ticket {
        ///The argument `id`.
        pub id: super::__cmd_Ticket_id,
    }
    #[automatically_derived]
    impl ::b24_runtime::CommandCall for Ticket
    where
        for<'__on_use> super::__cmd_Ticket_id: ::b24_runtime::__private::ToArg,
    {
        const NAME: &'static str = "ticket";
        fn arguments(&self) -> ::std::string::String {
            let mut line = ::b24_runtime::__private::ArgumentLine::new();
            line.push(&self.id);
            line.finish()
        }
    }
}
