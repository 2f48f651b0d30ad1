//! Reads the attributes `#[bot]`, `#[command]` and `#[on]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, LitStr, Meta, Result, Token};

use crate::ctxt::Ctxt;
use crate::entry::{at_comma, skip_entry};
use crate::keys::{read_keys, starts_with_key};
use crate::suggest::unknown;
use crate::table::{BOT, BotAttr, COMMAND, CommandAttr, EVENTS, Event};

/// Reads what is in the parentheses of `#[bot(…)]`.
pub(crate) fn read_bot(ctxt: &Ctxt, tokens: TokenStream) -> BotAttr {
    let mut attr = BotAttr::default();
    read(ctxt, tokens, |input| read_keys(ctxt, input, BOT, &mut attr));
    attr
}

/// Reads a `#[command("…", …)]`; `usage` shows how it is written.
pub(crate) fn read_command(ctxt: &Ctxt, attribute: &Attribute, usage: &str) -> CommandAttr {
    let mut attr = CommandAttr::default();
    if let Some(tokens) = ctxt.keep(arguments(attribute, "the name of the command", usage)) {
        read(ctxt, tokens, |input| {
            attr.name = ctxt.keep(read_name(input, usage));
            read_keys(ctxt, input, COMMAND, &mut attr);
        });
    }
    attr
}

/// Reads the one event of an `#[on(…)]`, and where it is named.
pub(crate) fn read_event(attribute: &Attribute) -> Result<(&'static Event, Ident)> {
    let names: Vec<_> = EVENTS.iter().map(|event| event.name).collect();
    let usage = format!("#[on({})]", names[0]);
    let tokens = arguments(attribute, "the event", &usage)?;
    let read = |input: ParseStream| {
        let missing = |error: Error| Error::new(error.span(), format!("expected the bare name of an event: `{usage}`"));
        let ident: Ident = input.parse().map_err(missing)?;
        let Some(event) = EVENTS.iter().find(|event| ident == event.name) else {
            return Err(Error::new_spanned(&ident, unknown("event", &ident.to_string(), &names)));
        };
        input.parse::<Option<Token![,]>>()?;
        if input.is_empty() {
            Ok((event, ident))
        } else {
            Err(input.error("`#[on]` takes one event; handle another in a function of its own"))
        }
    };
    read.parse2(tokens)
}

/// Reads the name of a command and the comma after it.
fn read_name(input: ParseStream, usage: &str) -> Result<LitStr> {
    let name: Result<LitStr> = input.parse();
    if name.is_err() && starts_with_key(input, COMMAND) {
        return Err(input.error(format!("expected the name of the command first: `{usage}`")));
    }
    let end = at_comma(input);
    skip_entry(input);
    match name {
        Ok(name) => end.map(|()| name),
        Err(error) => Err(Error::new(error.span(), format!("expected the name of the command as a string: `{usage}`"))),
    }
}

/// The tokens in an attribute's parentheses, which must be there; `first` is what they start with.
fn arguments(attribute: &Attribute, first: &str, usage: &str) -> Result<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => Ok(list.tokens.clone()),
        Meta::NameValue(pair) => Err(Error::new_spanned(pair, format!("expected {first} in parentheses: `{usage}`"))),
        meta => Err(Error::new_spanned(meta, format!("missing {first}: `{usage}`"))),
    }
}

/// Runs a reader that reports its own mistakes.
fn read(ctxt: &Ctxt, tokens: TokenStream, mut read: impl FnMut(ParseStream)) {
    let read = |input: ParseStream| {
        read(input);
        Ok(())
    };
    ctxt.keep(read.parse2(tokens));
}
