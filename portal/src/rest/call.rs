use std::{cell::Cell, net::IpAddr};

use b24_spec::Method;
use serde_json::{Map, Value};

use super::{
    Args, Refusal,
    answer::{self, Answer, Format},
    batch,
    caller::{Caller, Entrance},
    decode::{Access, Incoming},
    download::Download,
    limit::operating::Usage,
    paging::{self, Page},
    rights,
    stopwatch::Stopwatch,
    v3, validate,
};
use crate::{
    faults::{Fault, Stage},
    ids::{AppId, UserId},
    journal::{Kept, Outcome},
    methods, oauth,
    state::{State, bots::Owner},
};

/// A call that is about to be answered: who asks, and with which arguments.
pub(crate) struct Call<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) args: Args,
    /// What was sent that the spec does not know.
    pub(crate) others: Args,
    method: &'a Method,
    page: Cell<Option<Page>>,
    download: Cell<Option<Download>>,
}

impl Call<'_> {
    /// In whose name it is.
    pub(crate) fn user(&self) -> UserId {
        self.caller.user
    }

    pub(crate) fn is_admin(&self, state: &State) -> bool {
        self.caller.is_admin(state)
    }

    /// Whether the caller's scopes allow a method.
    pub(crate) fn may_call(&self, method: &Method) -> bool {
        rights::has_scope(self.caller, method)
    }

    /// Whose bots the call is about.
    pub(crate) fn owner(&self) -> Result<Owner, Refusal> {
        self.caller.owner(&self.args)
    }

    pub(crate) fn app(&self) -> Result<AppId, Refusal> {
        self.caller.app()
    }

    /// The part of a list that the call asks for; `total` and `next` will stand beside it in the answer.
    pub(crate) fn page(&self, list: Vec<Value>) -> Value {
        self.page_of(list, |item| item)
    }

    /// Likewise, of what is written out only where it is on the page.
    pub(crate) fn page_of<T>(&self, list: Vec<T>, write: impl Fn(T) -> Value) -> Value {
        let (items, page) = paging::cut(self.method, &self.args, list);
        self.page.set(page);
        items.into_iter().map(write).collect()
    }

    /// Likewise, without `total`.
    pub(crate) fn page_uncounted(&self, list: Vec<Value>) -> Value {
        let (items, page) = paging::cut(self.method, &self.args, list);
        self.page.set(page.map(|page| Page { total: None, ..page }));
        Value::Array(items)
    }

    /// Answers a file in place of what the method returns.
    pub(crate) fn download(&self, file: Download) {
        self.download.set(Some(file));
    }

    /// A list that comes at once; its `total` stands beside it.
    pub(crate) fn counted(&self, list: Vec<Value>) -> Value {
        self.page.set(Some(Page { total: Some(list.len()), next: None }));
        Value::Array(list)
    }
}

/// What a method answered, and what stands beside it.
pub(super) struct Done {
    pub(super) result: Value,
    pub(super) page: Option<Page>,
    pub(super) download: Option<Download>,
    pub(super) usage: Option<Usage>,
}

impl Done {
    /// A result and nothing else.
    pub(super) fn of(result: Value) -> Self {
        Self { result, page: None, download: None, usage: None }
    }
}

/// From a decoded request to its answer, noted in the journal.
pub(super) fn handle(state: &mut State, incoming: Incoming, source: IpAddr) -> Answer {
    let Incoming { method, access, params, format, is_for_authority } = incoming;
    let mut watch = Stopwatch::start(state);
    let caller = Caller::identify(state, &access);
    let who = caller.as_ref().map_or_else(|_| format!("unknown at {source}"), |caller| caller.name(state, &params));
    let name = known_name(state, &method);
    let entry = state.note(&name, who, caller.as_ref().ok(), Kept::of_members(&params));
    let is_documentation = format == Format::V3 && v3::is_documentation(&method);
    let result = admit(state, source).and(caller).and_then(|caller| {
        if method.eq_ignore_ascii_case("batch") {
            go_wrong(state, &caller, "batch", &mut watch)?;
            let run = if format == Format::V3 { v3::batch } else { batch::run };
            run(state, &caller, &params, &mut watch)
        } else if is_documentation {
            Ok(Done::of(v3::documentation(state)))
        } else if is_for_authority && method.eq_ignore_ascii_case("app.info") {
            let Access::Token(token) = &access else { return Err(Refusal::new("NO_AUTH_FOUND")) };
            oauth::tell_app(state, token).map(Done::of)
        } else {
            perform(state, &caller, &method, format, params, &mut watch)
        }
    });
    let answer = match result {
        Ok(done) if is_documentation => Answer::new(200, done.result),
        Ok(mut done) => {
            let download = done.download.take();
            Answer { download, ..Answer::new(200, answer::success(done, &watch)) }
        }
        Err(refusal) => answer::refused(state, state.spec.method(&method), &refusal, format),
    };
    let error = answer.error().map(str::to_owned);
    state.conclude(entry, Outcome::new(answer.status, &answer.body, error, watch.elapsed()));
    Answer { entry: Some(entry), ..answer }
}

fn admit(state: &mut State, source: IpAddr) -> Result<(), Refusal> {
    let Some(limit) = state.settings.limits.rate else { return Ok(()) };
    let now = state.clock.now();
    let fits = state.buckets.admit(limit, source, now);
    if fits { Ok(()) } else { Err(Refusal::new("QUERY_LIMIT_EXCEEDED")) }
}

/// Lets go wrong what somebody wants to see go wrong.
fn go_wrong(state: &mut State, caller: &Caller, method: &str, watch: &mut Stopwatch) -> Result<(), Refusal> {
    for fault in state.faults.strike(Stage::Call, method, |_| true) {
        match fault {
            Fault::Error(code) => return Err(Refusal::new(code)),
            Fault::Busy(time) => watch.add(time),
            Fault::Expire => {
                // Webhooks do not expire.
                if let Entrance::App(app) = caller.entry {
                    state.expire_tokens(app, caller.user);
                    return Err(Refusal::new("expired_token"));
                }
            }
            _ => {}
        }
    }
    if state.settings.limits.request.is_some_and(|limit| watch.request() > limit) {
        return Err(Refusal::timeout());
    }
    Ok(())
}

/// Checks a call and runs its method.
pub(super) fn perform(
    state: &mut State,
    caller: &Caller,
    name: &str,
    format: Format,
    params: Map<String, Value>,
    watch: &mut Stopwatch,
) -> Result<Done, Refusal> {
    let spec = state.spec.clone();
    let is_here = |method: &&Method| method.rest3 == (format == Format::V3) && state.has(method);
    let method = spec.method(name).filter(is_here);
    let Some(method) = method else {
        return Err(Refusal::because(
            "ERROR_METHOD_NOT_FOUND",
            format!("method not found: {name:?} is none of this portal"),
        ));
    };
    rights::check(state, caller, method)?;
    if let Some(limit) = state.settings.limits.operating
        && state.operating.exceeds(limit, &caller.entry, &method.name, watch.start)
    {
        return Err(Refusal::new("OPERATION_TIME_LIMIT"));
    }
    go_wrong(state, caller, &method.name, watch)?;
    let outcome = validate::arguments(&spec, method, state.settings.revisions(), params)
        .and_then(|(args, others)| {
            run(state, &Call { caller, args, others, method, page: Cell::default(), download: Cell::default() })
        })
        .or_else(|refusal| answer::told_inside(&spec, method, refusal).map(Done::of));
    let usage = state.operating.add(&caller.entry, &method.name, watch.start, watch.elapsed());
    #[cfg(debug_assertions)]
    if let Ok(done) = &outcome
        && let Some(mismatch) = super::conform::mismatch(&spec, method, &done.result)
    {
        tracing::error!(method = method.name, mismatch, "the portal's answer is not what the spec says");
        state.mismatches.push(format!("{}: {mismatch}", method.name));
    }
    outcome.map(|done| Done { usage: Some(usage), ..done })
}

/// Does what the method does.
fn run(state: &mut State, call: &Call<'_>) -> Result<Done, Refusal> {
    let name = &call.method.name;
    let Some(act) = methods::find(name) else {
        tracing::error!(method = name, "the spec has this method, the portal has no behaviour for it yet");
        let detail = format!("the local portal has no behaviour for {name} yet");
        return Err(Refusal::because("ERROR_METHOD_NOT_FOUND", detail));
    };
    state.subscriptions.acting = call.app().ok().zip(call.others.text("auth_connector").map(str::to_owned));
    let result = act(state, call);
    state.subscriptions.acting = None;
    Ok(Done { page: call.page.take(), download: call.download.take(), ..Done::of(result?) })
}

/// The name as the spec writes it, so that the journal has one name for a method.
pub(crate) fn known_name(state: &State, name: &str) -> String {
    state.spec.method(name).map_or_else(|| name.to_owned(), |method| method.name.clone())
}

impl State {
    /// Whether a portal of this revision has a method.
    pub(crate) fn has(&self, method: &Method) -> bool {
        self.settings.revisions().have(method.since.as_ref(), method.until.as_ref())
    }
}
