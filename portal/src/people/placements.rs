use serde_json::{Map, Value, json};

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
    /// What the application itself hands to a page that it opens.
    pub(crate) given: Map<String, Value>,
    /// By which address the browser knows the portal, if not by its own: `localhost:8080`.
    pub(crate) host: Option<String>,
    pub(crate) is_secure: bool,
}

/// What the browser posts to open a page, and what the page asks the messenger for first.
#[derive(Debug)]
pub(crate) struct PageCall {
    /// By which the page and the messenger know each other.
    pub(crate) sid: String,
    pub(crate) url: String,
    pub(crate) fields: Map<String, Value>,
    pub(crate) init: Value,
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
        let mut context = opening.given.clone();
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
        Ok(self.page_call(user, &page, opening, context))
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
    fn page_call(
        &mut self,
        user: UserId,
        page: &Placement,
        opening: &Opening,
        context: Map<String, Value>,
    ) -> PageCall {
        let auth = self.auth_of(&Owner::App(page.app), user);
        let host = opening.host.as_deref().unwrap_or(&self.settings.domain).to_owned();
        let protocol = if opening.is_secure { "1" } else { "0" };
        let language = self.language_of(user).to_owned();
        let sid = secret::hex(32);
        let query =
            [("DOMAIN", host.as_str()), ("PROTOCOL", protocol), ("LANG", language.as_str()), ("APP_SID", sid.as_str())];
        let url = match reqwest::Url::parse_with_params(&page.handler, query) {
            Ok(url) => url.into(),
            Err(_) => page.handler.clone(),
        };
        let fields = [
            ("AUTH_ID", auth["access_token"].clone()),
            ("AUTH_EXPIRES", auth["expires_in"].clone()),
            ("REFRESH_ID", auth["refresh_token"].clone()),
            ("SERVER_ENDPOINT", auth["server_endpoint"].clone()),
            ("APPLICATION_TOKEN", auth["application_token"].clone()),
            ("APPLICATION_SCOPE", auth["scope"].clone()),
            ("member_id", auth["member_id"].clone()),
            ("status", auth["status"].clone()),
            ("PLACEMENT", page.place.clone().into()),
            ("PLACEMENT_OPTIONS", Value::from(context.clone()).to_string().into()),
        ];
        let common = self.options.of(page.app, None).clone();
        let personal = self.options.of(page.app, Some(user)).clone();
        let init = json!({
            "LANG": language,
            "DOMAIN": host,
            "PROTOCOL": protocol,
            "PATH": "/rest",
            "AUTH_ID": auth["access_token"],
            "AUTH_EXPIRES": auth["expires_in"],
            "REFRESH_ID": auth["refresh_token"],
            "MEMBER_ID": auth["member_id"],
            "IS_ADMIN": self.users.get(user).is_some_and(|account| account.is_admin),
            "APP_OPTIONS": common,
            "USER_OPTIONS": personal,
            "PLACEMENT": page.place,
            "PLACEMENT_OPTIONS": context,
            "INSTALL": false,
            "FIRST_RUN": false,
        });
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        PageCall { sid, url, fields, init }
    }
}
