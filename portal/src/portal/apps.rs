use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::Portal;
use crate::{
    error::InstallError,
    events::{Notice, name},
    ids::{AppId, UserId},
    state::{
        ADMIN, State,
        apps::{KnownApp, Webhook},
        bots::Owner,
        secret,
    },
};

/// An application to add to a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApp {
    /// What the messenger calls it.
    pub name: String,
    /// What it may use: `imbot`, `im`.
    pub scopes: Vec<String>,
    /// Where a browser comes back to from `/oauth/authorize/`, unless the request names another address.
    pub redirect_uri: Option<String>,
    /// Whether a person finishes the installation on a page of the application, with `BX24.installFinish`: then the
    /// application hears nothing until [`Portal::finish_installation`].
    pub has_installer: bool,
}

impl NewApp {
    /// An application without pages, with the scopes that a bot needs: `imbot` and `im`.
    pub fn new(name: impl Into<String>) -> Self {
        let scopes = vec!["imbot".to_owned(), "im".to_owned()];
        Self { name: name.into(), scopes, redirect_uri: None, has_installer: false }
    }
}

/// An application of the portal, with what its author is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct App {
    /// `local.…`
    pub client_id: String,
    /// For the OAuth server alone.
    pub client_secret: String,
    /// What every event carries to show that it comes from the portal: 32 hexadecimal digits.
    pub application_token: String,
}

impl App {
    fn of(app: &KnownApp) -> Self {
        Self {
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            application_token: app.application_token.clone(),
        }
    }
}

impl Portal {
    /// Adds an application. It hears nothing before it is installed.
    pub fn add_app(&self, new: NewApp) -> App {
        self.with(|state| {
            let id = state.add_app(new);
            state.apps.get(id).map(App::of).unwrap_or_default()
        })
    }

    /// The application of this name, if there is one: of several the newest.
    pub fn app(&self, name: &str) -> Option<App> {
        self.with(|state| state.apps.values().rev().find(|app| app.name == name).map(App::of))
    }

    /// Installs an application: sends `ONAPPINSTALL` to its handler and waits for the answer. 200 finishes the
    /// installation; only then the application gets events. Where it has an installer, it is not finished before
    /// [`Portal::finish_installation`].
    ///
    /// # Errors
    /// When there is no such application, or its handler does not answer with 200.
    pub async fn install(&self, client_id: &str, handler: &str) -> Result<(), InstallError> {
        let (receipt, ended) = oneshot::channel();
        let app = self.with(|state| {
            let app = find(state, client_id)?;
            state.begin_installation(app, handler, receipt);
            Ok(app)
        })?;
        // The portal tells the receipt in any case, unless it is going down.
        let ended = ended.await.unwrap_or_else(|_| Err("the portal is stopping".to_owned()));
        match ended {
            Ok(200) => {
                self.with(|state| {
                    if state.apps.get(app).is_some_and(|app| !app.has_installer) {
                        state.finish_installation(app);
                    }
                });
                Ok(())
            }
            Ok(status) => Err(InstallError::Status { handler: handler.to_owned(), status }),
            Err(reason) => Err(InstallError::Connection { handler: handler.to_owned(), reason }),
        }
    }

    /// Finishes the installation of an application with an installer, as its page does with `BX24.installFinish`.
    ///
    /// # Errors
    /// When there is no such application.
    pub fn finish_installation(&self, client_id: &str) -> Result<(), InstallError> {
        self.with(|state| {
            let app = find(state, client_id)?;
            state.finish_installation(app);
            Ok(())
        })
    }

    /// Gives an application a new version: sends `ONAPPUPDATE` and waits until it is answered.
    ///
    /// # Errors
    /// When there is no such application.
    pub async fn update_app(&self, client_id: &str, version: u32) -> Result<(), InstallError> {
        self.with(|state| {
            let app = find(state, client_id)?;
            state.update_app(app, version);
            Ok(())
        })?;
        self.settled().await;
        Ok(())
    }

    /// Takes an application off the portal with its bots: sends `ONIMBOTDELETE` for each of them and `ONAPPUNINSTALL`,
    /// and waits until they are answered.
    ///
    /// # Errors
    /// When there is no such application.
    pub async fn uninstall(&self, client_id: &str) -> Result<(), InstallError> {
        self.with(|state| {
            let app = find(state, client_id)?;
            state.uninstall(app);
            Ok(())
        })?;
        self.settled().await;
        Ok(())
    }

    /// Every permission that some method may need, for [`NewApp::scopes`] and [`Portal::webhook`].
    pub fn scopes(&self) -> Vec<String> {
        let spec = self.with(|state| state.spec.clone());
        let named = spec.methods.values().flat_map(|method| std::iter::once(&method.scope).chain(&method.other_scopes));
        let scopes: BTreeSet<&String> = named.filter(|scope| !scope.is_empty()).collect();
        scopes.into_iter().cloned().collect()
    }

    /// Makes an incoming webhook and gives its address: `http://127.0.0.1:8080/rest/1/code/`.
    pub fn webhook<S: Into<String>>(&self, user: impl Into<UserId>, scopes: impl IntoIterator<Item = S>) -> String {
        let webhook =
            Webhook { user: user.into(), code: secret::hex(16), scopes: scopes.into_iter().map(Into::into).collect() };
        let url = self.address_of(&webhook);
        self.with(|state| state.webhooks.push(webhook));
        url
    }

    /// The addresses of all incoming webhooks, oldest first.
    pub fn webhooks(&self) -> Vec<String> {
        self.with(|state| state.webhooks.iter().map(|webhook| self.address_of(webhook)).collect())
    }

    fn address_of(&self, webhook: &Webhook) -> String {
        format!("{}/rest/{}/{}/", self.url(), webhook.user, webhook.code)
    }
}

fn find(state: &State, client_id: &str) -> Result<AppId, InstallError> {
    let app = state.app_by_client(client_id).map(|app| app.id);
    app.ok_or_else(|| InstallError::UnknownApp { client_id: client_id.to_owned() })
}

impl State {
    /// An application with credentials of its own.
    pub(crate) fn add_app(&mut self, new: NewApp) -> AppId {
        self.apps.insert(|id| KnownApp {
            id,
            name: new.name,
            client_id: format!("local.{}.{}", secret::hex(14), secret::hex(8)),
            client_secret: secret::hex(50),
            application_token: secret::hex(32),
            scopes: new.scopes,
            handler: String::new(),
            redirect_uri: new.redirect_uri,
            version: 1,
            has_installer: new.has_installer,
            installed: false,
        })
    }

    fn begin_installation(&mut self, app: AppId, handler: &str, receipt: oneshot::Sender<Result<u16, String>>) {
        let (version, is_ready) = self.apps.get_mut(app).map_or((1, true), |app| {
            handler.clone_into(&mut app.handler);
            (app.version, !app.has_installer)
        });
        let owner = Owner::App(app);
        let installed = if is_ready { "Y" } else { "N" };
        let language = &self.settings.language;
        let data = json!({"VERSION": version, "ACTIVE": "Y", "INSTALLED": installed, "LANGUAGE_ID": language});
        let auth = self.auth_of(&owner, ADMIN);
        let notice = Notice { owner: &owner, event: name::APP_INSTALL, url: handler, data, auth };
        self.send(notice, Some(receipt));
    }

    /// From now on the application gets events.
    pub(crate) fn finish_installation(&mut self, app: AppId) {
        if let Some(app) = self.apps.get_mut(app) {
            app.installed = true;
        }
    }

    fn update_app(&mut self, app: AppId, version: u32) {
        let Some(previous) = self.apps.get_mut(app).map(|app| std::mem::replace(&mut app.version, version)) else {
            return;
        };
        let owner = Owner::App(app);
        let language = &self.settings.language;
        let data = json!({"VERSION": version, "PREVIOUS_VERSION": previous, "LANGUAGE_ID": language});
        let auth = self.auth_of(&owner, ADMIN);
        self.notify_app(&owner, name::APP_UPDATE, &data, &auth);
        // The new version binds what it needs.
        self.unbind_all(app);
        self.remove_placements(app, |_| true);
    }

    fn uninstall(&mut self, app: AppId) {
        let owner = Owner::App(app);
        let bots: Vec<UserId> = self.bots_of(&owner).map(|bot| bot.id).collect();
        for bot in bots {
            self.dismiss_bot(bot, ADMIN);
        }
        let mut auth = self.auth_of(&owner, ADMIN);
        // The tokens are void already: `application_token` is the only proof.
        if let Value::Object(auth) = &mut auth {
            for key in ["access_token", "refresh_token", "expires", "expires_in", "user_id", "scope", "status"] {
                auth.shift_remove(key);
            }
        }
        let data = json!({"LANGUAGE_ID": self.settings.language, "CLEAN": 1});
        self.notify_app(&owner, name::APP_UNINSTALL, &data, &auth);
        self.unbind_all(app);
        self.remove_placements(app, |_| true);
        self.placements.types.retain(|ty| ty.app != app);
        self.options.forget(app);
        self.grants.revoke(app);
        self.apps.remove(app);
    }
}
