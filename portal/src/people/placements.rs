use serde_json::{Map, Value};

use super::{Denied, Done};
use crate::{
    ids::{Dialog, MessageId, PlacementId, UserId},
    state::{
        State,
        bots::Owner,
        chats::{Chat, ChatKind},
        placements::Placement,
        secret,
        users::UserKind,
    },
};

/// The page of the portal that the messenger is.
const MESSENGER: &str = "/online/";

/// From where somebody opens a page.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    pub(crate) dialog: Option<Dialog>,
    pub(crate) message: Option<MessageId>,
}

/// What the browser posts to open a page.
#[derive(Debug)]
pub(crate) struct PageCall {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl State {
    /// The pages of installed applications that `user` gets.
    pub(crate) fn pages_for(&self, user: UserId) -> impl Iterator<Item = &Placement> {
        let account = self.users.get(user);
        let is_admin = account.is_some_and(|account| account.is_admin);
        let is_outside = account.is_some_and(|account| account.kind == UserKind::Extranet);
        self.placements.pages.values().filter(move |page| {
            self.apps.get(page.app).is_some_and(|app| app.installed)
                && page.user.is_none_or(|only| only == user)
                && (is_admin || page.option("role") != "ADMIN")
                && (!is_outside || page.option("extranet") == "Y")
        })
    }

    /// Opens a page from the messenger.
    pub(crate) fn open_page(&mut self, user: UserId, id: PlacementId, opening: &Opening) -> Done<PageCall> {
        let page = self.pages_for(user).find(|page| page.id == id).cloned();
        let page = page.ok_or_else(|| Denied(format!("you have no page {id}")))?;
        let mut context = Map::new();
        if let Some(message) = opening.message {
            self.seen(user, message)?;
            context.insert("messageId".to_owned(), message.to_string().into());
        }
        if let Some(dialog) = opening.dialog {
            let chat = self.joined_chat(user, dialog)?;
            if self.chats.get(chat).is_some_and(|chat| !self.is_meant_for(&page, chat)) {
                return Err(Denied("the page is not for chats of this kind".to_owned()));
            }
            context.insert("dialogId".to_owned(), dialog.to_string().into());
        }
        context.insert("URI".to_owned(), MESSENGER.into());
        Ok(self.page_call(user, &page, &context.into()))
    }

    /// Whether a page is for chats of this kind.
    fn is_meant_for(&self, page: &Placement, chat: &Chat) -> bool {
        let with_bot = || chat.users().any(|user| self.bots.contains_key(&user));
        let is_it = |context: &str| match context {
            "USER" => chat.is_private() && !with_bot(),
            "CHAT" => !chat.is_private() && chat.kind != ChatKind::Line && chat.entity.kind != "CRM",
            "LINES" => chat.kind == ChatKind::Line,
            "CRM" => chat.entity.kind == "CRM",
            _ => true,
        };
        page.option("context").split(';').any(is_it)
    }

    /// `PlacementCall`: four parameters stand in the address, the others in the body.
    fn page_call(&mut self, user: UserId, page: &Placement, context: &Value) -> PageCall {
        let auth = self.auth_of(&Owner::App(page.app), user);
        let told = |name: &str| match &auth[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let language = self.language_of(user);
        let title = page.texts_in(language).title.clone();
        let query = [
            ("DOMAIN", self.settings.domain.as_str()),
            ("PROTOCOL", "0"),
            ("LANG", language),
            ("APP_SID", &secret::hex(32)),
        ];
        let url = match reqwest::Url::parse_with_params(&page.handler, query) {
            Ok(url) => url.into(),
            Err(_) => page.handler.clone(),
        };
        let fields = vec![
            ("AUTH_ID", told("access_token")),
            ("AUTH_EXPIRES", told("expires_in")),
            ("REFRESH_ID", told("refresh_token")),
            ("SERVER_ENDPOINT", told("server_endpoint")),
            ("APPLICATION_TOKEN", told("application_token")),
            ("APPLICATION_SCOPE", told("scope")),
            ("member_id", told("member_id")),
            ("status", told("status")),
            ("PLACEMENT", page.place.clone()),
            ("PLACEMENT_OPTIONS", context.to_string()),
        ];
        PageCall { title, url, fields }
    }
}
