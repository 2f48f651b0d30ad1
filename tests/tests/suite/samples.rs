//! A call of every method with everything set: the bindings write it as the spec says, and the portal, which reads the
//! spec by itself, takes it.

use std::collections::{BTreeMap, BTreeSet};

use b24_portal::{NewApp, Portal};
use b24_runtime::{AppCredentials, Client, Session, Tokens, conformance::SAMPLES};
use b24_spec::{Field, Need, Spec, TypeExpr, TypeKind};
use reqwest::Url;
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

/// A portal of today's revision and an application that may do everything there, in the name of the administrator.
async fn portal() -> (Portal, Client) {
    let portal = Portal::builder().revision(36).start().await.unwrap();
    let app = portal.add_app(NewApp { scopes: portal.scopes(), ..NewApp::new("Everything") });
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none());
    let http = http.build().unwrap();
    let address = |path: &str, query: &[(&str, &str)]| {
        Url::parse_with_params(&format!("{}/oauth/{path}/", portal.url()), query).unwrap()
    };
    let (id, secret) = (app.client_id.as_str(), app.client_secret.as_str());
    let door = address("authorize", &[("client_id", id), ("redirect_uri", "http://a.example/"), ("user", "1")]);
    let back: Url = http.get(door).send().await.unwrap().headers()["location"].to_str().unwrap().parse().unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let trade = [("grant_type", "authorization_code"), ("client_id", id), ("client_secret", secret), ("code", &code)];
    let tokens = http.get(address("token", &trade)).send().await.unwrap();
    let tokens: Value = serde_json::from_slice(&tokens.bytes().await.unwrap()).unwrap();
    let credentials = AppCredentials {
        client_id: app.client_id,
        client_secret: app.client_secret.into(),
        oauth_server: portal.url().to_owned(),
    };
    let access = tokens["access_token"].as_str().unwrap().into();
    let tokens = Tokens { endpoint: format!("{}/rest/", portal.url()), access, refresh: None };
    (portal, Client::new(Session::application(credentials, tokens)).unwrap())
}

#[tokio::test]
async fn the_portal_takes_what_the_bindings_send() {
    let (_portal, client) = portal().await;
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

/// The documentation marks a parameter as required and portals do without it, or they tell in the result that it is
/// missing.
const LENIENT: [&str; 5] =
    ["access.name", "event.unbind", "im.search.department.list", "imconnector.register", "user.update"];

#[tokio::test]
async fn what_is_required_and_missing_is_refused_by_the_portal() {
    let spec = spec();
    let (_portal, client) = portal().await;
    let is_strict = |name: &str| name != "batch" && !LENIENT.contains(&name);
    let mut lenient = Vec::new();
    for method in spec.methods.values().filter(|method| is_strict(&method.name)) {
        let Some(required) = method.params.iter().find(|param| param.required && !param.read_only) else { continue };
        let error = client.call_raw(&method.name, json!({})).await;
        let said = error.map_or_else(|error| error.to_string(), |_| "was done".to_owned());
        if !said.contains("is missing or empty") {
            lenient.push(format!("{} without {}: {said}", method.name, required.name));
        }
    }
    assert!(lenient.is_empty(), "{}", lenient.join("\n"));
}
