//! The verdicts of a comparison, held against the listing of what is generated: whoever loses a line of it has to change
//! a program, and nobody else.

use std::collections::BTreeSet;

use b24_codegen::{Options, generate, listing};
use b24_spec::{
    Advance, EnumValue, Field, Group, Inject, Limit, Paging, Since, Spec, Status, Tag, TypeExpr, TypeKind, Verdict,
    diff,
};

use crate::fixture::{self, spec};

/// What is done to a spec, and how it is called.
type Mutation = (String, Spec);

/// The public items, without what a caller need not follow: a revision's number, the mark of what is deprecated, that a
/// struct has no members.
fn lines(spec: &Spec) -> BTreeSet<String> {
    let files = generate(spec, &Options::all_scopes());
    let line = |line: &str| match line.split_once(" const SINCE") {
        Some((place, _)) => format!("{place} const SINCE"),
        None => line.replacen(" deprecated ", " ", 1).trim_end_matches(" {}").to_owned(),
    };
    listing(&files).lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(line).collect()
}

/// The first mutation whose verdict is not the one that the listing asks for.
fn compare(name: &str, mutations: &[Mutation], is_exact: bool) {
    let old = spec(name);
    let was = lines(&old);
    assert!(!mutations.is_empty(), "nothing was done to {name}");
    // What is written by hand is not listed, and expected to follow.
    let by_hand = |name: &str| old.types.get(name).is_some_and(|def| def.by_hand);
    for (what, new) in mutations {
        let is = lines(new);
        let lost: Vec<&String> = was.difference(&is).collect();
        let gained: Vec<&String> = is.difference(&was).collect();
        let found = diff(&old, new);
        let told = || format!("{name}, {what}:\n{found}\nlost: {lost:#?}\ngained: {gained:#?}");
        let verdict = found.verdict();
        if !lost.is_empty() {
            assert_eq!(verdict, Some(Verdict::Major), "{}", told());
        } else if is_exact && !found.differences.iter().any(|difference| by_hand(difference.name.as_str())) {
            assert!(verdict < Some(Verdict::Major), "{}", told());
        }
        if !gained.is_empty() {
            assert!(verdict >= Some(Verdict::Minor), "{}", told());
        }
    }
}

/// Every list of fields of a spec, one after another.
fn visit_lists(spec: &mut Spec, visit: &mut dyn FnMut(&mut Vec<Field>)) {
    fn nested(list: &mut Vec<Field>, visit: &mut dyn FnMut(&mut Vec<Field>)) {
        visit(list);
        for field in list.iter_mut().filter(|field| !field.fields.is_empty()) {
            nested(&mut field.fields, visit);
        }
    }
    for method in spec.methods.values_mut() {
        nested(&mut method.params, visit);
        if !method.result.fields.is_empty() {
            nested(&mut method.result.fields, visit);
        }
    }
    for event in spec.events.values_mut() {
        nested(&mut event.data, visit);
    }
    for def in spec.types.values_mut() {
        if let TypeKind::Object { fields, .. } = &mut def.kind {
            nested(fields, visit);
        }
    }
}

/// The spec with each of its lists of fields changed in turn, where that changes anything.
fn each_list(old: &Spec, what: &str, change: impl Fn(&mut Vec<Field>)) -> Vec<Mutation> {
    let mut count = 0;
    visit_lists(&mut old.clone(), &mut |_| count += 1);
    let one = |number: usize| {
        let mut new = old.clone();
        let (mut at, mut is_changed) = (0, false);
        visit_lists(&mut new, &mut |list| {
            if at == number {
                let before = list.clone();
                change(list);
                is_changed = *list != before;
            }
            at += 1;
        });
        is_changed.then(|| (format!("{what} in list {number}"), new))
    };
    (0..count).filter_map(one).collect()
}

/// The spec with each of its fields changed in turn, except those that a group names.
fn each_field(old: &Spec, what: &str, change: impl Fn(&mut Field)) -> Vec<Mutation> {
    let grouped = grouped(old);
    let mut longest = 0;
    visit_lists(&mut old.clone(), &mut |list| longest = longest.max(list.len()));
    let at = |index: usize| {
        each_list(old, &format!("{what} of field {index}"), |list| {
            if let Some(field) = list.get_mut(index).filter(|field| !grouped.contains(&field.name)) {
                change(field);
            }
        })
    };
    (0..longest).flat_map(at).collect()
}

fn grouped(spec: &Spec) -> BTreeSet<String> {
    let mut groups: Vec<&Group> = spec.methods.values().flat_map(|method| &method.groups).collect();
    for def in spec.types.values() {
        if let TypeKind::Object { groups: of_type, .. } = &def.kind {
            groups.extend(of_type);
        }
    }
    let mut names: BTreeSet<String> = groups.iter().flat_map(|group| group.of.iter().flatten()).cloned().collect();
    visit_lists(&mut spec.clone(), &mut |list| {
        names.extend(list.iter().flat_map(|field| &field.groups).flat_map(|group| group.of.iter().flatten()).cloned());
    });
    names
}

fn field(name: &str, required: bool) -> Field {
    Field { name: name.to_owned(), required, ..Field::of(TypeExpr::String) }
}

fn list_of(ty: TypeExpr) -> TypeExpr {
    TypeExpr::List(Box::new(ty))
}

fn optional(ty: TypeExpr) -> TypeExpr {
    TypeExpr::Optional(Box::new(ty))
}

const ALL: [&str; 4] = ["answers", "choices", "diff/new", "names"];

#[test]
fn a_field_of_another_type_is_major_exactly_where_the_bindings_have_another_type() {
    let strings = || TypeExpr::Map(Box::new(TypeExpr::String), Box::new(TypeExpr::String));
    let types = [
        TypeExpr::String,
        TypeExpr::Url,
        TypeExpr::Int,
        TypeExpr::Bool,
        TypeExpr::YesNo,
        TypeExpr::Any,
        TypeExpr::Secret,
        strings(),
        list_of(TypeExpr::String),
        list_of(TypeExpr::Url),
        list_of(strings()),
        optional(TypeExpr::String),
        optional(TypeExpr::YesNo),
        optional(list_of(TypeExpr::Int)),
        list_of(optional(TypeExpr::Int)),
    ];
    for name in ALL {
        for ty in &types {
            let mutations = each_field(&spec(name), &ty.to_string(), |field| {
                // What had members has none then.
                (field.ty, field.fields, field.groups) = (ty.clone(), Vec::new(), Vec::new());
            });
            compare(name, &mutations, true);
        }
        let wrapped = each_field(&spec(name), "null", |field| field.ty = optional(field.ty.clone()));
        compare(name, &wrapped, true);
        let listed = each_field(&spec(name), "list", |field| field.ty = list_of(field.ty.clone()));
        compare(name, &listed, true);
    }
}

#[test]
fn a_field_that_is_taken_or_given_another_way_is_major_exactly_where_the_bindings_differ() {
    for name in ALL {
        let old = spec(name);
        let mut mutations = each_field(&old, "required", |field| field.required = !field.required);
        mutations.extend(each_field(&old, "read_only", |field| field.read_only = !field.read_only));
        mutations.extend(each_field(&old, "copy_of", |field| {
            field.copy_of = if field.copy_of.is_some() { None } else { Some("OTHER".to_owned()) };
        }));
        mutations.extend(each_field(&old, "send", |field| field.send_yes_no = !field.send_yes_no));
        mutations.extend(each_field(&old, "only", |field| field.webhook_only = !field.webhook_only));
        mutations.extend(each_field(&old, "lower case", |field| field.name = field.name.to_lowercase()));
        mutations.extend(each_field(&old, "another name", |field| field.name += "_X"));
        mutations.extend(each_field(&old, "alias", |field| field.aliases.push("OTHER".to_owned())));
        mutations.extend(each_list(&old, "an optional field first", |list| list.insert(0, field("NEW", false))));
        mutations.extend(each_list(&old, "a required field last", |list| list.push(field("NEW", true))));
        mutations.extend(each_list(&old, "other order", |list| list.reverse()));
        for index in 0..6 {
            mutations.extend(each_list(&old, "gone", |list| {
                if list.get(index).is_some_and(|field| !grouped(&old).contains(&field.name)) {
                    list.remove(index);
                }
            }));
        }
        compare(name, &mutations, true);
    }
}

#[test]
fn what_a_client_fills_in_and_checks_costs_no_line_unless_the_verdict_is_major() {
    for name in ALL {
        let old = spec(name);
        let since = || Some(Since { counter: "im".to_owned(), revision: 40 });
        let limit = || Some(Limit { chars: Some(1), error: Some("TOO_LONG".to_owned()), ..Limit::default() });
        let mut mutations = each_field(&old, "inject", |field| field.inject = Some(Inject::BotToken));
        mutations.extend(each_field(&old, "no inject", |field| field.inject = None));
        mutations.extend(each_field(&old, "since", |field| field.since = since()));
        mutations.extend(each_field(&old, "until", |field| field.until = since()));
        mutations.extend(each_field(&old, "ends", |field| field.ends = Some("2026-09-30".to_owned())));
        mutations.extend(each_field(&old, "limit", |field| field.limit = limit()));
        mutations.extend(each_field(&old, "default", |field| field.default = Some("x".into())));
        mutations.extend(each_field(&old, "doc", |field| field.doc = "Other.".to_owned()));
        compare(name, &mutations, false);
    }
}

/// The spec with each of its methods changed in turn.
fn each_method(old: &Spec, what: &str, change: impl Fn(&mut b24_spec::Method)) -> Vec<Mutation> {
    let one = |name: &String| {
        let mut new = old.clone();
        change(new.methods.get_mut(name).unwrap());
        (format!("{what} of {name}"), new)
    };
    old.methods.keys().map(one).collect()
}

#[test]
fn a_method_of_which_a_line_is_lost_is_major() {
    for name in ALL {
        let old = spec(name);
        let since = |revision| Some(Since { counter: "im".to_owned(), revision });
        let pages = || Paging {
            by: Advance::Start,
            param: "START".to_owned(),
            size: None,
            page: None,
            items: String::new(),
            from_first: false,
            with: Vec::new(),
            more: None,
        };
        let mut mutations = each_method(&old, "since", |method| method.since = since(90));
        mutations.extend(each_method(&old, "no since", |method| method.since = None));
        mutations.extend(each_method(&old, "status", |method| method.status = Status::Deprecated(None)));
        mutations.extend(each_method(&old, "paging", |method| method.paging = Some(pages())));
        mutations.extend(each_method(&old, "no paging", |method| method.paging = None));
        mutations.extend(each_method(&old, "result", |method| method.result = Field::of(TypeExpr::Float)));
        mutations.extend(each_method(&old, "groups", |method| {
            method.groups.reverse();
        }));
        mutations.extend(each_method(&old, "no groups", |method| method.groups.clear()));
        mutations.extend(each_method(&old, "a name for each group", |method| {
            method.groups.iter_mut().for_each(|group| group.name = Some("other".to_owned()));
        }));
        mutations.extend(each_method(&old, "fewer alternatives", |method| {
            method.groups.iter_mut().for_each(|group| drop(group.of.pop()));
        }));
        for method in old.methods.keys() {
            let mut new = old.clone();
            new.methods.remove(method);
            mutations.push((format!("without {method}"), new));
        }
        compare(name, &mutations, false);
    }
}

#[test]
fn a_type_of_which_a_line_is_lost_is_major() {
    for name in ALL {
        let old = spec(name);
        let mut mutations = Vec::new();
        for (key, def) in &old.types {
            let mut with = |what: &str, kind: TypeKind| {
                let mut new = old.clone();
                new.types.get_mut(key).unwrap().kind = kind;
                mutations.push((format!("{what} in {key}"), new));
            };
            match &def.kind {
                TypeKind::Id(of) => {
                    let other = if *of == TypeExpr::Int { TypeExpr::String } else { TypeExpr::Int };
                    with("of", TypeKind::Id(other));
                }
                TypeKind::Enum(values) => {
                    with("one value less", TypeKind::Enum(values[1..].to_vec()));
                    let new = EnumValue {
                        value: "NEW".to_owned(),
                        name: "New".to_owned(),
                        doc: String::new(),
                        since: None,
                        color: None,
                    };
                    with("one value more", TypeKind::Enum([values.as_slice(), &[new]].concat()));
                    let bare = |value: &EnumValue| EnumValue { color: None, ..value.clone() };
                    with("no colours", TypeKind::Enum(values.iter().map(bare).collect()));
                    let renamed = |value: &EnumValue| EnumValue { name: format!("{}X", value.name), ..value.clone() };
                    with("other names", TypeKind::Enum(values.iter().map(renamed).collect()));
                    let moved = |value: &EnumValue| EnumValue { value: format!("{}x", value.value), ..value.clone() };
                    with("other words", TypeKind::Enum(values.iter().map(moved).collect()));
                }
                TypeKind::List(_) => with("of", TypeKind::List(TypeExpr::Float)),
                TypeKind::Union(forms) => {
                    with("one form less", TypeKind::Union(forms[1..].to_vec()));
                    with("one form more", TypeKind::Union([forms.as_slice(), &[TypeExpr::Float]].concat()));
                }
                TypeKind::Tagged(tags) => {
                    let new = Tag { key: "NEW".to_owned(), ty: TypeExpr::Int };
                    with("one key more", TypeKind::Tagged([tags.as_slice(), &[new]].concat()));
                }
                TypeKind::Object { fields, groups } => {
                    let itself = |ty| Field { ty, ..field("ITSELF", false) };
                    let held = itself(optional(TypeExpr::Named(key.clone())));
                    let fields_with = |new: Field| [fields.as_slice(), &[new]].concat();
                    with("itself", TypeKind::Object { fields: fields_with(held), groups: groups.clone() });
                    let listed = itself(list_of(TypeExpr::Named(key.clone())));
                    with("a list of itself", TypeKind::Object { fields: fields_with(listed), groups: groups.clone() });
                }
                TypeKind::Dialog => {}
            }
            with("an id instead", TypeKind::Id(TypeExpr::Int));
        }
        if !mutations.is_empty() {
            compare(name, &mutations, false);
        }
    }
}

#[test]
fn a_type_that_goes_another_way_too_is_major_exactly_where_a_name_means_something_else() {
    for name in ALL {
        let old = spec(name);
        let mut mutations = Vec::new();
        for key in old.types.keys() {
            let ty = TypeExpr::Named(key.clone());
            let new = Field { ty: ty.clone(), ..field("NEW", false) };
            mutations.extend(each_method(&old, &format!("sends {key}"), |method| method.params.push(new.clone())));
            for event in old.events.keys() {
                let mut spec = old.clone();
                spec.events.get_mut(event).unwrap().data.push(new.clone());
                mutations.push((format!("{event} reads {key}"), spec));
            }
        }
        if !mutations.is_empty() {
            compare(name, &mutations, true);
        }
    }
}

#[test]
fn a_spec_does_not_differ_from_itself() {
    for name in fixture::ALL {
        assert_eq!(diff(&spec(name), &spec(name)).to_string(), "no differences\n");
    }
}
