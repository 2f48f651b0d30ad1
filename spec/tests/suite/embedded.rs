//! The spec of this crate.

use std::{collections::BTreeMap, path::Path};

use b24_spec::{Field, Sources, Spec, Status};

fn spec() -> Spec {
    Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_embedded_spec_has_no_mistakes() {
    let spec = spec();
    assert!(spec.methods.len() >= 240 && spec.events.len() >= 34 && spec.types.len() >= 250, "files got lost");
    assert!(!spec.errors.is_empty() && spec.revisions.contains_key("im"));
}

#[test]
fn the_crate_carries_the_files_of_its_folder() {
    let folder = Sources::from_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(Sources::embedded(), folder);
}

/// Methods and events with their pages, but for those that only the course describes.
fn pages(spec: &Spec) -> Vec<(&str, &str)> {
    let documented = |status: &Status| *status != Status::Undocumented;
    let methods = spec.methods.values().filter(|method| documented(&method.status));
    let methods = methods.map(|method| (method.name.as_str(), method.docs.as_str()));
    let events = spec.events.values().filter(|event| documented(&event.status));
    methods.chain(events.map(|event| (event.name.as_str(), event.docs.as_str()))).collect()
}

#[test]
fn every_page_is_one_of_the_official_documentation() {
    for (name, docs) in pages(&spec()) {
        assert!(docs.starts_with("https://apidocs.bitrix24.com/"), "{name}: {docs}");
    }
}

#[test]
fn every_method_has_a_page_of_its_own() {
    let spec = spec();
    let mut seen = BTreeMap::new();
    // Events may share a page: with each other, or with the method that tries them.
    for (name, docs) in pages(&spec).into_iter().filter(|(name, _)| spec.methods.contains_key(*name)) {
        if let Some(other) = seen.insert(docs, name) {
            panic!("{name} and {other} name the same page");
        }
    }
}

#[test]
fn a_copy_stands_beside_what_it_copies() {
    let spec = spec();
    let find = |name: &str, fields: &[Field], path: &str| {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let field = fields.iter().find(|field| field.name == first).unwrap_or_else(|| panic!("{name}: no {path}"));
        let b24_spec::TypeExpr::Named(ty) = &field.ty else { return rest.is_empty() };
        match &spec.types[ty].kind {
            b24_spec::TypeKind::Object { fields, .. } => fields.iter().any(|field| field.name == rest),
            _ => rest.is_empty(),
        }
    };
    let mut copies = 0;
    for def in spec.types.values() {
        let b24_spec::TypeKind::Object { fields, .. } = &def.kind else { continue };
        for path in fields.iter().filter_map(|field| field.copy_of.as_deref()) {
            assert!(find(&def.name, fields, path), "{}: there is no {path}", def.name);
            copies += 1;
        }
    }
    assert!(copies > 0, "events carry their tokens twice");
}

#[test]
fn every_type_is_used() {
    let sources = Sources::embedded();
    let spec = spec();
    for name in spec.types.keys() {
        // The envelope of events stands in no list of fields.
        let mentioned = sources.0.iter().any(|source| {
            source.path != format!("types/{name}.json")
                && source.text.match_indices(name.as_str()).any(|(at, _)| {
                    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    !letter(source.text[..at].chars().next_back())
                        && !letter(source.text[at + name.len()..].chars().next())
                })
        });
        let is_met = spec.types[name].met.is_some();
        assert!(mentioned || is_met || name == "EventAuth", "nothing refers to types/{name}.json; say where it is met");
    }
}
