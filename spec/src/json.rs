//! JSON that knows where it stands: every mistake gets a line and a JSON pointer, none ends the reading.

use std::cell::RefCell;

use jsonc_parser::{
    ParseOptions,
    ast::{Object, Value},
    common::Ranged,
    parse_to_ast,
};

use crate::{Diagnostic, Source, suggest::did_you_mean};

/// Collects the mistakes of one run.
#[derive(Default)]
pub(crate) struct Report(RefCell<Vec<Diagnostic>>);

impl Report {
    fn push(&self, source: &Source, offset: usize, pointer: &str, message: String) {
        let line = source.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1;
        let path = source.path.clone();
        self.0.borrow_mut().push(Diagnostic { path, line, pointer: pointer.to_owned(), message });
    }

    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.0.into_inner();
        all.sort();
        all
    }
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses a file; a syntax error goes to the report.
pub(crate) fn parse<'a>(source: &'a Source, report: &Report) -> Option<Value<'a>> {
    match parse_to_ast(&source.text, &jsonc_parser::CollectOptions::default(), &STRICT) {
        Ok(parsed) => {
            if parsed.value.is_none() {
                report.push(source, 0, "", "the file is empty".to_owned());
            }
            parsed.value
        }
        Err(error) => {
            report.push(source, error.range().start, "", format!("invalid JSON: {}", error.kind()));
            None
        }
    }
}

/// A value and the way to it.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    pub(crate) source: &'a Source,
    report: &'a Report,
    value: &'a Value<'a>,
    pointer: String,
}

impl<'a> Cursor<'a> {
    pub(crate) fn root(source: &'a Source, report: &'a Report, value: &'a Value<'a>) -> Self {
        Self { source, report, value, pointer: String::new() }
    }

    pub(crate) fn error(&self, message: impl Into<String>) {
        self.report.push(self.source, self.value.range().start, &self.pointer, message.into());
    }

    fn step(&self, value: &'a Value<'a>, part: &str) -> Self {
        let pointer = format!("{}/{}", self.pointer, part.replace('~', "~0").replace('/', "~1"));
        Self { value, pointer, ..*self }
    }

    fn expected<T>(&self, what: &str) -> Option<T> {
        let found = match self.value {
            Value::StringLit(_) => "a string",
            Value::NumberLit(_) => "a number",
            Value::BooleanLit(_) => "a boolean",
            Value::Object(_) => "an object",
            Value::Array(_) => "a list",
            Value::NullKeyword(_) => "null",
        };
        self.error(format!("expected {what}, found {found}"));
        None
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::NullKeyword(_))
    }

    pub(crate) fn is_string(&self) -> bool {
        matches!(self.value, Value::StringLit(_))
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    pub(crate) fn string(&self) -> Option<&'a str> {
        match self.value {
            Value::StringLit(literal) => Some(literal.value.as_ref()),
            _ => self.expected("a string"),
        }
    }

    pub(crate) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        match self.value {
            Value::NumberLit(literal) => {
                let parsed = literal.value.parse().ok();
                if parsed.is_none() {
                    self.error(format!("{} is out of range", literal.value));
                }
                parsed
            }
            _ => self.expected("a number"),
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::BooleanLit(literal) => Some(literal.value),
            _ => self.expected("true or false"),
        }
    }

    pub(crate) fn list(&self) -> Vec<Self> {
        match self.value {
            Value::Array(array) => {
                array.elements.iter().enumerate().map(|(index, value)| self.step(value, &index.to_string())).collect()
            }
            _ => self.expected("a list").unwrap_or_default(),
        }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let range = self.value.range();
        serde_json::from_str(&self.source.text[range.start..range.end]).unwrap_or_default()
    }

    /// The members of an object whose keys are data, in the order of the file.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Self)> {
        match self.value {
            Value::Object(object) => {
                self.report_repeated_keys(object);
                object
                    .properties
                    .iter()
                    .map(|property| (property.name.as_str(), self.step(&property.value, property.name.as_str())))
                    .collect()
            }
            _ => self.expected("an object").unwrap_or_default(),
        }
    }

    /// The members of an object whose keys are known: what is never asked for is reported.
    pub(crate) fn object(&self) -> Option<Members<'a>> {
        match self.value {
            Value::Object(object) => {
                self.report_repeated_keys(object);
                Some(Members { cursor: self.clone(), object, asked: RefCell::default() })
            }
            _ => self.expected("an object"),
        }
    }

    fn report_repeated_keys(&self, object: &'a Object<'a>) {
        for (index, property) in object.properties.iter().enumerate() {
            let name = property.name.as_str();
            if object.properties[..index].iter().any(|earlier| earlier.name.as_str() == name) {
                self.step(&property.value, name).error(format!("the key \"{name}\" stands twice"));
            }
        }
    }
}

/// An object being read. The keys that were asked for are the keys that exist: one table, not two.
pub(crate) struct Members<'a> {
    pub(crate) cursor: Cursor<'a>,
    object: &'a Object<'a>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Members<'a> {
    /// The member, if it is there and not null.
    pub(crate) fn get(&self, key: &'static str) -> Option<Cursor<'a>> {
        self.get_or_null(key).filter(|cursor| !cursor.is_null())
    }

    pub(crate) fn get_or_null(&self, key: &'static str) -> Option<Cursor<'a>> {
        self.asked.borrow_mut().push(key);
        let property = self.object.properties.iter().find(|property| property.name.as_str() == key)?;
        Some(self.cursor.step(&property.value, key))
    }

    /// The member; its absence is a mistake.
    pub(crate) fn need(&self, key: &'static str) -> Option<Cursor<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.cursor.error(format!("the key \"{key}\" is missing"));
        }
        found
    }

    pub(crate) fn need_string(&self, key: &'static str) -> String {
        self.need(key).and_then(|cursor| cursor.string()).unwrap_or_default().to_owned()
    }

    /// A sentence of ours; where it is still empty a person has to write it.
    pub(crate) fn need_prose(&self, key: &'static str) -> String {
        let text = self.need_string(key);
        self.told(key, &text);
        text
    }

    pub(crate) fn get_prose(&self, key: &'static str) -> String {
        let text = self.get_string(key);
        if let Some(text) = &text {
            self.told(key, text);
        }
        text.unwrap_or_default()
    }

    fn told(&self, key: &'static str, text: &str) {
        let Some(cursor) = self.get(key) else { return };
        if text.trim().is_empty() && cursor.is_string() {
            cursor.error("nothing is said yet: write one short sentence of your own");
        }
    }

    pub(crate) fn get_string(&self, key: &'static str) -> Option<String> {
        self.get(key).and_then(|cursor| cursor.string()).map(str::to_owned)
    }

    pub(crate) fn get_number<N: std::str::FromStr>(&self, key: &'static str) -> Option<N> {
        self.get(key).and_then(|cursor| cursor.number())
    }

    pub(crate) fn get_flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(|cursor| cursor.bool()).unwrap_or_default()
    }

    pub(crate) fn get_list(&self, key: &'static str) -> Vec<Cursor<'a>> {
        self.get(key).map(|cursor| cursor.list()).unwrap_or_default()
    }

    pub(crate) fn get_strings(&self, key: &'static str) -> Vec<String> {
        self.get_list(key).iter().filter_map(Cursor::string).map(str::to_owned).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.into_inner();
        for property in &self.object.properties {
            let name = property.name.as_str();
            if !asked.contains(&name) {
                let hint = did_you_mean(name, asked.iter().copied());
                self.cursor.step(&property.value, name).error(format!("unknown key \"{name}\"{hint}"));
            }
        }
    }
}
