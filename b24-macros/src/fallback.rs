//! What a block with mistakes becomes: errors, and an `impl Bot` so that the code around the bot gets none of its own.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, parse_quote};

use crate::ast::Bot;
use crate::marker::strip_function;

/// The errors and an `impl Bot` that exists only to be named.
pub(crate) fn implementation(bot: &Bot, error: Error) -> TokenStream {
    let Bot { cfg, ty, .. } = bot;
    let errors = error.into_compile_error();
    let mut generics = bot.generics.clone();
    if !generics.params.is_empty() {
        generics
            .make_where_clause()
            .predicates
            .push(parse_quote!(#ty: ::core::marker::Send + ::core::marker::Sync + 'static));
    }
    let (parameters, _, bounds) = generics.split_for_impl();
    quote! {
        #errors

        #(#cfg)*
        #[automatically_derived]
        impl #parameters ::b24_runtime::Bot for #ty #bounds {
            fn router() -> ::b24_runtime::Router<Self> {
                ::core::unreachable!()
            }
        }
    }
}

/// A function whose `#[command]` or `#[on]` no `#[bot]` has read.
pub(crate) fn misplaced(name: &str, item: TokenStream) -> TokenStream {
    let message =
        format!("`#[{name}]` works inside a `#[bot(…)]` block: put `#[bot(…)]` on the `impl` around this function");
    let error = Error::new(Span::call_site(), message).into_compile_error();
    let item = strip_function(item);
    quote!(#item #error)
}
