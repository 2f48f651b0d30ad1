//! The attributes of `b24_runtime`: functions become the commands and handlers of a Bitrix24 chatbot.
//!
//! Depend on `b24_runtime`, which exports them; this crate is a part of it.

// A `#[bot]` block goes through the modules in this order: `block` takes it apart, `ast` says what it means (with
// `attr`, `keys` and `entry` for attributes by the tables of `table`, `signature` and `argument` for functions), `valid`
// checks the whole, `expand` makes the code (with `profile`, `route` and `calls`). Mistakes gather in `ctxt`; where there
// are any, `fallback` stands in for the registration.

mod argument;
mod ast;
mod attr;
mod block;
mod calls;
mod ctxt;
mod entry;
mod expand;
mod fallback;
mod keys;
mod marker;
mod profile;
mod route;
mod signature;
mod suggest;
mod table;
mod valid;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[doc = include_str!("docs/bot.md")]
#[proc_macro_attribute]
pub fn bot(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::bot(arguments.into(), item.into()).into()
}

#[doc = include_str!("docs/command.md")]
#[proc_macro_attribute]
pub fn command(_: TokenStream, item: TokenStream) -> TokenStream {
    fallback::misplaced("command", item.into()).into()
}

#[doc = include_str!("docs/on.md")]
#[proc_macro_attribute]
pub fn on(_: TokenStream, item: TokenStream) -> TokenStream {
    fallback::misplaced("on", item.into()).into()
}
