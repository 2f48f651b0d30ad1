use serde_json::{Value, json};

use crate::{
    rest::Refusal,
    state::{State, clock::iso},
};

/// `app.info` of the authorization server: whose the token is, and where the application is installed with it. What a
/// portal says of itself need not be believed; this is.
pub(crate) fn tell(state: &State, token: &str) -> Result<Value, Refusal> {
    let grant = state.grants.by_access(token).ok_or_else(|| Refusal::new("invalid_token"))?;
    let app = state.apps.get(grant.app).ok_or_else(|| Refusal::new("invalid_token"))?;
    let scope = app.scopes.join(",");
    let settings = &state.settings;
    Ok(json!({
        "client_id": app.client_id,
        "scope": scope,
        "expires": iso(grant.expires),
        "user_id": grant.user,
        "install": {
            "installed": app.installed,
            "version": app.version.to_string(),
            "status": "L",
            "scope": scope,
            "domain": settings.domain,
            "uri": settings.url(),
            "client_endpoint": format!("{}/rest/", settings.url()),
            "member_id": settings.member_id,
            "member_type": "bitrix24",
        },
    }))
}
