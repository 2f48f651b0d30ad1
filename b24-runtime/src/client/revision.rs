//! Portals differ: on-premise boxes lag behind the cloud. A call that a portal cannot know is not sent.

use std::{collections::BTreeSet, sync::Mutex};

use serde_json::{Map, Value};
use tokio::sync::OnceCell;

use super::{
    Cause, Client, Error,
    check::Notice,
    transport::{Answer, Call},
};
use crate::{
    generated_methods::OLDEST,
    request::{Method, Since},
    wire::Params,
};

/// How a client treats a call that the portal's revision does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RevisionPolicy {
    /// It is not sent; the error names both revisions.
    #[default]
    Refuse,
    /// It is sent, and the log told.
    Warn,
    /// It is sent, and the portal not asked for its revision.
    Off,
}

/// The revisions of a portal, asked for when they are first needed.
#[derive(Debug, Default)]
pub(super) struct Revisions {
    im: OnceCell<Option<u32>>,
    imopenlines: OnceCell<Option<u32>>,
}

/// What was told to the log already.
#[derive(Debug, Default)]
pub(super) struct Notices(Mutex<BTreeSet<(&'static str, &'static str)>>);

impl Notices {
    pub(super) fn tell(&self, notices: Vec<Notice>) {
        for (method, path, text) in notices {
            if self.0.lock().is_ok_and(|mut told| told.insert((method, path))) {
                tracing::warn!(method, "{text}");
            }
        }
    }
}

impl Client {
    /// The value of a portal's revision counter, `im` or `imopenlines`; `None` where the portal does not tell it to this
    /// client. It is asked for once.
    ///
    /// Stands on `im.revision.get`, on `imbot.v2.Revision.get` where the scope `im` is missing, and on
    /// `imopenlines.revision.get`.
    ///
    /// # Errors
    /// When the portal cannot be reached.
    pub async fn revision(&self, counter: &str) -> Result<Option<u32>, Error> {
        let (methods, known) = match counter {
            "im" => (&["im.revision.get", "imbot.v2.Revision.get"][..], &self.transport.revisions.im),
            "imopenlines" => (&["imopenlines.revision.get"][..], &self.transport.revisions.imopenlines),
            _ => return Ok(None),
        };
        let ask = || async {
            for method in methods {
                match self.ask(method).await {
                    Ok(answer) => return Ok(revision_in(&answer.result)),
                    // Without the scope, or on a portal that is too old for the second, it stays unknown.
                    Err(error) if error.refusal().is_some() => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(None)
        };
        known.get_or_try_init(ask).await.copied()
    }

    async fn ask(&self, name: &str) -> Result<Answer, Error> {
        let (params, manner) = (Map::new(), self.manner);
        self.transport.call(Call { name, method: None, is_idempotent: true, params, manner }).await
    }

    pub(super) async fn check_revision(&self, method: &'static Method, params: &Params) -> Result<(), Error> {
        if self.policy == RevisionPolicy::Off {
            return Ok(());
        }
        let own = [(method.name, method.since, method.until)].into_iter();
        let gates = method.gates.iter().filter(|gate| params.at(gate.path).is_some());
        for (what, since, until) in own.chain(gates.map(|gate| (gate.path, gate.since, gate.until))) {
            for (bound, is_first) in [(since, true), (until, false)] {
                // Every portal is at least as new as the oldest revision that is known.
                let Some(bound) = bound.filter(|bound| !OLDEST.contains(bound)) else { continue };
                let Some(portal) = self.revision(bound.counter).await? else { continue };
                if (is_first && portal >= bound.revision) || (!is_first && portal <= bound.revision) {
                    continue;
                }
                let cause = Cause::Revision { what: what.to_owned(), bound, is_first, portal };
                if self.policy == RevisionPolicy::Refuse {
                    return Err(Error::new(method.name, cause));
                }
                tracing::warn!(method = method.name, "{cause}");
            }
        }
        Ok(())
    }
}

fn revision_in(result: &Value) -> Option<u32> {
    let rest = result.get("rest")?;
    rest.as_u64().and_then(|number| u32::try_from(number).ok()).or_else(|| rest.as_str()?.parse().ok())
}

/// "`COMMAND` needs im revision 26, this portal has 24".
pub(super) fn sentence(what: &str, bound: Since, is_first: bool, portal: u32) -> String {
    if is_first {
        format!("{what} needs {bound}, this portal has {portal}")
    } else {
        format!("{what} went away after {bound}, this portal has {portal}")
    }
}
