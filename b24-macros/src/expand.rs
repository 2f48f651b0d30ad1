//! Makes what stands for a `#[bot]` block: the block itself, the `impl Bot`, the types of the commands.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::ast::{Bot, Command, Handler};
use crate::ctxt::Ctxt;
use crate::marker::strip_block;
use crate::route::ours;
use crate::{calls, fallback, profile};

/// Expands `#[bot]`. The block comes first and as it was written, also where there are mistakes.
pub(crate) fn bot(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let block = strip_block(item.clone());
    let ctxt = Ctxt::default();
    let bot = ctxt.keep(Bot::read(&ctxt, arguments, item));
    if let Some(bot) = &bot {
        bot.validate(&ctxt);
    }
    let made = match (bot, ctxt.check()) {
        (Some(bot), Ok(())) => [implementation(&bot), calls::module(&bot)],
        (Some(bot), Err(error)) => [fallback::implementation(&bot, error), calls::module(&bot)],
        (None, checked) => [checked.err().map(syn::Error::into_compile_error).unwrap_or_default(), TokenStream::new()],
    };
    quote!(#block #(#made)*)
}

fn implementation(bot: &Bot) -> TokenStream {
    let Bot { cfg, ty, attr, commands, handlers, .. } = bot;
    let profile = profile::expression(attr);
    let routes = commands.iter().map(Command::route).chain(handlers.iter().map(Handler::route));
    quote_spanned! {ours(Span::call_site())=>
        #(#cfg)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::b24_runtime::Bot for #ty {
            fn router() -> ::b24_runtime::Router<Self> {
                let router = ::b24_runtime::Router::new(#profile);
                #(#routes)*
                router
            }
        }
    }
}
