//! What a `#[bot]` block says, read leniently: a mistake is reported and what could be read goes on.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Generics, Lit, Meta, Result, Type};

use crate::argument::Argument;
use crate::attr::{read_bot, read_command, read_event};
use crate::block::{Block, Item};
use crate::ctxt::Ctxt;
use crate::marker::Marker;
use crate::signature::Function;
use crate::table::{BotAttr, CommandAttr, Event};

/// A whole block.
pub(crate) struct Bot {
    pub(crate) attr: BotAttr,
    /// Whether the attribute has no mistake. If it has, what seems to be missing may be there misspelt.
    pub(crate) is_sound: bool,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) generics: Generics,
    pub(crate) ty: Type,
    pub(crate) commands: Vec<Command>,
    pub(crate) handlers: Vec<Handler>,
}

/// A function with `#[command]`.
pub(crate) struct Command {
    pub(crate) attr: CommandAttr,
    /// As in [`Bot::is_sound`].
    pub(crate) is_sound: bool,
    /// The first paragraph of the doc comment.
    pub(crate) doc: Option<String>,
    pub(crate) function: Function,
    pub(crate) arguments: Vec<Argument>,
}

/// A function with `#[on]`.
pub(crate) struct Handler {
    pub(crate) event: &'static Event,
    /// Where the attribute names the event.
    pub(crate) named: Ident,
    pub(crate) function: Function,
}

impl Bot {
    /// Reads the block.
    ///
    /// # Errors
    ///
    /// Only if there is no inherent `impl` block to read.
    pub(crate) fn read(ctxt: &Ctxt, arguments: TokenStream, item: TokenStream) -> Result<Self> {
        let block: Block = syn::parse2(item)?;
        let (attr, is_sound) = ctxt.watch(|| read_bot(ctxt, arguments));
        let mut bot = Self {
            attr,
            is_sound,
            cfg: cfg_of(&block.attributes),
            generics: block.generics,
            ty: block.ty,
            commands: Vec::new(),
            handlers: Vec::new(),
        };
        for item in block.items {
            bot.read_item(ctxt, item);
        }
        Ok(bot)
    }

    fn read_item(&mut self, ctxt: &Ctxt, item: Item) {
        let mut markers =
            item.attributes.iter().filter_map(|attribute| Some((Marker::of(attribute.path())?, attribute)));
        let Some((marker, attribute)) = markers.next() else { return };
        for (_, other) in markers {
            ctxt.error(other, format!("this already has `#[{marker}]`; move one of them to a function of its own"));
        }
        let Some(signature) = item.signature else {
            return ctxt.error(attribute, format!("`#[{marker}]` goes on a function"));
        };
        let cfg = cfg_of(&item.attributes);
        match marker {
            Marker::Command => {
                let usage = format!("#[command(\"{}\")]", signature.ident.unraw());
                let (attr, is_sound) = ctxt.watch(|| read_command(ctxt, attribute, &usage));
                let (function, mut arguments) = Function::read_command(ctxt, signature, cfg);
                arguments.retain(|argument| !argument.is_generic_over(&self.generics));
                let doc = first_paragraph(&item.attributes);
                self.commands.push(Command { attr, is_sound, doc, function, arguments });
            }
            Marker::On => {
                if let Some((event, named)) = ctxt.keep(read_event(attribute)) {
                    let function = Function::read_handler(ctxt, signature, cfg, event);
                    self.handlers.push(Handler { event, named, function });
                }
            }
            Marker::Rest => ctxt.error(attribute, "`#[rest]` goes on the last argument of a command"),
        }
    }
}

impl Command {
    /// The doc comment as the English title, unless the attribute has one.
    pub(crate) fn documented_title(&self) -> Option<&str> {
        self.doc.as_deref().filter(|_| self.written_title().is_none())
    }

    /// The English title of the attribute.
    pub(crate) fn written_title(&self) -> Option<String> {
        self.attr.title.iter().flatten().find(|title| title.language == "en").map(|title| title.text.value())
    }
}

/// The conditions under which the code exists; what is made from it shares them.
fn cfg_of(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// The first paragraph of a doc comment on one line, without its full stop.
fn first_paragraph(attributes: &[Attribute]) -> Option<String> {
    let text = attributes.iter().filter_map(doc_text).collect::<Vec<_>>().join("\n");
    let lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let paragraph = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let title = paragraph.strip_suffix('.').unwrap_or(&paragraph);
    (!title.is_empty()).then(|| title.to_owned())
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
