use b24_spec::{Since, Spec};

/// The counter of the open lines; all others are that of the messenger, which its bot API shares.
const LINES: &str = "imopenlines";

/// How far a portal has come, by the counters of the platform. What is newer is unknown to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Revisions {
    pub(crate) im: u32,
    pub(crate) lines: u32,
}

impl Revisions {
    /// Those of a portal that has everything.
    pub(crate) fn newest(spec: &Spec) -> Self {
        let last = |counter: &str| spec.revisions.get(counter)?.steps.last().map(|step| step.revision);
        Self { im: last("im").unwrap_or(u32::MAX), lines: last(LINES).unwrap_or(u32::MAX) }
    }

    /// Whether it has what `since` brought.
    pub(crate) fn reach(self, since: Option<&Since>) -> bool {
        since.is_none_or(|since| since.revision <= self.counter(since))
    }

    /// Whether it has what exists between the two.
    pub(crate) fn have(self, since: Option<&Since>, until: Option<&Since>) -> bool {
        let is_past = until.is_some_and(|until| until.revision < self.counter(until));
        self.reach(since) && !is_past
    }

    fn counter(self, since: &Since) -> u32 {
        if since.counter == LINES { self.lines } else { self.im }
    }
}
