/// An error code of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodError {
    /// The code, `MESSAGE_EMPTY`.
    pub code: String,
    /// Older or misspelled codes for the same.
    pub aliases: Vec<String>,
    /// Why the call was refused.
    pub kind: ErrorKind,
    /// The parameters it is about, as paths (`PROPERTIES.NAME`).
    pub params: Vec<String>,
    /// What it means.
    pub meaning: String,
}

/// Why a call was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A parameter is absent or empty.
    Missing,
    /// A value does not validate.
    Invalid,
    /// A value is larger than its limit.
    Oversize,
    /// What a parameter names does not exist.
    NotFound,
    /// The caller has no right to it.
    Access,
    /// It cannot be done now.
    State,
    /// There are too many of them.
    Limit,
    /// The token, the application or the scope.
    Auth,
    /// The documentation does not tell more.
    Other,
}

impl ErrorKind {
    pub(crate) const WORDS: [(&str, Self); 9] = [
        ("missing", Self::Missing),
        ("invalid", Self::Invalid),
        ("oversize", Self::Oversize),
        ("not_found", Self::NotFound),
        ("access", Self::Access),
        ("state", Self::State),
        ("limit", Self::Limit),
        ("auth", Self::Auth),
        ("other", Self::Other),
    ];

    /// Its word in the files.
    pub(crate) fn word(self) -> &'static str {
        super::word(&Self::WORDS, &self)
    }
}

/// An error that any method may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemError {
    /// The code, its kind and meaning.
    pub error: MethodError,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What the author of a bot can do about it.
    pub advice: String,
}
