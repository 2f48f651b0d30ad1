//! Facts of a source against the spec: what is new, changed and gone.

use std::{collections::BTreeSet, fmt};

use b24_spec::{Field, Inject, Method, Spec, Status, TypeExpr, TypeKind};

use super::{
    example,
    facts::{Fact, Facts},
    home::Home,
};

/// One difference between a source and the spec.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The method or event.
    pub name: String,
    /// What differs and how, a stable text by which a decision can refer to it: `param TITLE: required`.
    pub finding: String,
    /// Whether the source has it and the spec has not, or the other way round.
    pub kind: Kind,
    /// The file and the change in it that would make the spec agree, where it can be told.
    pub edit: Option<(String, Edit)>,
}

/// A change of a spec file.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds a parameter or member to a list.
    Field(Home, Fact),
    /// Adds a member that an example shows.
    Member(Home, String, serde_json::Value),
    /// Sets or takes away the required mark of a field.
    Required(Home, String, bool),
    /// Gives a field the type that the source's word stands for.
    Type(Home, String, String),
    /// Adds an error code.
    Error(String),
    /// Adds a word to an enum.
    Value(String),
    /// Marks as deprecated, with what to use instead.
    Deprecated(Option<String>),
}

/// Which way a difference goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The source has it, the spec has not.
    New,
    /// Both have it, and say different things.
    Changed,
    /// The spec has it, the source has not.
    Gone,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            Kind::New => '+',
            Kind::Changed => '~',
            Kind::Gone => '-',
        };
        write!(f, "{sign} {}", self.finding)
    }
}

/// Compares a method or event; `None` where the spec does not know it.
pub fn compare(spec: &Spec, facts: &Facts) -> Option<Vec<Difference>> {
    if facts.event {
        let event = spec.events.get(&facts.name).or_else(|| {
            spec.events.values().find(|event| event.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(&facts.name)))
        })?;
        let file = format!("events/{}.json", event.name);
        let home = Home::new(&file, "data");
        let mut compared = Compared::new(spec, &event.name, file);
        let inner = facts.event_data();
        compared.members(&inner, &event.data, "data", &[], &home);
        for body in &facts.examples {
            // A body of PHP's print_r or a part of a body is not compared.
            if let Some(data) = body.get("data") {
                compared.example(&object(event.data.clone()), data, "data", &home);
            }
        }
        return Some(compared.found);
    }
    let method = spec.method(&facts.name).filter(|method| method.rest3 == facts.v3)?;
    let folder = if method.scope.is_empty() { "_" } else { &method.scope };
    let mut compared = Compared::new(spec, &method.name, format!("methods/{folder}/{}.json", method.name));
    compared.method(method, facts);
    Some(compared.found)
}

/// What stands beside or around the result in an answer.
const AROUND: [&str; 4] = ["result", "time", "total", "next"];

fn object(fields: Vec<Field>) -> Field {
    Field { fields, ..Field::of(TypeExpr::Object) }
}

struct Compared<'a> {
    spec: &'a Spec,
    name: &'a str,
    file: String,
    found: Vec<Difference>,
}

impl<'a> Compared<'a> {
    fn new(spec: &'a Spec, name: &'a str, file: String) -> Self {
        Self { spec, name, file, found: Vec::new() }
    }

    fn tell(&mut self, kind: Kind, finding: impl Into<String>) {
        self.add(kind, finding.into(), None);
    }

    /// A difference that an edit of the method's or event's own file would end.
    fn propose(&mut self, kind: Kind, finding: impl Into<String>, edit: Edit) {
        let file = match &edit {
            Edit::Field(home, _) | Edit::Member(home, ..) | Edit::Required(home, ..) | Edit::Type(home, ..) => {
                home.file.clone()
            }
            Edit::Error(_) | Edit::Value(_) | Edit::Deprecated(_) => self.file.clone(),
        };
        self.add(kind, finding.into(), Some((file, edit)));
    }

    fn add(&mut self, kind: Kind, finding: String, edit: Option<(String, Edit)>) {
        if !self.found.iter().any(|known| known.finding == finding) {
            self.found.push(Difference { name: self.name.to_owned(), finding, kind, edit });
        }
    }

    fn method(&mut self, method: &Method, facts: &Facts) {
        if facts.name != method.name && !method.aliases.contains(&facts.name) {
            self.tell(Kind::Changed, format!("name: {}", facts.name));
        }
        let scopes: BTreeSet<&str> =
            std::iter::once(method.scope.as_str()).chain(method.other_scopes.iter().map(String::as_str)).collect();
        let named: BTreeSet<&str> = facts.scopes.iter().map(String::as_str).collect();
        if !named.is_empty() && named.is_disjoint(&scopes) {
            self.tell(Kind::Changed, format!("scope: {}", facts.scopes.join(", ")));
        }
        match (&facts.deprecated, &method.status) {
            (Some(Some(replacement)), Status::Deprecated(Some(known))) if replacement != known => {
                self.tell(Kind::Changed, format!("deprecated: use {replacement}"));
            }
            (Some(Some(replacement)), status) if !matches!(status, Status::Deprecated(_)) => {
                let edit = Edit::Deprecated(Some(replacement.clone()));
                self.propose(Kind::New, format!("deprecated: use {replacement}"), edit);
            }
            (Some(None), status) if !matches!(status, Status::Deprecated(_)) => {
                self.propose(Kind::New, "deprecated", Edit::Deprecated(None));
            }
            (None, Status::Deprecated(_)) => self.tell(Kind::Gone, "deprecated"),
            _ => {}
        }
        if method.status == Status::Undocumented {
            self.tell(Kind::New, "a page: the spec says that there is none");
        }
        let grouped: Vec<&str> =
            method.groups.iter().flat_map(|group| group.of.iter().flatten()).map(String::as_str).collect();
        let home = Home::new(self.file.clone(), "params");
        self.members(&facts.params, &method.params, "param", &grouped, &home);
        for code in &facts.errors {
            if method.error(code).is_none() && !self.spec.errors.iter().any(|system| system.error.code == *code) {
                self.propose(Kind::New, format!("error {code}"), Edit::Error(code.clone()));
            }
        }
        if !facts.errors.is_empty() {
            for error in &method.errors {
                let codes = std::iter::once(&error.code).chain(&error.aliases);
                if !codes.into_iter().any(|code| facts.errors.contains(code)) {
                    self.tell(Kind::Gone, format!("error {}", error.code));
                }
            }
        }
        for answer in &facts.examples {
            if let Some(result) = answer.get("result") {
                self.example(&method.result, result, "result", &Home::new(self.file.clone(), "result"));
            }
        }
    }

    fn members(&mut self, facts: &[Fact], fields: &[Field], path: &str, grouped: &[&str], home: &Home) {
        let way = |name: &str| if path.contains(' ') { format!("{path}.{name}") } else { format!("{path} {name}") };
        let is = |field: &Field, name: &str| field.name == name || field.aliases.iter().any(|alias| alias == name);
        for fact in facts {
            // The token belongs to every call.
            if path == "param" && fact.name == "auth" {
                continue;
            }
            let place = way(&fact.name);
            let Some(field) = fields.iter().find(|field| is(field, &fact.name)) else {
                if !(path == "data" && AROUND.contains(&fact.name.as_str())) {
                    self.propose(Kind::New, place, Edit::Field(home.clone(), fact.clone()));
                }
                continue;
            };
            if path != "data" && !path.starts_with("data ") {
                if fact.required && !field.required && !grouped.contains(&field.name.as_str()) {
                    let edit = Edit::Required(home.clone(), field.name.clone(), true);
                    self.propose(Kind::Changed, format!("{place}: required"), edit);
                }
                if !fact.required && field.required && field.inject != Some(Inject::BotId) {
                    let edit = Edit::Required(home.clone(), field.name.clone(), false);
                    self.propose(Kind::Changed, format!("{place}: optional"), edit);
                }
            }
            if let Some(word) = fact.ty.as_deref().filter(|word| !self.fits(word, &field.ty)) {
                let edit = Edit::Type(home.clone(), field.name.clone(), word.to_owned());
                self.propose(Kind::Changed, format!("{place}: type {word}"), edit);
            }
            if let Some((name, words)) = self.words(&field.ty) {
                let unknown: Vec<&String> =
                    fact.values.iter().filter(|value| !words.contains(value.as_str())).collect();
                // A list that shares nothing with the words is not a list of values.
                if unknown.len() < fact.values.len() {
                    for value in unknown {
                        let file = format!("types/{name}.json");
                        self.add(
                            Kind::New,
                            format!("{place}: value {value}"),
                            Some((file, Edit::Value(value.clone()))),
                        );
                    }
                }
            }
            if let Some((inner, groups, home)) = self.inner(field, home) {
                let grouped: Vec<&str> =
                    groups.iter().flat_map(|group| group.of.iter().flatten()).map(String::as_str).collect();
                if !fact.fields.is_empty() {
                    self.members(&fact.fields, inner, &place, &grouped, &home);
                }
            }
        }
        if facts.is_empty() && path != "param" {
            return;
        }
        for field in fields.iter().filter(|field| !field.read_only && field.copy_of.is_none()) {
            if !facts.iter().any(|fact| is(field, &fact.name)) {
                self.tell(Kind::Gone, way(&field.name));
            }
        }
    }

    /// The members of the object that a field holds, and where they stand.
    fn inner<'b>(&self, field: &'b Field, home: &Home) -> Option<(&'b [Field], &'b [b24_spec::Group], Home)>
    where
        'a: 'b,
    {
        match field.ty.innermost() {
            TypeExpr::Object => Some((&field.fields, &field.groups, home.within(&field.name))),
            TypeExpr::Named(name) => self.object(name),
            _ => None,
        }
    }

    fn object(&self, name: &str) -> Option<(&'a [Field], &'a [b24_spec::Group], Home)> {
        match &self.spec.types[name].kind {
            TypeKind::Object { fields, groups } => Some((fields, groups, Home::of_type(name))),
            TypeKind::List(TypeExpr::Named(name)) => self.object(name),
            _ => None,
        }
    }

    /// The words of an enum, and its name.
    fn words<'b>(&self, ty: &'b TypeExpr) -> Option<(&'b str, BTreeSet<&'a str>)> {
        let TypeExpr::Named(name) = ty.innermost() else { return None };
        match &self.spec.types[name].kind {
            TypeKind::Enum(values) => Some((name, values.iter().map(|value| value.value.as_str()).collect())),
            _ => None,
        }
    }

    /// Whether the source's word for a type can mean this type.
    fn fits(&self, word: &str, ty: &TypeExpr) -> bool {
        let word = word.to_lowercase();
        let kind = self.kind(ty);
        if word.contains('|') || kind == "any" {
            return true;
        }
        match word.trim_end_matches("[]") {
            _ if word.ends_with("[]") => matches!(kind, "list" | "object"),
            "integer" | "int" => matches!(kind, "int" | "id" | "dialog" | "enum" | "float"),
            "boolean" | "bool" => kind == "bool",
            "array" | "object" => matches!(kind, "list" | "object"),
            "string" | "char" => {
                !matches!(kind, "list" | "object" | "float") && (kind != "bool" || *ty.innermost() == TypeExpr::YesNo)
            }
            "double" | "float" | "number" => matches!(kind, "int" | "float" | "id"),
            _ => true,
        }
    }

    fn kind(&self, ty: &TypeExpr) -> &'static str {
        match ty {
            TypeExpr::Int => "int",
            TypeExpr::Float => "float",
            TypeExpr::Bool | TypeExpr::YesNo => "bool",
            TypeExpr::Any => "any",
            TypeExpr::Object | TypeExpr::Map(..) => "object",
            TypeExpr::List(_) => "list",
            TypeExpr::Optional(inner) => self.kind(inner),
            TypeExpr::Named(name) => match &self.spec.types[name].kind {
                TypeKind::Id(of) if *of == TypeExpr::Int => "id",
                TypeKind::Id(_) => "string",
                TypeKind::Enum(_) => "enum",
                TypeKind::Object { .. } | TypeKind::Tagged(_) => "object",
                TypeKind::List(_) => "list",
                TypeKind::Union(_) => "any",
                TypeKind::Dialog => "dialog",
            },
            _ => "string",
        }
    }

    fn example(&mut self, field: &Field, value: &serde_json::Value, path: &str, home: &Home) {
        for mismatch in example::mismatches(self.spec, field, value, path, home) {
            let finding = format!("example {}", mismatch.finding);
            match mismatch.unknown {
                Some((home, name, value)) => self.propose(Kind::New, finding, Edit::Member(home, name, value)),
                None => self.tell(Kind::New, finding),
            }
        }
    }
}
