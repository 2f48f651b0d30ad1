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

/// From where somebody opens a page, and with what.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    pub(crate) dialog: Option<Dialog>,
    pub(crate) message: Option<MessageId>,
    /// What a page that opens another one hands on.
    pub(crate) options: Map<String, Value>,
    /// By which address the browser knows the portal, if not by its own: `localhost:8080`.
    pub(crate) host: Option<String>,
    pub(crate) is_secure: bool,
}

/// What opens a page in a browser.
#[derive(Debug)]
pub(crate) struct PageCall {
    /// Names this opening for the scripts in the page.
    pub(crate) sid: String,
    /// Where the browser posts the fields to.
    pub(crate) url: String,
    pub(crate) fields: Map<String, Value>,
    /// What the scripts in the page are told of it.
    pub(crate) facts: Map<String, Value>,
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
        let mut context = opening.options.clone();
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
        context.entry("URI").or_insert_with(|| MESSENGER.into());
        Ok(self.page_call(user, &page, opening, &context))
    }

    /// Finishes the installation of the application that a page belongs to, as the page can.
    pub(crate) fn finish_from(&mut self, id: PlacementId) -> Done<()> {
        let app = self.placements.pages.get(id).map(|page| page.app);
        let app = app.ok_or_else(|| Denied(format!("there is no page {id}")))?;
        self.finish_installation(app);
        Ok(())
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
        context: &Map<String, Value>,
    ) -> PageCall {
        let auth = self.auth_of(&Owner::App(page.app), user);
        let language = self.language_of(user).to_owned();
        let sid = secret::hex(32);
        // The messenger and the page know each other by the address of the messenger.
        let domain = opening.host.as_deref().unwrap_or(&self.settings.domain).to_owned();
        let protocol = u8::from(opening.is_secure);
        let query = [
            ("DOMAIN", domain.clone()),
            ("PROTOCOL", protocol.to_string()),
            ("LANG", language.clone()),
            ("APP_SID", sid.clone()),
        ];
        let url = reqwest::Url::parse_with_params(&page.handler, query);
        let url = url.map_or_else(|_| page.handler.clone(), String::from);
        let mut fields = told(&auth, &FIELDS);
        fields.insert("PLACEMENT".to_owned(), page.place.clone().into());
        fields.insert("PLACEMENT_OPTIONS".to_owned(), Value::from(context.clone()).to_string().into());
        let mut facts = told(&auth, &FACTS);
        facts.extend(object(json!({
            "DOMAIN": domain,
            "PROTOCOL": protocol,
            "PATH": "/rest",
            "LANG": language,
            "IS_ADMIN": self.users.get(user).is_some_and(|account| account.is_admin),
            "APP_OPTIONS": self.options.of(page.app, None),
            "USER_OPTIONS": self.options.of(page.app, Some(user)),
            "PLACEMENT": page.place,
            "PLACEMENT_OPTIONS": context,
        })));
        PageCall { sid, url, fields, facts }
    }
}

/// What a page gets of the authorization, by the names in its form and in an event.
const FIELDS: [(&str, &str); 8] = [
    ("AUTH_ID", "access_token"),
    ("AUTH_EXPIRES", "expires_in"),
    ("REFRESH_ID", "refresh_token"),
    ("SERVER_ENDPOINT", "server_endpoint"),
    ("APPLICATION_TOKEN", "application_token"),
    ("APPLICATION_SCOPE", "scope"),
    ("member_id", "member_id"),
    ("status", "status"),
];
/// What the scripts in it get.
const FACTS: [(&str, &str); 4] = [
    ("AUTH_ID", "access_token"),
    ("AUTH_EXPIRES", "expires_in"),
    ("REFRESH_ID", "refresh_token"),
    ("MEMBER_ID", "member_id"),
];

fn told(auth: &Value, names: &[(&str, &str)]) -> Map<String, Value> {
    names.iter().map(|(name, known)| ((*name).to_owned(), auth[known].clone())).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
