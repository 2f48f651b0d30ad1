use b24_spec::{Method, Spec};

/// No code of the platform: it never gets as far as an answer.
const TIMEOUT: &str = "timeout";

/// Why a call is not answered: a code of the spec, and what to say where the spec's meaning is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    detail: Option<String>,
    /// The parameter that is wrong, where it is one.
    pub(crate) field: Option<String>,
    /// The HTTP status, where the method has another one for this code than others have.
    status: Option<u16>,
}

/// What `placement.bind` says with a status as if nothing were wrong.
const OF_PLACEMENTS: [&str; 3] = ["EMPTY_ERROR_HANDLER_URL", "ERROR_PLACEMENT_MAX_COUNT", "ERROR_PLACEMENT_USER_MODE"];

/// The code of a kind of refusal that the method has none of its own for. The methods about the fields that portals
/// add to profiles answer an empty one.
pub(super) fn usual_code<'a>(method: &Method, usual: &'a str) -> &'a str {
    if method.scope == "user.userfield" { "" } else { usual }
}

impl Refusal {
    pub(crate) fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), detail: None, field: None, status: None }
    }

    pub(crate) fn because(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code: code.into(), detail: Some(detail.into()), field: None, status: None }
    }

    pub(crate) fn about(self, field: String) -> Self {
        Self { field: Some(field), ..self }
    }

    pub(crate) fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The request took too long: a server in front of the portal answers in its place.
    pub(crate) fn timeout() -> Self {
        Self::because(TIMEOUT, "the request took longer than the portal gives it")
    }

    pub(crate) fn is_timeout(&self) -> bool {
        self.code == TIMEOUT
    }

    /// What to say: the detail, else the meaning for this method, else that for any.
    pub(crate) fn description(&self, spec: &Spec, method: Option<&Method>) -> String {
        if let Some(detail) = &self.detail {
            return detail.clone();
        }
        let own = method.and_then(|method| method.error(&self.code));
        let system = || spec.errors.iter().map(|known| &known.error).find(|known| known.code == self.code);
        let other = || spec.methods.values().find_map(|method| method.error(&self.code));
        own.or_else(system).or_else(other).map_or_else(|| self.code.clone(), |known| known.meaning.clone())
    }

    /// The HTTP status: that of a system error, 403 for what is forbidden, else 400, save for a few oddities.
    pub(crate) fn status(&self, spec: &Spec) -> u16 {
        if let Some(status) = self.status {
            return status;
        }
        if let Some(known) = spec.errors.iter().find(|known| known.error.code == self.code) {
            return known.status;
        }
        if OF_PLACEMENTS.contains(&self.code.as_str()) {
            return 200;
        }
        if ["ACCESS_ERROR", "CANT_EDIT_MESSAGE"].contains(&self.code.as_str()) { 403 } else { 400 }
    }
}
