//! Reads what stands between the commas of an attribute, and goes on after a mistake.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Result, Token, token};

use crate::ctxt::Ctxt;

/// A key and what follows it.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What follows a key.
pub(crate) enum Value {
    Absent,
    Equals(TokenStream),
    Parens(TokenStream),
}

impl Parse for Entry {
    fn parse(input: ParseStream) -> Result<Self> {
        let key = Ident::parse_any(input)
            .map_err(|error| Error::new(error.span(), "expected a key before the value: `key = …`"))?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Equals(until_comma(input))
        } else if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            Value::Parens(content.parse()?)
        } else {
            Value::Absent
        };
        Ok(Self { key, value })
    }
}

impl Entry {
    /// The value after `=`, if it is what the key takes; else the error with that message.
    pub(crate) fn equals<V: Parse>(&self, message: &str) -> Result<V> {
        let Value::Equals(tokens) = &self.value else { return Err(self.error(message)) };
        let read = |input: ParseStream| {
            let value = input.parse().map_err(|_| self.error(message))?;
            if input.peek(Ident::peek_any) {
                return Err(input.error("expected `,` before the next key"));
            }
            if input.is_empty() { Ok(value) } else { Err(self.error(message)) }
        };
        read.parse2(tokens.clone())
    }

    /// The value as it is written, without quotes and without the path before the last name.
    pub(crate) fn word(&self) -> String {
        let written = match &self.value {
            Value::Equals(tokens) => tokens.to_string(),
            _ => String::new(),
        };
        written.rsplit("::").next().unwrap_or_default().trim_matches(['"', ' ']).to_owned()
    }

    /// The error at the value, or at the key where the value is missing.
    pub(crate) fn error(&self, message: &str) -> Error {
        match &self.value {
            Value::Equals(tokens) | Value::Parens(tokens) if !tokens.is_empty() => Error::new_spanned(tokens, message),
            _ => Error::new_spanned(&self.key, message),
        }
    }
}

/// Reads entries parted by commas; a broken one is reported and skipped.
pub(crate) fn each_entry(ctxt: &Ctxt, input: ParseStream, mut read: impl FnMut(&Entry) -> Result<()>) {
    while !input.is_empty() {
        ctxt.keep(input.parse().and_then(|entry| read(&entry)).and_then(|()| at_comma(input)));
        skip_entry(input);
    }
}

/// Checks that an entry ends here.
pub(crate) fn at_comma(input: ParseStream) -> Result<()> {
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error("expected `,`")) }
}

/// Moves behind the next comma.
pub(crate) fn skip_entry(input: ParseStream) {
    until_comma(input);
    // At the end there is none.
    let _ = input.parse::<Token![,]>();
}

fn until_comma(input: ParseStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}
