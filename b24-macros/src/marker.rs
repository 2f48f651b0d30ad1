//! The attributes inside a `#[bot]` block: which are ours, and how they come off.

use std::fmt::{self, Display, Formatter};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Path;
use syn::parse::{ParseStream, Parser};

/// An attribute that `#[bot]` reads and removes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `#[command]`, on a function.
    Command,
    /// `#[on]`, on a function.
    On,
    /// `#[rest]`, on a parameter.
    Rest,
}

impl Display for Marker {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Command => "command",
            Self::On => "on",
            Self::Rest => "rest",
        })
    }
}

impl Marker {
    /// The marker of that path, bare or by way of our crates.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let (first, last) = (&path.segments.first()?.ident, &path.segments.last()?.ident);
        let is_ours = path.segments.len() == 1 || first == "b24_runtime" || first == "b24_macros";
        [Self::Command, Self::On, Self::Rest].into_iter().find(|marker| is_ours && last == &marker.to_string())
    }
}

/// An `impl` block without our attributes. The bodies of its functions stay as they are, even where they do not parse.
pub(crate) fn strip_block(item: TokenStream) -> TokenStream {
    strip(item, |group| (group.delimiter() == Delimiter::Brace).then(|| strip_function(group.stream())))
}

/// A function without our attributes, those on its parameters included.
pub(crate) fn strip_function(item: TokenStream) -> TokenStream {
    strip(item, |group| (group.delimiter() == Delimiter::Parenthesis).then(|| strip(group.stream(), |_| None)))
}

/// Drops the attributes at this level; `inside` gives a group's new content if it is to be stripped too.
fn strip(tokens: TokenStream, inside: fn(&Group) -> Option<TokenStream>) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek().and_then(marker)) {
            (TokenTree::Punct(hash), Some(marker)) if hash.as_char() == '#' => {
                tokens.next();
                kept.extend(marker.replacement());
            }
            (TokenTree::Group(group), _) => kept.extend(inside(&group).map_or_else(
                || group.to_token_stream(),
                |content| {
                    let mut stripped = Group::new(group.delimiter(), content);
                    stripped.set_span(group.span());
                    stripped.to_token_stream()
                },
            )),
            (other, _) => kept.extend([other]),
        }
    }
    kept
}

impl Marker {
    /// What stands for the marker. The shape of a function is our wish, so its author need not hear what clippy thinks.
    fn replacement(self) -> Option<TokenStream> {
        let is_shape_ours = matches!(self, Self::Command | Self::On);
        is_shape_ours
            .then(|| quote!(#[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]))
    }
}

/// The marker that these brackets hold.
fn marker(brackets: &TokenTree) -> Option<Marker> {
    let TokenTree::Group(group) = brackets else { return None };
    let path = |input: ParseStream| {
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<TokenStream>()?;
        Ok(path)
    };
    let path = path.parse2(group.stream()).ok().filter(|_| group.delimiter() == Delimiter::Bracket)?;
    Marker::of(&path)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{strip_block, strip_function};

    #[test]
    fn only_our_attributes_come_off() {
        let block = strip_block(quote! {
            #[allow(unused)]
            impl Helpdesk {
                #![doc = "kept"]
                #[command("echo")]
                #[must_use]
                fn echo(&self, cx: &CommandCx, #[rest] text: String, #[other] more: String) -> String { text }
                #[b24_runtime::on(message)]
                fn hear(&self, cx: &MessageCx) {}
                #[clap::command]
                const KEPT: u8 = 1;
            }
        });
        let expected = quote! {
            #[allow(unused)]
            impl Helpdesk {
                #![doc = "kept"]
                #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
                #[must_use]
                fn echo(&self, cx: &CommandCx, text: String, #[other] more: String) -> String { text }
                #[allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unused_self)]
                fn hear(&self, cx: &MessageCx) {}
                #[clap::command]
                const KEPT: u8 = 1;
            }
        };
        assert_eq!(block.to_string(), expected.to_string());
    }

    #[test]
    fn an_unfinished_body_stays_as_it_is() {
        let function = quote!(fn echo(&self, cx: &CommandCx) { self. let #[rest] });
        assert_eq!(strip_function(function.clone()).to_string(), function.to_string());
    }
}
