//! Reads the signature of a function that the router calls: `&self`, the context, and what follows them.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, GenericParam, PatType, Receiver, ReceiverKind, ReturnType, Safety, Signature, Type};

use crate::argument::{Argument, read_arguments, rest_of};
use crate::ctxt::Ctxt;
use crate::table::Event;

/// A function that the router calls.
pub(crate) struct Function {
    pub(crate) ident: Ident,
    pub(crate) is_async: bool,
    /// Whether it has lifetimes of its own.
    pub(crate) has_lifetimes: bool,
    pub(crate) cfg: Vec<Attribute>,
    /// The type of the context, a reference; absent if it could not be read.
    pub(crate) context: Option<Type>,
    pub(crate) output: ReturnType,
}

impl Function {
    /// The name without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Reads the function of a `#[command]` and its arguments.
    pub(crate) fn read_command(ctxt: &Ctxt, signature: Signature, cfg: Vec<Attribute>) -> (Self, Vec<Argument>) {
        let generics = signature.generics.clone();
        let (function, mut parameters) = Self::read(ctxt, signature, cfg, "CommandCx");
        // Without a context, the first parameter is reported already: as an argument, or as a context by value.
        if function.context.is_none() && parameters.first().is_some_and(|first| Argument::read(first).is_err()) {
            parameters.remove(0);
        }
        let mut arguments = read_arguments(ctxt, &parameters);
        arguments.retain(|argument| !argument.is_generic_over(&generics));
        (function, arguments)
    }

    /// Reads the function of an `#[on]`.
    pub(crate) fn read_handler(ctxt: &Ctxt, signature: Signature, cfg: Vec<Attribute>, event: &Event) -> Self {
        let (function, parameters) = Self::read(ctxt, signature, cfg, event.context);
        // Without a context, the first of them is what stands in its place.
        for parameter in parameters.iter().skip(usize::from(function.context.is_none())) {
            let message = format!("a handler takes `&self` and `&{}`; only a command has arguments", event.context);
            ctxt.error(parameter, message);
        }
        function
    }

    /// Reads what both have: `&self` and the context. Gives the parameters after them.
    fn read(ctxt: &Ctxt, signature: Signature, cfg: Vec<Attribute>, context: &str) -> (Self, Vec<PatType>) {
        refuse_qualifiers(ctxt, &signature);
        let ident = signature.ident;
        let usage = format!("fn {ident}(&self, cx: &{context})");
        let (receiver, mut parameters) = split_receiver(signature.inputs);
        match &receiver {
            Some(receiver) => check_receiver(ctxt, receiver),
            None => ctxt.error(&ident, format!("missing `&self`: `{usage}`")),
        }
        let place = parameters.iter().position(|parameter| may_be_context(&parameter.ty));
        let found = place.map(|place| parameters.remove(place));
        if place != Some(0) {
            match parameters.first() {
                Some(first) => ctxt.error(&first.ty, format!("expected the context `&{context}` first: `{usage}`")),
                None if receiver.is_some() => ctxt.error(&ident, format!("missing the context: `{usage}`")),
                // Said with what is missing before it.
                None => {}
            }
        }
        if let Some(rest) = found.as_ref().and_then(rest_of) {
            ctxt.error(rest, "`#[rest]` goes on the last argument; this is the context");
        }
        let function = Self {
            ident,
            is_async: signature.asyncness.is_some(),
            has_lifetimes: !signature.generics.params.is_empty(),
            cfg,
            context: found.map(|context| *context.ty),
            output: signature.output,
        };
        (function, parameters)
    }
}

fn split_receiver(inputs: impl IntoIterator<Item = FnArg>) -> (Option<Receiver>, Vec<PatType>) {
    let (mut receiver, mut parameters) = (None, Vec::new());
    for input in inputs {
        match input {
            FnArg::Receiver(found) => receiver = Some(found),
            FnArg::Typed(parameter) => parameters.push(parameter),
        }
    }
    (receiver, parameters)
}

/// The router can neither choose type arguments nor call what is unsafe.
fn refuse_qualifiers(ctxt: &Ctxt, signature: &Signature) {
    if let Some(token) = &signature.constness {
        ctxt.error(token, "the router does not call it at compile time; remove `const`");
    }
    if let Safety::Unsafe(token) = &signature.safety {
        ctxt.error(token, "the router calls only safe functions; remove `unsafe`");
    }
    if let Some(abi) = &signature.abi {
        ctxt.error(abi, "the router calls only Rust functions; remove `extern`");
    }
    let generic = signature.generics.params.iter().find(|parameter| !matches!(parameter, GenericParam::Lifetime(_)));
    if let Some(generic) = generic {
        ctxt.error(generic, "the router cannot choose a type here; name the type instead of a generic parameter");
    }
}

fn check_receiver(ctxt: &Ctxt, receiver: &Receiver) {
    let is_shared = match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_none(),
        ReceiverKind::Typed(_, ty) => is_shared_reference(ty),
        _ => false,
    };
    if !is_shared {
        let message = "take `&self`: calls run at the same time and share the bot; keep what changes in a `Mutex`";
        ctxt.error(receiver, message);
    }
}

/// A context is behind a reference. No name is guessed but that of `str`, which is no type of ours.
fn may_be_context(ty: &Type) -> bool {
    matches!(ty, Type::Reference(reference) if reference.mutability.is_none() && !is_str(&reference.elem))
}

fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

fn is_shared_reference(ty: &Type) -> bool {
    matches!(ty, Type::Reference(reference) if reference.mutability.is_none())
}
