use std::net::IpAddr;

use b24_spec::Method;
use serde_json::{Map, Value, json};

use super::{
    Args, Refusal,
    answer::{self, Answer, Start},
    batch,
    caller::Caller,
    decode::Incoming,
    rights, validate,
};
use crate::{
    ids::{AppId, UserId},
    journal::{Kind, Outcome},
    methods,
    state::{State, bots::Owner},
};

/// A call that is about to be answered: who asks, and with which arguments.
pub(crate) struct Call<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) args: Args,
}

impl Call<'_> {
    /// In whose name it is.
    pub(crate) fn user(&self) -> UserId {
        self.caller.user
    }

    pub(crate) fn is_admin(&self, state: &State) -> bool {
        self.caller.is_admin(state)
    }

    /// Whose bots the call is about.
    pub(crate) fn owner(&self) -> Result<Owner, Refusal> {
        self.caller.owner(&self.args)
    }

    pub(crate) fn page(&self, list: Vec<Value>) -> Value {
        Value::Array(list)
    }

    pub(crate) fn app(&self) -> Result<AppId, Refusal> {
        self.caller.app()
    }
}

/// From a decoded request to its answer, noted in the journal.
pub(super) fn handle(state: &mut State, incoming: Incoming, source: IpAddr) -> Answer {
    let Incoming { method, access, params, .. } = incoming;
    let start = Start::now(state);
    let caller = Caller::identify(state, &access);
    let who = caller.as_ref().map_or_else(|_| format!("unknown at {source}"), |caller| caller.name(state, &params));
    let name = known_name(state, &method);
    let entry = state.note(Kind::Call, &name, who, Value::Object(params.clone()));
    let result = caller.and_then(|caller| {
        admit(state, &caller, source)?;
        if method.eq_ignore_ascii_case("batch") {
            batch::run(state, &caller, &params)
        } else {
            perform(state, &caller, &method, params)
        }
    });
    let answer = answer(state, &method, start, result);
    let outcome = Outcome {
        status: answer.status,
        response: answer.body.clone(),
        error: answer.error().map(str::to_owned),
        took: start.elapsed(),
    };
    state.conclude(entry, outcome);
    answer
}

fn admit(state: &mut State, caller: &Caller, source: IpAddr) -> Result<(), Refusal> {
    let Some(limit) = state.settings.rate_limit else { return Ok(()) };
    let now = state.clock.now();
    let fits = state.buckets.admit(limit, caller.key(), source, now);
    if fits { Ok(()) } else { Err(Refusal::new("QUERY_LIMIT_EXCEEDED")) }
}

/// Checks a call and runs its method.
pub(super) fn perform(
    state: &mut State,
    caller: &Caller,
    name: &str,
    params: Map<String, Value>,
) -> Result<Value, Refusal> {
    let spec = state.spec.clone();
    let revision = state.settings.revision;
    let is_known = |method: &&Method| validate::exists(method.since.as_ref(), method.until.as_ref(), revision);
    let method = spec.method(name).filter(is_known);
    let Some(method) = method else {
        return Err(Refusal::because("ERROR_METHOD_NOT_FOUND", format!("there is no method {name:?} on this portal")));
    };
    rights::check(state, caller, method)?;
    let args = validate::arguments(&spec, method, revision, params)?;
    let Some(act) = methods::find(&method.name) else {
        tracing::error!(method = method.name, "the spec has this method, the portal has no behaviour for it yet");
        let detail = format!("the local portal has no behaviour for {} yet", method.name);
        return Err(Refusal::because("ERROR_METHOD_NOT_FOUND", detail));
    };
    let result = act(state, &Call { caller, args });
    #[cfg(debug_assertions)]
    if let Ok(result) = &result
        && let Some(mismatch) = super::conform::mismatch(&spec, method, result)
    {
        tracing::error!(method = method.name, mismatch, "the portal's answer is not what the spec says");
        state.mismatches.push(format!("{}: {mismatch}", method.name));
    }
    result
}

fn answer(state: &State, name: &str, start: Start, result: Result<Value, Refusal>) -> Answer {
    match result {
        Ok(result) => Answer { status: 200, body: json!({"result": result, "time": start.time()}) },
        Err(refusal) => {
            Answer { status: refusal.status(&state.spec), body: explain(state, state.spec.method(name), &refusal) }
        }
    }
}

/// A refusal as it is answered.
pub(super) fn explain(state: &State, method: Option<&Method>, refusal: &Refusal) -> Value {
    answer::error(&refusal.code, &refusal.description(&state.spec, method))
}

/// The name as the spec writes it, so that the journal has one name for a method.
pub(super) fn known_name(state: &State, name: &str) -> String {
    state.spec.method(name).map_or_else(|| name.to_owned(), |method| method.name.clone())
}
