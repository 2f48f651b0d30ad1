//! Who refers to what.

use std::collections::BTreeMap;

use b24_spec::{Change, Field, Spec, Status, TypeDef, TypeExpr, TypeKind};

use crate::entry::Entry;

pub(crate) struct Relations<'a> {
    spec: &'a Spec,
    /// The methods, events and types that name a type.
    users: BTreeMap<&'a str, Vec<&'a str>>,
    /// The deprecated methods and events that another one replaces.
    replaced: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Relations<'a> {
    pub(crate) fn new(spec: &'a Spec) -> Self {
        let mut relations = Self { spec, users: BTreeMap::new(), replaced: BTreeMap::new() };
        for entry in Entry::all(spec) {
            if let Status::Deprecated(Some(replacement)) = entry.status() {
                relations.replaced.entry(replacement).or_default().push(entry.name());
            }
            match entry {
                Entry::Method(method) => {
                    relations.fields(&method.name, &method.params);
                    relations.fields(&method.name, std::slice::from_ref(&method.result));
                }
                Entry::Event(event) => relations.fields(&event.name, &event.data),
                Entry::Type(def) => relations.type_def(def),
            }
        }
        relations
    }

    fn fields(&mut self, user: &'a str, fields: &'a [Field]) {
        for field in fields {
            self.expression(user, &field.ty);
            self.fields(user, &field.fields);
        }
    }

    fn type_def(&mut self, def: &'a TypeDef) {
        match &def.kind {
            TypeKind::Object { fields, .. } => self.fields(&def.name, fields),
            TypeKind::Id(of) | TypeKind::List(of) => self.expression(&def.name, of),
            TypeKind::Union(forms) => forms.iter().for_each(|form| self.expression(&def.name, form)),
            TypeKind::Tagged(tags) => tags.iter().for_each(|tag| self.expression(&def.name, &tag.ty)),
            TypeKind::Enum(_) | TypeKind::Dialog => {}
        }
    }

    fn expression(&mut self, user: &'a str, ty: &'a TypeExpr) {
        ty.for_each_name(&mut |name| {
            let users = self.users.entry(name).or_default();
            // The names of one user come in a row.
            if users.last() != Some(&user) {
                users.push(user);
            }
        });
    }

    /// Who names the type.
    pub(crate) fn users(&self, name: &str) -> &[&'a str] {
        self.users.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// What it replaces.
    pub(crate) fn replaced_by(&self, name: &str) -> &[&'a str] {
        self.replaced.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries of the change log that touch a method or an event, newest first.
    pub(crate) fn changes<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a Change> + 's {
        let touches =
            move |change: &&Change| change.methods.iter().chain(&change.events).any(|touched| touched == name);
        self.spec.changes.iter().filter(touches)
    }
}
