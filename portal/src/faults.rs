//! What goes wrong on demand: a list of rules that is asked before a request is answered, before a method runs and
//! before an event is sent.

mod answers;
mod fault;
mod requests;
mod rule;
mod words;

pub(crate) use self::{
    answers::{add, clear, list},
    fault::Stage,
    requests::strike,
};
pub use self::{fault::Fault, rule::Rule, words::NotARule};
use crate::portal::Portal;

/// The rules that hold, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<Armed>,
    last: u64,
}

/// A rule, and what it has done so far.
#[derive(Debug, Clone)]
pub(crate) struct Armed {
    id: u64,
    rule: Rule,
    struck: u32,
    dice: fastrand::Rng,
}

impl Rules {
    fn add(&mut self, rule: Rule) -> u64 {
        self.last += 1;
        let dice = fastrand::Rng::with_seed(rule.seed);
        self.rules.push(Armed { id: self.last, rule, struck: 0, dice });
        self.last
    }

    fn clear(&mut self) {
        self.rules.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What goes wrong at this stage of a call or an event. A rule that has struck often enough is forgotten.
    pub(crate) fn strike(&mut self, stage: Stage, name: &str, applies: impl Fn(&Fault) -> bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        for armed in &mut self.rules {
            let rule = &armed.rule;
            let is_meant = rule.fault.happens_at(stage) && rule.matches(name) && applies(&rule.fault);
            if is_meant && (rule.chance >= 1.0 || armed.dice.f64() < rule.chance) {
                armed.struck += 1;
                faults.push(rule.fault.clone());
            }
        }
        self.rules.retain(|armed| armed.rule.times.is_none_or(|times| armed.struck < times));
        faults
    }
}

/// What goes wrong on a portal. Given by [`Portal::faults`].
///
/// ```no_run
/// # async fn test() -> Result<(), Box<dyn std::error::Error>> {
/// use b24_portal::{Fault, Portal, Rule};
///
/// let portal = Portal::start().await?;
/// portal.faults().add(Rule::new(Fault::Error("QUERY_LIMIT_EXCEEDED".to_owned())).on("imbot.message.*").times(2));
/// portal.faults().add("lose on=ONIMBOTMESSAGEADD chance=0.5 seed=7".parse()?);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Faults<'a> {
    portal: &'a Portal,
}

impl Faults<'_> {
    /// Lets something go wrong from now on.
    pub fn add(&self, rule: Rule) {
        self.portal.with(|state| state.faults.add(rule));
    }

    /// Lets everything go well again.
    pub fn clear(&self) {
        self.portal.with(|state| state.faults.clear());
    }

    /// The rules that still hold.
    pub fn list(&self) -> Vec<Rule> {
        self.portal.with(|state| state.faults.rules.iter().map(|armed| armed.rule.clone()).collect())
    }
}

impl Portal {
    /// What goes wrong on this portal: nothing, until somebody asks for it.
    pub fn faults(&self) -> Faults<'_> {
        Faults { portal: self }
    }
}
