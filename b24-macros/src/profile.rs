//! Makes the bot's profile from `#[bot(…)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::table::BotAttr;

/// The expression that makes the `Profile`.
pub(crate) fn expression(attr: &BotAttr) -> TokenStream {
    let code = &attr.code;
    let name = attr.name.as_ref().map_or_else(|| quote!(""), |name| quote!(#name));
    let setters = [
        text("last_name", attr.last_name.as_ref()),
        choice("color", "Color", attr.color.as_ref()),
        text("position", attr.position.as_ref()),
        choice("kind", "BotType", attr.kind.as_ref()),
        text("email", attr.email.as_ref()),
        text("website", attr.website.as_ref()),
        choice("gender", "Gender", attr.gender.as_ref()),
        text("birthday", attr.birthday.as_ref()),
        attr.avatar.as_ref().map(avatar),
        choice("background", "V2Background", attr.background.as_ref()),
    ];
    let setters = setters.iter().flatten();
    quote!(::b24_runtime::Profile::new(#code, #name) #(#setters)*)
}

fn text(setter: &str, value: Option<&LitStr>) -> Option<TokenStream> {
    let setter = Ident::new(setter, Span::call_site());
    value.map(|value| quote!(.#setter(#value)))
}

fn choice(setter: &str, ty: &str, variant: Option<&Ident>) -> Option<TokenStream> {
    let (setter, ty) = (Ident::new(setter, Span::call_site()), Ident::new(ty, Span::call_site()));
    variant.map(|variant| quote!(.#setter(::b24_runtime::types::#ty::#variant)))
}

/// The bytes of the image, found from the crate's root wherever the source file is.
fn avatar(path: &LitStr) -> TokenStream {
    let file = quote_spanned! {path.span()=>
        ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path))
    };
    quote!(.avatar(#file))
}
