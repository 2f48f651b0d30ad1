//! A call of every method with everything set: the bindings write it as the spec says, and the portal, which reads the
//! spec by itself, takes it.

use std::collections::{BTreeMap, BTreeSet};

use b24_portal::Portal;
use b24_runtime::{Client, conformance::SAMPLES};
use b24_spec::{Field, Need, Spec, TypeExpr, TypeKind};
use serde_json::{Map, Value, json};

fn spec() -> Spec {
    Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn calls() -> BTreeMap<&'static str, Map<String, Value>> {
    SAMPLES.iter().map(|(name, sample)| (*name, sample().into_map())).collect()
}

#[test]
fn every_method_of_the_spec_can_be_called() {
    let calls = calls();
    let missing: Vec<String> = spec().methods.into_keys().filter(|name| !calls.contains_key(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_parameter_can_be_set_and_is_sent_under_its_own_name() {
    let spec = spec();
    for (name, sent) in calls() {
        let method = &spec.methods[name];
        let known: BTreeSet<&str> = method.params.iter().map(|param| param.name.as_str()).collect();
        let unknown: Vec<&String> = sent.keys().filter(|key| !known.contains(key.as_str())).collect();
        assert!(unknown.is_empty(), "{name} sends {unknown:?}, which the spec does not know");
        // Of a choice one alternative is sent; keyboards and the like are built by hand.
        let choices = method.groups.iter().filter(|group| group.need == Need::One).flat_map(|group| &group.of[1..]);
        let choices: BTreeSet<&String> = choices.flatten().collect();
        let is_hand = |field: &Field| match field.ty.innermost() {
            TypeExpr::Named(ty) => spec.types[ty].by_hand && !matches!(spec.types[ty].kind, TypeKind::Dialog),
            _ => false,
        };
        for param in &method.params {
            let left_out = param.read_only || choices.contains(&param.name) || is_hand(param);
            assert!(left_out || sent.contains_key(&param.name), "{name} has no way to send {}", param.name);
        }
    }
}

/// A portal of today's revision and a client that may do everything there.
async fn portal(spec: &Spec) -> (Portal, Client) {
    let portal = Portal::builder().revision(36).start().await.unwrap();
    let scopes: BTreeSet<&str> = spec.methods.values().map(|method| method.scope.as_str()).collect();
    let client = Client::webhook(&portal.webhook(1, scopes)).unwrap();
    (portal, client)
}

#[tokio::test]
async fn the_portal_takes_what_the_bindings_send() {
    let (_portal, client) = portal(&spec()).await;
    let mut refused = Vec::new();
    for (name, params) in calls() {
        let Err(error) = client.call_raw(name, Value::Object(params)).await else { continue };
        let said = error.refusal().map(|refusal| refusal.description.clone()).unwrap_or_default();
        // What is missing or wrong is told before what the portal cannot do yet, or does not have.
        let faults = ["is missing or empty", "must be", "bytes, more", "characters, ", "items, more", "out of bounds"];
        if faults.iter().any(|fault| said.contains(fault)) {
            refused.push(format!("{name}: {said}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[tokio::test]
async fn what_is_required_and_missing_is_refused_by_the_portal() {
    let spec = spec();
    let (_portal, client) = portal(&spec).await;
    for method in spec.methods.values().filter(|method| method.name != "batch") {
        let Some(required) = method.params.iter().find(|param| param.required && !param.read_only) else { continue };
        let error = client.call_raw(&method.name, json!({})).await;
        let said = error.map_or_else(|error| error.to_string(), |_| "was done".to_owned());
        assert!(said.contains("is missing or empty"), "{} without {}: {said}", method.name, required.name);
    }
}
