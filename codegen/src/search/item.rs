//! What can be found, and the text that it can be found by.

use std::collections::BTreeMap;

use b24_spec::{Field, MethodError, Spec, Status, TypeDef, TypeKind};

use crate::entry::Entry;

/// A method, an event, a type or an error code.
pub(crate) struct Item<'a> {
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    pub(crate) aliases: &'a [String],
    pub(crate) status: Status,
    pub(crate) summary: String,
    /// Parameters and members as paths, words of enums.
    pub(crate) fields: Vec<String>,
    /// Error codes.
    pub(crate) codes: Vec<String>,
    /// Everything else that is said, a sentence each.
    pub(crate) prose: Vec<String>,
}

impl<'a> Item<'a> {
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.name).chain(self.aliases.iter().map(String::as_str))
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = &String> {
        self.fields.iter().chain(&self.codes)
    }

    fn field(&mut self, path: &str, field: &Field) {
        let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        self.says(&path, &field.doc);
        self.fields.extend(field.aliases.iter().cloned());
        self.members_of(&path, field);
        self.fields.push(path);
    }

    fn members_of(&mut self, path: &str, field: &Field) {
        field.fields.iter().for_each(|inner| self.field(path, inner));
    }

    fn error(&mut self, error: &MethodError) {
        self.codes.push(error.code.clone());
        self.codes.extend(error.aliases.iter().cloned());
        self.says(&error.code, &error.meaning);
    }

    fn says(&mut self, place: &str, text: &str) {
        if !text.is_empty() {
            self.prose.push(format!("{place}: {text}"));
        }
    }
}

/// All items: methods, events, types, then error codes.
pub(crate) fn items(spec: &Spec) -> Vec<Item<'_>> {
    Entry::all(spec).map(of_entry).chain(codes(spec)).collect()
}

fn of_entry(entry: Entry<'_>) -> Item<'_> {
    let mut item = Item {
        kind: entry.kind(),
        name: entry.name(),
        aliases: entry.aliases(),
        status: entry.status().clone(),
        summary: entry.summary().to_owned(),
        fields: Vec::new(),
        codes: Vec::new(),
        prose: Vec::new(),
    };
    match entry {
        Entry::Method(method) => {
            method.params.iter().for_each(|param| item.field("", param));
            item.members_of("", &method.result);
            item.says("result", &method.result.doc);
            method.errors.iter().for_each(|error| item.error(error));
            item.prose.extend(method.rules.iter().cloned());
        }
        Entry::Event(event) => {
            event.data.iter().for_each(|field| item.field("", field));
            item.prose.extend(event.rules.iter().cloned());
        }
        Entry::Type(def) => of_type(&mut item, def),
    }
    item
}

fn of_type(item: &mut Item<'_>, def: &TypeDef) {
    match &def.kind {
        TypeKind::Object { fields, .. } => fields.iter().for_each(|field| item.field("", field)),
        TypeKind::Enum(values) => {
            for value in values {
                item.fields.push(value.value.clone());
                item.says(&value.value, &value.doc);
            }
        }
        TypeKind::Tagged(tags) => item.fields.extend(tags.iter().map(|tag| tag.key.clone())),
        TypeKind::Id(_) | TypeKind::List(_) | TypeKind::Union(_) | TypeKind::Dialog => {}
    }
    item.prose.extend(def.rules.iter().cloned());
}

/// The error codes, each once, with what it means or where it comes from.
fn codes(spec: &Spec) -> impl Iterator<Item = Item<'_>> {
    let mut of_methods: BTreeMap<&str, (&MethodError, usize)> = BTreeMap::new();
    for error in spec.methods.values().flat_map(|method| &method.errors) {
        of_methods.entry(&error.code).or_insert((error, 0)).1 += 1;
    }
    let system: BTreeMap<&str, &MethodError> =
        spec.errors.iter().map(|system| (system.error.code.as_str(), &system.error)).collect();
    let own = of_methods.into_iter().filter(|(code, _)| !system.contains_key(code)).map(|(_, (error, count))| {
        let summary = if count == 1 { error.meaning.clone() } else { format!("An error of {count} methods.") };
        of_code(error, summary)
    });
    let system = system.values().map(|error| of_code(error, error.meaning.clone())).collect::<Vec<_>>();
    own.collect::<Vec<_>>().into_iter().chain(system)
}

fn of_code(error: &MethodError, summary: String) -> Item<'_> {
    Item {
        kind: "error",
        name: &error.code,
        aliases: &error.aliases,
        status: Status::Current,
        summary,
        fields: Vec::new(),
        codes: Vec::new(),
        prose: Vec::new(),
    }
}
