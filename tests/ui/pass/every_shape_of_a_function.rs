//! With and without `async`, with lifetimes, with names that the expansion uses itself.

use std::{fmt::Display, sync::Arc};

use b24_runtime::prelude::*;

struct Shapes {
    greeting: String,
}

#[bot(code = "shapes", name = "Shapes")]
impl Shapes {
    #[command("borrowed", hidden)]
    fn borrowed(&self, _cx: &CommandCx) -> &str {
        &self.greeting
    }

    #[command("lifetimes", hidden)]
    async fn lifetimes<'a>(&'a self, _cx: &'a CommandCx) -> &'a str {
        &self.greeting
    }

    #[command("opaque", hidden)]
    fn opaque(&self, _cx: &CommandCx) -> impl b24_runtime::IntoOutcome + use<> {
        "anything"
    }

    #[command("typed-self", hidden)]
    fn typed_self(self: &Self, _: &CommandCx, mut count: u32) -> Result<Option<String>, std::fmt::Error> {
        count += 1;
        Ok(Some(count.to_string()))
    }

    #[command("names", hidden)]
    async fn names(&self, cx: &CommandCx, bot: u32, args: u32, values: u32, router: u32, r#type: u32, _rest: u32) -> String {
        format!("{}{bot}{args}{values}{router}{type}{_rest}", cx.user().id, type = r#type)
    }

    #[command("many", hidden)]
    async fn many(&self, _cx: &CommandCx, dialog: DialogId, users: Vec<UserId>) -> String {
        format!("{dialog}{}", users.len())
    }

    #[command("2fa", hidden)]
    async fn two_factors(&self, _cx: &CommandCx) {}

    #[command("self", hidden)]
    async fn me(&self, _cx: &CommandCx) {}

    #[b24_runtime::command("qualified", hidden)]
    async fn qualified(&self, _cx: &CommandCx) {}

    fn untouched<T: Display>(value: T) -> String {
        value.to_string()
    }

    const UNTOUCHED: u8 = 1;
}

fn main() {
    let shapes = Arc::new(Shapes { greeting: Shapes::untouched(Shapes::UNTOUCHED) });
    let _ = shapes.greeting.len();
    let _ = cmd::Names { bot: 1, args: 2, values: 3, router: 4, r#type: 5, rest: 6 };
    let _ = (cmd::Command2fa {}, cmd::CommandSelf {}, cmd::TypedSelf { count: 1 });
    let _ = Shapes::router();
}
