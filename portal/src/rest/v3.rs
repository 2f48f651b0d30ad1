//! REST 3.0, at `/rest/api/…`: parameters as JSON alone, errors as objects, a batch as a list of calls.

use b24_spec::Method;
use serde_json::{Map, Value, json};

use super::{
    Refusal,
    answer::{Answer, Format},
    call::{Done, perform},
    caller::Caller,
    stopwatch::Stopwatch,
};
use crate::state::State;

/// What the codes of this version begin with.
const PREFIX: &str = "BITRIX_REST_V3_EXCEPTION_";

/// The codes that this version has for those of the other one.
const CODES: [(&str, &str); 6] = [
    ("ERROR_METHOD_NOT_FOUND", "METHODNOTFOUNDEXCEPTION"),
    ("insufficient_scope", "INSUFFICIENTSCOPEEXCEPTION"),
    ("ACCESS_DENIED", "ACCESSDENIEDEXCEPTION"),
    ("ERROR_ARGUMENT", "VALIDATION_REQUESTVALIDATIONEXCEPTION"),
    (NO_JSON, "INVALIDJSONEXCEPTION"),
    (NO_CALLS, "INVALIDSELECTEXCEPTION"),
];

const NO_JSON: &str = "no JSON";
const NO_CALLS: &str = "no calls";

/// A body in another format than JSON.
pub(super) fn no_json(why: impl Into<String>) -> Refusal {
    Refusal::because(NO_JSON, why)
}

/// A batch that is not a list of calls.
pub(super) fn no_calls() -> Refusal {
    Refusal::because(NO_CALLS, "a batch is a list of calls: [{\"method\": …, \"query\": {…}}]")
}

/// A refusal as this version answers it.
pub(super) fn refused(state: &State, method: Option<&Method>, refusal: &Refusal) -> Answer {
    let known = CODES.iter().find(|(code, _)| *code == refusal.code);
    let code = known.map_or_else(|| refusal.code.clone(), |(_, code)| format!("{PREFIX}{code}"));
    let message = refusal.description(&state.spec, method);
    let mut error = json!({"code": code, "message": message});
    if let Some(field) = &refusal.field {
        error["validation"] = json!([{"message": message, "field": field}]);
    }
    Answer::new(refusal.status(&state.spec), json!({"error": error}))
}

/// The names of the method that tells which methods this version has.
const DOCUMENTATION: [&str; 2] = ["documentation", "rest.documentation.openapi"];

/// Whether a method answers the documentation, which comes without anything around it.
pub(super) fn is_documentation(method: &str) -> bool {
    DOCUMENTATION.iter().any(|name| name.eq_ignore_ascii_case(method))
}

/// The methods that have moved to this version, as a document of `OpenAPI`.
pub(super) fn documentation(state: &State) -> Value {
    let moved = state.spec.methods.values().filter(|method| method.rest3 && state.has(method));
    let moved = moved.map(|method| (method.name.as_str(), method.scope.as_str()));
    let own = DOCUMENTATION.map(|name| (name, "rest"));
    let path = |(name, module): (&str, &str)| (format!("/{name}"), json!({"post": {"tags": [module]}}));
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Bitrix24 REST V3 API", "version": "1.0.0"},
        "servers": [],
        "tags": [],
        "paths": moved.chain(own).map(path).collect::<Map<_, _>>(),
        "components": {"schemas": {}},
    })
}

/// Runs the calls one after the other, until one is refused.
pub(super) fn batch(
    state: &mut State,
    caller: &Caller,
    params: &Map<String, Value>,
    request: &mut Stopwatch,
) -> Result<Done, Refusal> {
    let calls = params.get("").and_then(Value::as_array).ok_or_else(no_calls)?;
    if state.settings.limits.batch.is_some_and(|most| calls.len() > most) {
        return Err(Refusal::new("ERROR_BATCH_LENGTH_EXCEEDED"));
    }
    let mut results = Vec::new();
    for call in calls {
        let method = call.get("method").and_then(Value::as_str).ok_or_else(no_calls)?;
        let query = call.get("query").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut watch = request.start_command(state);
        let done = perform(state, caller, method, Format::V3, query, &mut watch);
        request.add(watch.busy());
        results.push(done?.result);
    }
    Ok(Done::of(Value::Array(results)))
}

#[cfg(test)]
mod tests {
    use std::{net::Ipv4Addr, sync::Arc};

    use axum::{body::Body, extract::Request};
    use b24_spec::Spec;
    use serde_json::{Value, json};

    use crate::{
        ids::UserId,
        portal::Builder,
        rest::{call, decode},
        state::{State, apps::Webhook},
    };

    /// A portal where a method of the messenger has moved to the address of REST 3.0.
    fn state() -> State {
        let mut spec = Spec::embedded().expect("a spec");
        spec.methods.get_mut("im.revision.get").expect("a method").rest3 = true;
        spec.methods.get_mut("im.chat.get").expect("a method").rest3 = true;
        let mut state = State::new(Builder::default().settings(&spec, ([127, 0, 0, 1], 80).into()), Arc::new(spec));
        state.webhooks.push(Webhook { user: UserId(1), code: "code".to_owned(), scopes: vec!["im".to_owned()] });
        state
    }

    async fn answer(path: &str, body: &str) -> (u16, Value) {
        let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_owned()));
        let mut state = state();
        let answer = match decode::read(request.expect("a request")).await {
            Ok(incoming) => call::handle(&mut state, incoming, Ipv4Addr::LOCALHOST.into()),
            Err((refusal, format)) => crate::rest::answer::refused(&state, None, &refusal, format),
        };
        (answer.status, answer.body)
    }

    async fn error(method: &str, body: &str) -> (u16, Value) {
        let (status, mut answer) = answer(&format!("/rest/api/1/code/{method}?CHAT_ID=1"), body).await;
        (status, answer["error"].take())
    }

    #[tokio::test]
    async fn a_method_of_rest_3_answers_at_its_own_address_alone() {
        let (status, answer_there) = answer("/rest/api/1/code/im.revision.get", "").await;
        assert_eq!((status, &answer_there["result"]["rest"]), (200, &json!(36)), "{answer_there}");
        assert!(answer_there["time"]["operating"].is_number());

        let (status, here) = answer("/rest/1/code/im.revision.get", "").await;
        assert_eq!((status, &here["error"]), (404, &json!("ERROR_METHOD_NOT_FOUND")));
    }

    #[tokio::test]
    async fn the_documentation_lists_the_methods_of_this_version_with_nothing_around_it() {
        for name in ["rest.documentation.openapi", "documentation"] {
            let (status, document) = answer(&format!("/rest/api/1/code/{name}"), "").await;
            assert_eq!((status, &document["openapi"]), (200, &json!("3.0.0")), "{document}");
            assert!(document["paths"].get("/im.chat.get").is_some(), "{document}");
            assert_eq!(document["paths"].get("/im.chat.add"), None);
        }
        let (status, _) = answer("/rest/1/code/documentation", "").await;
        assert_eq!(status, 404, "it is no method of the other version");
    }

    #[tokio::test]
    async fn errors_are_objects_with_codes_of_their_own() {
        let not_found = "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION";
        let (status, error_of_old) = error("im.counters.get", "{}").await;
        assert_eq!((status, &error_of_old["code"]), (404, &json!(not_found)));
        assert!(error_of_old["message"].as_str().is_some_and(|text| !text.is_empty()));

        let (status, unread) = error("im.revision.get", "a=1").await;
        assert_eq!((status, &unread["code"]), (400, &json!("BITRIX_REST_V3_EXCEPTION_INVALIDJSONEXCEPTION")));
    }

    #[tokio::test]
    async fn a_wrong_parameter_is_named_and_the_address_has_none() {
        let (_, missing) = error("im.chat.get", "{}").await;
        assert_eq!(missing["validation"][0]["field"], "ENTITY_TYPE", "{missing}");
        assert_eq!(missing["validation"][0]["message"], missing["message"]);
    }

    #[tokio::test]
    async fn a_batch_is_a_list_of_calls() {
        let call = json!({"method": "im.revision.get", "query": {}});
        let (status, batch) = answer("/rest/api/1/code/batch", &json!([call, call]).to_string()).await;
        assert_eq!((status, batch["result"].as_array().map(Vec::len)), (200, Some(2)), "{batch}");

        let numbered = json!({"0": call, "1": call, "2": call}).to_string();
        let (status, batch) = answer("/rest/api/1/code/batch", &numbered).await;
        assert_eq!((status, batch["result"].as_array().map(Vec::len)), (200, Some(3)), "{batch}");

        let (status, old) = error("batch", "{\"cmd\": {\"a\": \"im.revision.get\"}}").await;
        assert_eq!((status, &old["code"]), (400, &json!("BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION")));
    }
}
