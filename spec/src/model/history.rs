use super::Since;

/// A revision counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// What it counts and how to ask for it.
    pub doc: String,
    /// The known steps, oldest first.
    pub steps: Vec<Step>,
}

/// A step of a revision counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The value.
    pub revision: u32,
    /// What it brought.
    pub doc: String,
}

/// An entry of the platform's change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name that the platform gave it.
    pub id: String,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The day on which it was published, `YYYY-MM-DD`.
    pub published: String,
    /// The revision that brought it.
    pub revision: Option<Since>,
    /// The day from which the old way may stop, `YYYY-MM-DD`.
    pub effective: Option<String>,
    /// The methods that it is about.
    pub methods: Vec<String>,
    /// The events that it is about.
    pub events: Vec<String>,
    /// What changed.
    pub summary: String,
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Something was added.
    New,
    /// A mistake was corrected.
    Fix,
    /// What worked will stop to.
    Breaking,
}

impl ChangeKind {
    pub(crate) const WORDS: [(&str, Self); 3] = [("new", Self::New), ("fix", Self::Fix), ("breaking", Self::Breaking)];

    /// Its word in the files.
    pub(crate) fn word(self) -> &'static str {
        super::word(&Self::WORDS, &self)
    }
}
