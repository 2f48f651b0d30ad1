//! The spec of this crate.

use std::path::Path;

use b24_spec::{Field, Sources, Spec};

fn spec() -> Spec {
    Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_embedded_spec_has_no_mistakes() {
    let spec = spec();
    assert!(spec.methods.len() >= 29 && spec.events.len() >= 8 && spec.types.len() >= 49, "files got lost");
    assert!(!spec.errors.is_empty() && spec.revisions.contains_key("im"));
}

#[test]
fn the_crate_carries_the_files_of_its_folder() {
    let folder = Sources::from_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(Sources::embedded(), folder);
}

#[test]
fn every_page_is_one_of_the_official_documentation() {
    let spec = spec();
    let of_methods = spec.methods.values().map(|method| (&method.name, &method.docs));
    let of_events = spec.events.values().map(|event| (&event.name, &event.docs));
    for (name, docs) in of_methods.chain(of_events) {
        assert!(docs.starts_with("https://apidocs.bitrix24.com/"), "{name}: {docs}");
    }
}

#[test]
fn every_method_and_event_has_a_page_of_its_own() {
    let spec = spec();
    let of_methods = spec.methods.values().map(|method| &method.docs);
    let pages: Vec<_> = of_methods.chain(spec.events.values().map(|event| &event.docs)).collect();
    let mut distinct = pages.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), pages.len(), "a page was copied from another entry");
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
    for name in spec().types.keys() {
        // The envelope of events stands in no list of fields.
        let mentioned = sources.0.iter().any(|source| {
            source.path != format!("types/{name}.json")
                && source.text.match_indices(name.as_str()).any(|(at, _)| {
                    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    !letter(source.text[..at].chars().next_back())
                        && !letter(source.text[at + name.len()..].chars().next())
                })
        });
        assert!(mentioned || name == "EventAuth", "nothing refers to types/{name}.json");
    }
}
