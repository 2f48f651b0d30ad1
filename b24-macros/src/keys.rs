//! Fills an attribute from its keys, by a table of what each of them takes.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Error, ExprPath, LitStr, Result};

use crate::ctxt::Ctxt;
use crate::entry::{Entry, Value, each_entry};
use crate::suggest::{closest, unknown};

/// A key of an attribute that fills in a `T`.
pub(crate) struct Key<T: 'static> {
    pub(crate) name: &'static str,
    pub(crate) slot: Slot<T>,
    #[cfg_attr(not(test), expect(dead_code, reason = "only the documentation says it"))]
    pub(crate) meaning: &'static str,
}

/// What a key is followed by, and where that goes.
pub(crate) enum Slot<T: 'static> {
    /// `key = "…"`
    Text(fn(&mut T) -> &mut Option<LitStr>),
    /// `key = Name`
    Choice(&'static [Choice], fn(&mut T) -> &mut Option<Ident>),
    /// `key = Self::function`
    Function(fn(&mut T) -> &mut Option<ExprPath>),
    /// `key = name`
    Module(fn(&mut T) -> &mut Option<Ident>),
    /// `key(en = "…", ru = "…")`
    Texts(fn(&mut T) -> &mut Option<Vec<Translation>>),
    /// `key`
    Flag(fn(&mut T) -> &mut Option<Ident>),
}

/// A name that may be chosen, and the variant of the runtime's enum behind it.
pub(crate) struct Choice {
    pub(crate) name: &'static str,
    pub(crate) variant: &'static str,
}

/// A text in a language.
pub(crate) struct Translation {
    pub(crate) language: Ident,
    pub(crate) text: LitStr,
}

/// Fills `attr` from the keys in `input`, reporting what is wrong with any of them.
pub(crate) fn read_keys<T>(ctxt: &Ctxt, input: ParseStream, table: &[Key<T>], attr: &mut T) {
    each_entry(ctxt, input, |entry| {
        let name = entry.key.unraw().to_string();
        let Some(key) = table.iter().find(|key| key.name == name) else {
            let names: Vec<_> = table.iter().map(|key| key.name).collect();
            return Err(Error::new_spanned(&entry.key, unknown("key", &name, &names)));
        };
        key.fill(ctxt, entry, attr)
    });
}

/// Whether a key of that table comes next.
pub(crate) fn starts_with_key<T>(input: ParseStream, table: &[Key<T>]) -> bool {
    let next = input.fork().call(Ident::parse_any);
    next.is_ok_and(|next| table.iter().any(|key| next == key.name))
}

impl<T> Key<T> {
    fn fill(&self, ctxt: &Ctxt, entry: &Entry, attr: &mut T) -> Result<()> {
        match &self.slot {
            Slot::Text(place) => self.put(entry, place(attr), entry.equals(&self.usage())),
            Slot::Choice(choices, place) => self.put(entry, place(attr), self.choose(choices, entry)),
            Slot::Function(place) => self.put(entry, place(attr), entry.equals(&self.usage())),
            Slot::Module(place) => self.put(entry, place(attr), entry.equals(&self.usage())),
            Slot::Flag(place) => {
                let is_alone = matches!(entry.value, Value::Absent);
                let flag = if is_alone { Ok(entry.key.clone()) } else { Err(entry.error(&self.usage())) };
                self.put(entry, place(attr), flag)
            }
            Slot::Texts(place) => {
                let texts = match &entry.value {
                    Value::Parens(texts) if !texts.is_empty() => Ok(read_texts(ctxt, texts.clone())),
                    _ => Err(entry.error(&self.usage())),
                };
                self.put(entry, place(attr), texts)
            }
        }
    }

    /// The variant that the entry chooses, with the span of its name.
    fn choose(&self, choices: &[Choice], entry: &Entry) -> Result<Ident> {
        let names: Vec<_> = choices.iter().map(|choice| choice.name).collect();
        let meant = closest(&entry.word(), &names).unwrap_or(names[0]);
        let chosen: Ident = entry.equals(&format!("`{0}` takes a bare name: `{0} = {meant}`", self.name))?;
        let choice = choices.iter().find(|choice| chosen == choice.name);
        let choice = choice.ok_or_else(|| entry.error(&unknown(self.name, &chosen.to_string(), &names)))?;
        Ok(Ident::new(choice.variant, chosen.span()))
    }

    fn put<V>(&self, entry: &Entry, place: &mut Option<V>, value: Result<V>) -> Result<()> {
        let repeated = || Error::new_spanned(&entry.key, format!("`{}` is given twice; keep one of them", self.name));
        place.replace(value?).map_or(Ok(()), |_| Err(repeated()))
    }

    fn usage(&self) -> String {
        let takes = match self.slot {
            Slot::Text(_) => "a string",
            Slot::Choice(..) => "a bare name",
            Slot::Function(_) => "the path of a function",
            Slot::Module(_) => "the name of a module",
            Slot::Texts(_) => "a string for each language",
            Slot::Flag(_) => return format!("`{0}` takes no value: write `{0}`, or leave it out for no", self.name),
        };
        format!("`{}` takes {takes}: `{}`", self.name, self.example())
    }

    /// How the key is written.
    pub(crate) fn example(&self) -> String {
        let name = self.name;
        match self.slot {
            Slot::Text(_) => format!("{name} = \"…\""),
            Slot::Choice(choices, _) => format!("{name} = {}", choices[0].name),
            Slot::Function(_) => format!("{name} = Self::function"),
            Slot::Module(_) => format!("{name} = module"),
            Slot::Texts(_) => format!("{name}(en = \"…\", ru = \"…\")"),
            Slot::Flag(_) => name.to_owned(),
        }
    }
}

/// Reads `en = "…", ru = "…"`.
fn read_texts(ctxt: &Ctxt, texts: TokenStream) -> Vec<Translation> {
    let mut given: Vec<Translation> = Vec::new();
    let read = |input: ParseStream| {
        each_entry(ctxt, input, |entry| {
            let language = entry.key.to_string();
            if language.len() != 2 || !language.bytes().all(|letter| letter.is_ascii_lowercase()) {
                let message = format!("`{language}` is no language; write its two letters, such as `en` or `ru`");
                return Err(Error::new_spanned(&entry.key, message));
            }
            if given.iter().any(|other| other.language == entry.key) {
                let message = format!("language `{language}` is given twice; keep one of them");
                return Err(Error::new_spanned(&entry.key, message));
            }
            let text = entry.equals(&format!("expected a string: `{language} = \"…\"`"))?;
            given.push(Translation { language: entry.key.clone(), text });
            Ok(())
        });
        Ok(())
    };
    ctxt.keep(read.parse2(texts));
    given
}
