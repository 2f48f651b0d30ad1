impl Helpdesk {
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    async fn echo(&self, _cx: &CommandCx, text: String) -> String {
        text
    }
    #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
    async fn anything_else(&self, cx: &MessageCx) {}
}
::core::compile_error! {
    "unknown key `nmae`, did you mean `name`? expected one of `code`, `name`, `last_name`, `color`, `position`, `kind`, `email`, `website`, `gender`, `birthday`, `avatar`, `background`, `commands`"
}
::core::compile_error! {
    "unknown event `mesage`, did you mean `message`? expected one of `message`, `message_update`, `message_delete`, `join`, `reaction`, `context`, `install`, `update`, `delete`, `other`"
}
::core::compile_error! {
    "a command is named without its slash: `#[command(\"echo\")]`"
}
#[automatically_derived]
impl ::b24_runtime::Bot for Helpdesk {
    fn router() -> ::b24_runtime::Router<Self> {
        ::core::unreachable!()
    }
}
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
    ///`//echo`
    pub struct Echo {
        ///The argument `text`.
        pub text: String,
    }
    #[automatically_derived]
    impl ::b24_runtime::CommandCall for Echo
    where
        for<'__on_use> String: ::b24_runtime::__private::RestText,
    {
        const NAME: &'static str = "/echo";
        fn arguments(&self) -> ::std::string::String {
            let mut line = ::b24_runtime::__private::ArgumentLine::new();
            line.push_rest(&self.text);
            line.finish()
        }
    }
}
