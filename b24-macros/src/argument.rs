//! Reads the typed arguments of a command.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Error, Generics, Meta, Pat, PatType, Result, Type};

use crate::ctxt::Ctxt;
use crate::marker::Marker;

/// An argument of a command.
pub(crate) struct Argument {
    /// As users see it.
    pub(crate) name: String,
    /// As the field of the command's type is called.
    pub(crate) field: Ident,
    pub(crate) ty: Type,
    /// Whether it takes all that is left of the line.
    pub(crate) takes_rest: bool,
}

/// Reads what follows the context; what cannot be an argument is reported and left out.
pub(crate) fn read_arguments(ctxt: &Ctxt, parameters: &[PatType]) -> Vec<Argument> {
    check_rest(ctxt, parameters);
    parameters.iter().filter_map(|parameter| ctxt.keep(Argument::read(parameter))).collect()
}

impl Argument {
    /// Reads one argument.
    pub(crate) fn read(parameter: &PatType) -> Result<Self> {
        let ident = name(&parameter.pat)?;
        let ty = (*parameter.ty).clone();
        if let Type::ImplTrait(opaque) = &ty {
            return Err(Error::new_spanned(opaque, "name the type of the argument instead of `impl`"));
        }
        if matches!(ty, Type::Reference(_)) || has_lifetime(ty.to_token_stream()) {
            let message = "an argument owns its value: take `String` instead of `&str`, or a type without lifetimes";
            return Err(Error::new_spanned(ty, message));
        }
        let written = ident.unraw().to_string();
        let name = written.trim_start_matches('_').to_owned();
        let field = syn::parse_str(&name).map_or_else(|_| ident.clone(), |_: Ident| Ident::new(&name, ident.span()));
        Ok(Self { name, field, ty, takes_rest: rest_of(parameter).is_some() })
    }

    /// Whether the type is made from one of those type parameters, so that it means nothing elsewhere.
    pub(crate) fn is_generic_over(&self, generics: &Generics) -> bool {
        mentions(self.ty.to_token_stream(), &|name| generics.type_params().any(|parameter| parameter.ident == *name))
    }
}

/// Whether a type has such a word anywhere.
pub(crate) fn mentions(ty: TokenStream, is_meant: &dyn Fn(&Ident) -> bool) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), is_meant),
        TokenTree::Ident(ident) => is_meant(&ident),
        _ => false,
    })
}

/// The name of a parameter that is no pattern.
fn name(pattern: &Pat) -> Result<&Ident> {
    match pattern {
        Pat::Ident(named) if named.by_ref.is_none() && named.subpat.is_none() => {
            let has_letters = named.ident.to_string().chars().any(|letter| letter != '_');
            has_letters.then_some(&named.ident)
        }
        _ => None,
    }
    .ok_or_else(|| Error::new_spanned(pattern, "give the argument a name: users see it, and buttons set it by name"))
}

/// At most one argument takes the rest, and it is the last.
fn check_rest(ctxt: &Ctxt, parameters: &[PatType]) {
    let Some((last, others)) = parameters.split_last() else { return };
    let taken = rest_of(last);
    for rest in others.iter().filter_map(rest_of) {
        ctxt.error(
            rest,
            match taken {
                Some(_) => "only one argument can take the rest of the line; remove this `#[rest]`",
                None => "`#[rest]` takes all that is left of the line; move this argument to the end",
            },
        );
    }
    if let Some(rest) = taken.filter(|rest| !matches!(rest.meta, Meta::Path(_))) {
        ctxt.error(rest, "`#[rest]` takes nothing: write `#[rest]`");
    }
}

/// The `#[rest]` of a parameter.
pub(crate) fn rest_of(parameter: &PatType) -> Option<&Attribute> {
    parameter.attrs.iter().find(|attribute| Marker::of(attribute.path()) == Some(Marker::Rest))
}

/// Whether a lifetime other than `'static` is written anywhere in the type.
fn has_lifetime(ty: TokenStream) -> bool {
    let mut tokens = ty.into_iter();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Group(group) => has_lifetime(group.stream()),
            TokenTree::Punct(tick) if tick.as_char() == '\'' => {
                tokens.next().is_some_and(|name| name.to_string() != "static")
            }
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}
