//! The attributes inside a `#[bot]` block: which are ours, and how they come off.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
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

impl Marker {
    /// The marker of that path, bare or by way of our crates.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let (first, last) = (&path.segments.first()?.ident, &path.segments.last()?.ident);
        let is_ours = path.segments.len() == 1 || first == "b24_runtime" || first == "b24_macros";
        match last.to_string().as_str() {
            "command" if is_ours => Some(Self::Command),
            "on" if is_ours => Some(Self::On),
            "rest" if is_ours => Some(Self::Rest),
            _ => None,
        }
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
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' && tokens.peek().is_some_and(is_marker) => {
                tokens.next();
            }
            TokenTree::Group(group) => kept.push(
                inside(&group)
                    .map_or_else(
                        || group.clone(),
                        |content| {
                            let mut stripped = Group::new(group.delimiter(), content);
                            stripped.set_span(group.span());
                            stripped
                        },
                    )
                    .into(),
            ),
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

fn is_marker(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let path = |input: ParseStream| {
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<TokenStream>()?;
        Ok(path)
    };
    group.delimiter() == Delimiter::Bracket && path.parse2(group.stream()).is_ok_and(|path| Marker::of(&path).is_some())
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
                #[must_use]
                fn echo(&self, cx: &CommandCx, text: String, #[other] more: String) -> String { text }
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
