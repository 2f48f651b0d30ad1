//! Takes an `impl` block apart. Function bodies are skipped, so an unfinished one does no harm.

use proc_macro2::TokenTree;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Generics, ImplItem, Result, Signature, Token, Type, Visibility, token};

/// An inherent `impl` block.
pub(crate) struct Block {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) generics: Generics,
    pub(crate) ty: Type,
    pub(crate) items: Vec<Item>,
}

/// An item of a block; only functions have a signature.
pub(crate) struct Item {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Option<Signature>,
}

impl Parse for Block {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        if !input.peek(Token![impl]) {
            return Err(input.error("`#[bot]` goes on the `impl` block of a bot: `#[bot(…)] impl MyBot { … }`"));
        }
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = input.parse()?;
        let ty: Type = input.parse()?;
        if input.peek(Token![for]) {
            let message = "`#[bot]` goes on the bot's own `impl` block, without a trait: `#[bot(…)] impl MyBot { … }`";
            return Err(Error::new_spanned(ty, message));
        }
        generics.where_clause = input.parse()?;

        let content;
        syn::braced!(content in input);
        content.call(Attribute::parse_inner)?;
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self { attributes, generics, ty, items })
    }
}

impl Parse for Item {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        ahead.parse::<Visibility>()?;
        match ahead.parse() {
            Ok(signature) if ahead.peek(token::Brace) => {
                ahead.parse::<TokenTree>()?;
                input.advance_to(&ahead);
                Ok(Self { attributes, signature: Some(signature) })
            }
            _ => {
                input.parse::<ImplItem>()?;
                Ok(Self { attributes, signature: None })
            }
        }
    }
}
