//! Whether to believe an installation.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use super::{
    Installation,
    core::{Arrival, Core, Verdict, short},
};
use crate::{
    AppCredentials, Bot,
    client::{GrantError, Price, connections},
    events::AppInstall,
    types::{EventAuth, Secret},
    wire::{DecodeError, FromNode},
};

const TIME_TO_VERIFY: Duration = Duration::from_secs(20);

impl<B: Bot> Core<B> {
    /// Believes an installation once it is verified. What the event itself says of the portal's address proves nothing:
    /// anybody can send it.
    pub(super) async fn install(
        self: &Arc<Self>,
        app: &AppCredentials,
        arrival: Arrival,
    ) -> Result<Verdict, DecodeError> {
        let auth = &arrival.envelope.auth()?;
        AppInstall::from_node(arrival.envelope.data()).map_err(|error| error.at("data"))?;
        let refuse = |reason: &str| {
            tracing::warn!(domain = short(&auth.domain), "an installation was refused: {reason}");
            Ok(Verdict::Refused(reason.to_owned()))
        };
        let Some(refresh) = auth.refresh_token.as_ref().filter(|token| !token.is_empty()) else {
            return refuse("the installation holds no refresh token: nobody can tell whose it is");
        };
        if auth.application_token.is_empty() {
            return refuse("the installation holds no application token: later events could not be believed");
        }
        let verified = tokio::time::timeout(TIME_TO_VERIFY, async {
            // Never closed, so never an error.
            let _permit = self.verifying.acquire().await;
            self.vouched(app, auth, refresh).await
        });
        let installation = match verified.await.unwrap_or_else(|_| Err("it takes too long to verify".to_owned())) {
            Ok(installation) => installation,
            Err(reason) => return refuse(&reason),
        };
        let portal = match self.portals.put(installation, &self.settings.credentials, &self.router.profile.code).await {
            Ok(portal) => portal,
            Err(error) => {
                tracing::error!("an installation could not be kept: {error}");
                return Ok(Verdict::Failed("the installation could not be kept".to_owned()));
            }
        };
        tracing::info!(domain = portal.installation.domain, "installed");
        self.keep(&portal, "ONAPPINSTALL".to_owned(), arrival).await
    }

    /// Asks the authorization server whose the tokens are. Where it cannot be reached, as for a portal without
    /// internet, a portal that is not known yet is believed when its token works on its own address.
    async fn vouched(&self, app: &AppCredentials, auth: &EventAuth, refresh: &Secret) -> Result<Installation, String> {
        let http = connections().map_err(|error| error.to_string())?;
        let unreachable = match app.buy(&http, Price::Refresh(refresh)).await {
            Ok(grant) if grant.member_id == auth.member_id && !grant.tokens.endpoint.is_empty() => {
                return Ok(Installation::granted(auth, grant));
            }
            Ok(_) => return Err("the refresh token belongs to another portal".to_owned()),
            Err(GrantError::Unreachable(reason)) => reason,
            Err(refused) => return Err(format!("the authorization server does not vouch for the tokens: {refused}")),
        };
        tracing::warn!(domain = short(&auth.domain), "installed without the authorization server: {unreachable}");
        if self.portals.find(&auth.member_id).is_some() {
            return Err("the authorization server cannot be reached, and the portal is known already".to_owned());
        }
        let installation = Installation::claimed(auth).ok_or("the endpoint is outside the portal's domain")?;
        let info = match self.portals.client(&installation, app) {
            Ok(client) => client.call_raw("app.info", Value::Null).await,
            Err(error) => Err(error),
        };
        match info {
            Ok(info)
                if info["CODE"].as_str().is_some_and(|code| code.starts_with("local.") && code != app.client_id) =>
            {
                Err("the access token belongs to another application".to_owned())
            }
            Ok(_) => Ok(installation),
            Err(error) => Err(format!("the access token does not work on the portal: {error}")),
        }
    }
}
