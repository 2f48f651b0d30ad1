//! Makes the types of the commands, so that a button names a command and its arguments as Rust does.

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::LitStr;

use crate::argument::{Argument, mentions};
use crate::ast::{Bot, Command};

/// The module with a type for every command; nothing for a bot without commands.
pub(crate) fn module(bot: &Bot) -> TokenStream {
    let commands = distinct(&bot.commands);
    if commands.is_empty() {
        return TokenStream::new();
    }
    let module = bot.attr.commands.clone().unwrap_or_else(|| Ident::new("cmd", Span::call_site()));
    let names: Vec<_> = commands.iter().map(|command| command.type_name().to_string()).collect();
    let calls: Vec<_> = commands.iter().map(|command| Call::new(command, &module, &names)).collect();
    let aliases = calls.iter().map(Call::aliases);
    let types = calls.iter().map(Call::definition);
    let cfg = &bot.cfg;
    let doc = format!("The commands of `{}`, for buttons that call them.", bot.ty.to_token_stream());
    quote! {
        #(#aliases)*
        #(#cfg)*
        #[doc = #doc]
        #[allow(dead_code, missing_debug_implementations, private_interfaces, unreachable_pub, unused_imports)]
        pub mod #module {
            use super::*;
            #(#types)*
        }
    }
}

impl Command {
    /// The name of the command's type: `EchoList` for `echoList`. It leads an editor to the attribute.
    pub(crate) fn type_name(&self) -> Ident {
        let name = self.attr.name.as_ref().map(|name| name.value().to_upper_camel_case()).unwrap_or_default();
        let name = if name.is_empty() { self.function.name().to_upper_camel_case() } else { name };
        let mut ident: Ident = syn::parse_str(&name).unwrap_or_else(|_| format_ident!("Command{name}"));
        ident.set_span(self.attr.name.as_ref().map_or_else(|| self.function.ident.span(), LitStr::span));
        ident
    }
}

/// The commands without those whose type has the name of an earlier one, which is reported elsewhere.
fn distinct(commands: &[Command]) -> Vec<&Command> {
    let mut kept: Vec<&Command> = Vec::new();
    for command in commands {
        if !kept.iter().any(|other| other.type_name() == command.type_name()) {
            kept.push(command);
        }
    }
    kept
}

/// A command and the types of its arguments as the module names them.
struct Call<'a> {
    command: &'a Command,
    name: Ident,
    fields: Vec<Field<'a>>,
}

struct Field<'a> {
    argument: &'a Argument,
    /// Stands for the argument's type where that would be another one inside the module.
    alias: Option<Ident>,
}

impl<'a> Call<'a> {
    fn new(command: &'a Command, module: &Ident, names: &[String]) -> Self {
        let name = command.type_name();
        let field = |argument: &'a Argument| {
            let is_other_inside = mentions(argument.ty.to_token_stream(), &|word| {
                word == "self" || word == "super" || names.iter().any(|name| word == name)
            });
            let alias = is_other_inside.then(|| format_ident!("__{module}_{name}_{}", argument.name));
            Field { argument, alias }
        };
        let fields = command.arguments.iter().map(field).collect();
        Self { command, name, fields }
    }

    fn aliases(&self) -> TokenStream {
        let cfg = &self.command.function.cfg;
        let aliases = self.fields.iter().filter_map(|field| {
            let (alias, ty) = (field.alias.as_ref()?, &field.argument.ty);
            Some(quote! {
                #(#cfg)*
                #[doc(hidden)]
                #[allow(dead_code, non_camel_case_types)]
                type #alias = #ty;
            })
        });
        quote!(#(#aliases)*)
    }

    fn definition(&self) -> TokenStream {
        let Self { command, name, fields } = self;
        let cfg = &command.function.cfg;
        let called = command.attr.name.as_ref().map(LitStr::value).unwrap_or_default();
        let doc = match command.doc.clone().or_else(|| command.written_title()) {
            Some(title) => format!("`/{called}`: {title}"),
            None => format!("`/{called}`"),
        };
        let members = fields.iter().map(|field| {
            let (ident, ty) = (&field.argument.field, field.ty());
            let doc = format!("The argument `{}`.", field.argument.name);
            quote!(#[doc = #doc] pub #ident: #ty)
        });
        // With a lifetime, the bound may be false: it is asked for where the command is put on a button.
        let bounds = fields.iter().map(|field| {
            let (ty, writes) = (field.ty(), field.writes());
            quote!(for<'__on_use> #ty: #writes)
        });
        let pushes = fields.iter().map(|field| {
            let ident = &field.argument.field;
            if field.argument.takes_rest {
                quote!(line.push_rest(&self.#ident);)
            } else {
                quote!(line.push(&self.#ident);)
            }
        });
        let line = if fields.is_empty() {
            quote!(::std::string::String::new())
        } else {
            quote! {
                let mut line = ::b24_runtime::__private::ArgumentLine::new();
                #(#pushes)*
                line.finish()
            }
        };
        quote! {
            #(#cfg)*
            #[doc = #doc]
            pub struct #name {
                #(#members,)*
            }

            #(#cfg)*
            #[automatically_derived]
            impl ::b24_runtime::CommandCall for #name
            where
                #(#bounds,)*
            {
                const NAME: &'static str = #called;

                fn arguments(&self) -> ::std::string::String {
                    #line
                }
            }
        }
    }
}

impl Field<'_> {
    fn ty(&self) -> TokenStream {
        match &self.alias {
            Some(alias) => quote!(super::#alias),
            None => self.argument.ty.to_token_stream(),
        }
    }

    /// The trait that writes the argument.
    fn writes(&self) -> TokenStream {
        if self.argument.takes_rest {
            quote!(::b24_runtime::__private::RestText)
        } else {
            quote!(::b24_runtime::__private::ToArg)
        }
    }
}
