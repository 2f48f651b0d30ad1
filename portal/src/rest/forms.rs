use serde_json::{Map, Value};

/// Deeper brackets are cut off: nothing that the platform knows is nested so deep.
const DEPTH: usize = 32;

/// A form or a query as PHP reads it: brackets nest, `[]` counts up, the last of equal names wins.
pub(crate) fn parse(form: &[u8]) -> Map<String, Value> {
    tree(form_urlencoded::parse(form).into_owned())
}

/// Names and values, nested by the brackets in the names.
pub(crate) fn tree(pairs: impl IntoIterator<Item = (String, String)>) -> Map<String, Value> {
    let mut root = Map::new();
    for (name, value) in pairs {
        insert(&mut root, &path(&name), value);
    }
    root.into_iter().map(|(name, value)| (name, listed(value))).collect()
}

/// `a[b][]` is `a`, `b` and an empty name. Brackets that do not close are part of the name.
fn path(name: &str) -> Vec<&str> {
    let Some((head, mut rest)) = name.find('[').filter(|at| *at > 0).map(|at| name.split_at(at)) else {
        return vec![name];
    };
    let mut path = vec![head];
    while let Some((inner, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        path.push(inner);
        rest = after;
    }
    path.truncate(DEPTH);
    if path.len() > 1 { path } else { vec![name] }
}

fn insert(object: &mut Map<String, Value>, path: &[&str], value: String) {
    let [name, deeper @ ..] = path else { return };
    let name = if name.is_empty() { next_index(object) } else { (*name).to_owned() };
    if deeper.is_empty() {
        object.insert(name, Value::String(value));
        return;
    }
    let slot = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if !slot.is_object() {
        *slot = Value::Object(Map::new());
    }
    if let Value::Object(inner) = slot {
        insert(inner, deeper, value);
    }
}

fn next_index(object: &Map<String, Value>) -> String {
    let mut index = object.len();
    while object.contains_key(&index.to_string()) {
        index += 1;
    }
    index.to_string()
}

/// PHP has one kind of array; the one whose keys count up from zero is a list.
fn listed(value: Value) -> Value {
    let Value::Object(object) = value else { return value };
    let object: Map<String, Value> = object.into_iter().map(|(name, value)| (name, listed(value))).collect();
    let counts_up = !object.is_empty() && (0..object.len()).all(|index| object.contains_key(&index.to_string()));
    if !counts_up {
        return Value::Object(object);
    }
    let mut items: Vec<(usize, Value)> =
        object.into_iter().filter_map(|(name, value)| Some((name.parse().ok()?, value))).collect();
    items.sort_by_key(|(index, _)| *index);
    Value::Array(items.into_iter().map(|(_, value)| value).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::parse;

    fn parsed(form: &str) -> Value {
        Value::Object(parse(form.as_bytes()))
    }

    #[test]
    fn brackets_nest_and_numbered_keys_become_a_list() {
        let form = "A%5B1%5D%5BX%5D=2&A%5B0%5D%5BX%5D=1&L[]=a&L[]=b+c&P[NAME]=Bot&auth=t";
        assert_eq!(
            parsed(form),
            json!({"A": [{"X": "1"}, {"X": "2"}], "L": ["a", "b c"], "P": {"NAME": "Bot"}, "auth": "t"})
        );
    }

    #[test]
    fn odd_names_are_names() {
        assert_eq!(parsed("[a]=1&b[=2&c]=3&d[x=4"), json!({"[a]": "1", "b[": "2", "c]": "3", "d[x": "4"}));
        assert_eq!(parsed("a=1&a[b]=2&a=3"), json!({"a": "3"}));
    }
}
