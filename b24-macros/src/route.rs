//! Makes the calls that add commands and handlers to the router.
//!
//! Every part has the span of what it comes from, so that the compiler's own errors point there too; the names that
//! are ours have the hygiene of a macro, so that they never meet the user's.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Index, ReturnType, Type};

use crate::argument::{Argument, mentions};
use crate::ast::{Command, Handler};
use crate::keys::Translation;
use crate::signature::Function;

impl Command {
    /// The statement that adds the command.
    pub(crate) fn route(&self) -> TokenStream {
        let (cfg, name, attr) = (&self.function.cfg, &self.attr.name, &self.attr);
        let title = self.documented_title().map(|title| quote!(.title("en", #title)));
        let titles = attr.title.iter().flatten().map(|title| title.setter("title"));
        let params = attr.params.iter().flatten().map(|params| params.setter("params"));
        let flags = [&attr.hidden, &attr.common, &attr.extranet].into_iter().flatten();
        let arguments = self.arguments.iter().map(|Argument { name, ty, takes_rest, .. }| {
            if *takes_rest { quote!(.rest_argument::<#ty>(#name)) } else { quote!(.argument::<#ty>(#name)) }
        });
        let handler = self.handler();
        quote_spanned! {ours(self.function.ident.span())=>
            #(#cfg)*
            let router = router.command(
                ::b24_runtime::Command::new(#name) #title #(#titles)* #(#params)* #(.#flags())* #(#arguments)*,
                #handler,
            );
        }
    }

    /// The closure that asks the guard, reads the arguments and calls the function.
    fn handler(&self) -> TokenStream {
        let span = ours(self.function.ident.span());
        let guard = self.attr.guard.as_ref().map(|guard| {
            let asked = quote_spanned!(ours(end_span(guard))=> let allowed: bool = #guard(&bot, &cx););
            quote_spanned! {span=>
                #asked
                if !allowed {
                    return ::b24_runtime::__private::refused();
                }
            }
        });
        let values = (0..self.arguments.len()).map(Index::from).map(|index| quote_spanned!(span=> values.#index));
        let call = self.function.call(&values.collect::<Vec<_>>());
        let read = self.read_arguments(span);
        quote_spanned! {span=>
            |bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::CommandCx| async move {
                #guard
                #read
                #call
            }
        }
    }

    /// The statements that read the arguments into a tuple and leave nothing over.
    fn read_arguments(&self, span: Span) -> TokenStream {
        let read = self.arguments.iter().map(|Argument { name, ty, takes_rest, .. }| {
            if *takes_rest {
                quote_spanned!(span=> args.rest::<#ty>(#name)?)
            } else {
                quote_spanned!(span=> args.take::<#ty>(#name)?)
            }
        });
        match self.arguments.last() {
            None => quote_spanned!(span=> cx.args().finish()?;),
            Some(last) => {
                let finish = (!last.takes_rest).then(|| quote_spanned!(span=> args.finish()?;));
                quote_spanned! {span=>
                    let mut args = cx.args();
                    let values = (#(#read,)*);
                    #finish
                }
            }
        }
    }
}

impl Handler {
    /// The statement that adds the handler.
    pub(crate) fn route(&self) -> TokenStream {
        let cfg = &self.function.cfg;
        let span = ours(self.function.ident.span());
        let route = Ident::new(self.event.route, span);
        let context = Ident::new(self.event.context, span);
        let call = self.function.call(&[]);
        quote_spanned! {span=>
            #(#cfg)*
            let router = router.#route(
                |bot: ::std::sync::Arc<Self>, cx: ::b24_runtime::#context| async move { #call },
            );
        }
    }
}

impl Function {
    /// The call of the function and the conversion of what it returns.
    fn call(&self, values: &[TokenStream]) -> TokenStream {
        let ident = &self.ident;
        let span = ours(ident.span());
        let cx = quote_spanned!(ours(self.context_span())=> &cx);
        let wait = self.is_async.then(|| quote_spanned!(span=> .await));
        let returned = self.returned();
        quote_spanned! {span=>
            <#returned as ::b24_runtime::__private::IntoOutcome>::into_outcome(
                Self::#ident(&bot, #cx #(, #values)*) #wait
            )
        }
    }

    /// Where the context is named, without its `&`.
    fn context_span(&self) -> Span {
        match &self.context {
            Some(Type::Reference(context)) => end_span(&context.elem),
            _ => self.ident.span(),
        }
    }

    fn is_nameable(&self, ty: &Type) -> bool {
        !self.has_lifetimes && !mentions(ty.to_token_stream(), &|word| word == "impl")
    }

    /// The type that the function returns; inferred where it cannot be named from outside.
    fn returned(&self) -> TokenStream {
        match &self.output {
            ReturnType::Default => quote_spanned!(ours(self.ident.span())=> ()),
            ReturnType::Type(_, ty) if self.is_nameable(ty) => ty.to_token_stream(),
            ReturnType::Type(_, ty) => quote_spanned!(ours(end_span(ty))=> _),
        }
    }
}

impl Translation {
    fn setter(&self, name: &str) -> TokenStream {
        let (name, language, text) = (Ident::new(name, Span::call_site()), self.language.to_string(), &self.text);
        quote!(.#name(#language, #text))
    }
}

/// A token's place, for code in which names are ours.
pub(crate) fn ours(place: Span) -> Span {
    Span::mixed_site().located_at(place)
}

/// The place of the last word of a path or a type, which says most: `is_agent` of `Self::is_agent`.
fn end_span(tokens: impl ToTokens) -> Span {
    let words = tokens.into_token_stream().into_iter().filter(|token| matches!(token, TokenTree::Ident(_)));
    words.last().map_or_else(Span::call_site, |word| word.span())
}
