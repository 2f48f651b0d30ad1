//! A portal's own description of its REST 3.0 methods (`rest.documentation.openapi`) → [`Facts`].

use serde_json::{Map, Value, json};

use super::facts::{Fact, Facts};

/// How deep schemas are followed: they may refer to themselves.
const DEPTH: usize = 6;

/// The methods of an `OpenAPI` document, or of an answer that holds one under `result`.
///
/// # Errors
/// When it is no such document.
pub fn read(text: &str) -> Result<Vec<Facts>, String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let document = whole.get("result").filter(|_| whole.get("paths").is_none()).unwrap_or(&whole);
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return Err("no OpenAPI document: it has no `paths`; save what `rest.documentation.openapi` answers".to_owned());
    };
    let reader = Reader { document };
    Ok(paths.iter().filter_map(|(path, item)| reader.method(path, item)).collect())
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn method(&self, path: &str, item: &'a Value) -> Option<Facts> {
        let name = path.trim_matches('/').rsplit('/').next()?.to_owned();
        let operation = item.get("post").or_else(|| item.get("get"))?;
        let mut facts = Facts { name, v3: true, place: path.to_owned(), ..Facts::default() };
        facts.scopes = facts.name.split('.').next().map(str::to_owned).into_iter().collect();
        if operation.get("deprecated") == Some(&Value::Bool(true)) {
            facts.deprecated = Some(None);
        }
        let body = self.resolve(operation.get("requestBody").unwrap_or(&Value::Null));
        if let Some(schema) = schema_of(body) {
            facts.params = self.members(schema, DEPTH);
        }
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let parameter = self.resolve(parameter);
            if let Some(name) = parameter.get("name").and_then(Value::as_str) {
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                let required = parameter.get("required") == Some(&Value::Bool(true));
                facts.params.push(self.fact(name, schema, required, DEPTH));
            }
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses.into_iter().flatten() {
            let Some(schema) = schema_of(self.resolve(response)) else { continue };
            if status.starts_with('2') || status == "default" {
                facts.examples.push(with_result(self.sample(schema, DEPTH)));
            } else {
                facts.errors.extend(self.codes(schema));
            }
        }
        Some(facts)
    }

    /// Follows `$ref` inside the document.
    fn resolve(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..DEPTH {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else { break };
            let Some(found) = self.document.pointer(target.trim_start_matches('#')) else { break };
            value = found;
        }
        value
    }

    /// The schemas that a schema is made of.
    fn parts(&self, schema: &'a Value) -> Vec<&'a Value> {
        let schema = self.resolve(schema);
        let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        std::iter::once(schema).chain(all.map(|part| self.resolve(part))).collect()
    }

    fn members(&self, schema: &'a Value, depth: usize) -> Vec<Fact> {
        let mut found = Vec::new();
        if depth == 0 {
            return found;
        }
        for part in self.parts(schema) {
            let required: Vec<&str> = part
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            for (name, schema) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                found.push(self.fact(name, schema, required.contains(&name.as_str()), depth));
            }
        }
        found
    }

    fn fact(&self, name: &str, schema: &'a Value, required: bool, depth: usize) -> Fact {
        let schema = self.resolve(schema);
        let items = schema.get("items").map(|items| self.resolve(items));
        let word = word(schema);
        let ty = match items {
            Some(items) => format!("{}[]", self::word(items)),
            None => word.to_owned(),
        };
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Fact {
            name: name.to_owned(),
            ty: Some(ty),
            required,
            default: schema.get("default").filter(|value| !value.is_null()).map(text),
            values: schema.get("enum").and_then(Value::as_array).into_iter().flatten().map(text).collect(),
            fields: self.members(items.unwrap_or(schema), depth - 1),
        }
    }

    /// A value as the schema wants it: what it has no name for is told by its shape.
    fn sample(&self, schema: &'a Value, depth: usize) -> Value {
        let schema = self.resolve(schema);
        if depth == 0 {
            return Value::Null;
        }
        if let Some(example) = schema.get("example") {
            return example.clone();
        }
        if let Some(items) = schema.get("items") {
            return json!([self.sample(items, depth - 1)]);
        }
        match word(schema) {
            "integer" => json!(1),
            "number" => json!(1.5),
            "boolean" => json!(true),
            "datetime" => json!("2026-01-01T00:00:00+00:00"),
            "date" => json!("2026-01-01"),
            "string" => json!("text"),
            _ => {
                let mut members = Map::new();
                for part in self.parts(schema) {
                    for (name, schema) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                        members.insert(name.clone(), self.sample(schema, depth - 1));
                    }
                }
                Value::Object(members)
            }
        }
    }

    /// The codes that an error's schema names.
    fn codes(&self, schema: &'a Value) -> Vec<String> {
        let error = self.parts(schema).into_iter().find_map(|part| part.pointer("/properties/error"));
        let error = error.map(|error| self.resolve(error));
        let code = error.and_then(|error| error.pointer("/properties/code")).or(error);
        let words = code.and_then(|code| code.get("enum").and_then(Value::as_array)).into_iter().flatten();
        words.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn schema_of(body: &Value) -> Option<&Value> {
    body.get("content")?.as_object()?.values().next()?.get("schema")
}

fn with_result(answer: Value) -> Value {
    if answer.get("result").is_some() { answer } else { json!({"result": answer}) }
}

/// The documentation's word for what a schema describes.
fn word(schema: &Value) -> &str {
    match (schema.get("type").and_then(Value::as_str), schema.get("format").and_then(Value::as_str)) {
        (Some("string"), Some("date-time")) => "datetime",
        (Some("string"), Some("date")) => "date",
        (Some(word), _) => word,
        (None, _) => "object",
    }
}
