use super::{Denied, Done, denied};
use crate::{
    ids::{ChatAppId, Dialog, UserId},
    state::{
        State,
        chat_apps::{AppAction, ChatApp, Opened},
        users::UserKind,
    },
};

impl State {
    /// The applications whose icons a person sees in a dialog.
    pub(crate) fn offered(&mut self, user: UserId, dialog: Dialog) -> Done<Vec<ChatApp>> {
        let id = self.joined_chat(user, dialog)?;
        let chat = self.joined(user, id)?;
        Ok(self.chat_apps_in(chat, user).into_iter().cloned().collect())
    }

    /// Where the page of a chat application is that a person opens in a dialog.
    pub(crate) fn open_app(
        &mut self,
        user: UserId,
        dialog: Dialog,
        app: ChatAppId,
        opened: Opened<'_>,
        is_chrome: bool,
    ) -> Done<String> {
        self.joined_chat(user, dialog)?;
        let app = self.chat_apps.0.get(app).ok_or_else(|| Denied(format!("there is no application {app}")))?;
        let is_outside = self.users.get(user).is_some_and(|account| account.kind == UserKind::Extranet);
        if is_outside && !app.extranet {
            return denied("the application is not for people from outside");
        }
        match &app.action {
            AppAction::Script { .. } => denied("the application is a command and has no page"),
            AppAction::Page { url, hash, .. } => self
                .iframe_url(app, (url, hash), (user, dialog), opened, is_chrome)
                .ok_or_else(|| Denied("the application has no address that can be opened".to_owned())),
        }
    }
}
