//! What to write: the methods of the chosen scopes as a tree of modules, and the shared types they need.

use std::collections::{BTreeMap, BTreeSet};

use b24_spec::{Event, Field, Method, Spec, TypeDef, TypeExpr, TypeKind};

use crate::{Options, names};

pub(crate) struct Plan<'a> {
    /// One module for each first part of a REST name.
    pub(crate) modules: BTreeMap<String, Module<'a>>,
    pub(crate) events: Vec<&'a Event>,
    /// Types that are sent, and types that are read. A type may be both.
    pub(crate) sent: BTreeSet<&'a str>,
    pub(crate) read: BTreeSet<&'a str>,
}

/// A module mirrors a part of a REST name: `imbot.chat.user.list` is `list` in `user` in `chat` in `imbot`.
#[derive(Default)]
pub(crate) struct Module<'a> {
    pub(crate) modules: BTreeMap<String, Module<'a>>,
    pub(crate) methods: Vec<&'a Method>,
}

impl<'a> Module<'a> {
    /// Visits every method with the path of the module that it stands in.
    fn each(&self, path: &str, visit: &mut impl FnMut(&str, &'a Method)) {
        self.methods.iter().for_each(|method| visit(path, method));
        self.modules.iter().for_each(|(name, inner)| inner.each(&format!("{path}::{name}"), visit));
    }
}

impl<'a> Plan<'a> {
    pub(crate) fn new(spec: &'a Spec, options: &Options) -> Self {
        let mut plan =
            Self { modules: BTreeMap::new(), events: Vec::new(), sent: BTreeSet::new(), read: BTreeSet::new() };
        for method in spec.methods.values().filter(|method| options.includes(&method.scope)) {
            let parts: Vec<&str> = method.name.split('.').collect();
            let (first, inner) = match parts.as_slice() {
                [first, inner @ .., _] => (names::snake(first), inner),
                // `batch`, `scope`: a name of one part has no module of its own.
                _ => ("_".to_owned(), &[][..]),
            };
            let root = plan.modules.entry(first).or_default();
            let module = inner.iter().fold(root, |module, part| module.modules.entry(names::snake(part)).or_default());
            module.methods.push(method);
            method.params.iter().for_each(|param| reach(spec, param, &mut plan.sent));
            reach(spec, &method.result, &mut plan.read);
        }
        for event in spec.events.values().filter(|event| options.includes(&event.scope)) {
            plan.events.push(event);
            event.data.iter().for_each(|field| reach(spec, field, &mut plan.read));
        }
        // What is written by hand is compiled for any scopes, and with it what it refers to.
        for (name, def) in spec.types.iter().filter(|(_, def)| def.by_hand) {
            plan.sent.insert(name);
            reach_type(spec, def, &mut plan.sent);
        }
        // What a bot meets outside of calls and events is read.
        for (name, def) in spec.types.iter().filter(|(_, def)| def.met.is_some() && options.has_scopes()) {
            plan.read.insert(name);
            reach_type(spec, def, &mut plan.read);
        }
        // The envelope of events stands in no list of fields.
        if let Some((name, def)) = spec.types.get_key_value("EventAuth") {
            plan.read.insert(name);
            reach_type(spec, def, &mut plan.read);
        }
        plan
    }

    /// Objects and unions that are both sent and read.
    pub(crate) fn two_way(&self, spec: &'a Spec) -> BTreeSet<&'a str> {
        let has_ways =
            |def: &&TypeDef| !def.by_hand && matches!(def.kind, TypeKind::Object { .. } | TypeKind::Union(_));
        let both = |def: &&TypeDef| self.sent.contains(def.name.as_str()) && self.read.contains(def.name.as_str());
        spec.types.values().filter(has_ways).filter(both).map(|def| def.name.as_str()).collect()
    }

    /// Objects that hold themselves other than in a list.
    pub(crate) fn recursive(spec: &'a Spec) -> BTreeSet<&'a str> {
        let holds_itself = |name: &&str| {
            let mut found = BTreeSet::new();
            held(spec, &spec.types[*name], &mut found);
            found.contains(name)
        };
        spec.types.keys().map(String::as_str).filter(holds_itself).collect()
    }

    /// Visits every method with the Rust path of the module that it stands in.
    pub(crate) fn each(&self, visit: &mut impl FnMut(&str, &'a Method)) {
        for (name, module) in &self.modules {
            let path = if name == "_" { "crate::api".to_owned() } else { format!("crate::api::{name}") };
            module.each(&path, visit);
        }
    }

    /// The generated types: in use, and not written by hand.
    pub(crate) fn types(&self, spec: &'a Spec) -> impl Iterator<Item = &'a TypeDef> {
        let used: BTreeSet<&str> = self.sent.union(&self.read).copied().collect();
        spec.types.values().filter(move |def| !def.by_hand && used.contains(def.name.as_str()))
    }
}

fn reach<'a>(spec: &'a Spec, field: &'a Field, found: &mut BTreeSet<&'a str>) {
    field.ty.for_each_name(&mut |name| {
        if found.insert(name) {
            reach_type(spec, &spec.types[name], found);
        }
    });
    field.fields.iter().for_each(|inner| reach(spec, inner, found));
}

fn reach_type<'a>(spec: &'a Spec, def: &'a TypeDef, found: &mut BTreeSet<&'a str>) {
    let mut visit = |name: &'a str| {
        if found.insert(name) {
            reach_type(spec, &spec.types[name], found);
        }
    };
    match &def.kind {
        TypeKind::Object { fields, .. } => fields.iter().for_each(|field| reach(spec, field, found)),
        TypeKind::List(of) | TypeKind::Id(of) => of.for_each_name(&mut visit),
        TypeKind::Union(forms) => forms.iter().for_each(|form| form.for_each_name(&mut visit)),
        TypeKind::Tagged(tags) => tags.iter().for_each(|tag| tag.ty.for_each_name(&mut visit)),
        TypeKind::Enum(_) => {}
        // What `DialogId` is made of.
        TypeKind::Dialog => {
            let parts = ["UserId", "ChatId", "BotId"].into_iter().filter_map(|part| spec.types.get_key_value(part));
            found.extend(parts.map(|(name, _)| name.as_str()));
        }
    }
}

/// The types that a value of this type holds in itself, not in a list or map.
fn held<'a>(spec: &'a Spec, def: &'a TypeDef, found: &mut BTreeSet<&'a str>) {
    let TypeKind::Object { fields, .. } = &def.kind else { return };
    held_in(spec, fields, found);
}

fn held_in<'a>(spec: &'a Spec, fields: &'a [Field], found: &mut BTreeSet<&'a str>) {
    for field in fields {
        match &field.ty {
            TypeExpr::Object => held_in(spec, &field.fields, found),
            TypeExpr::Named(name) if found.insert(name) => held(spec, &spec.types[name], found),
            TypeExpr::Optional(inner) => {
                if let TypeExpr::Named(name) = &**inner
                    && found.insert(name)
                {
                    held(spec, &spec.types[name], found);
                }
            }
            _ => {}
        }
    }
}
