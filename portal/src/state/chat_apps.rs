//! The applications that bots add to the messenger: a command behind an icon, or a page in a frame.

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::{
    State,
    bots::{Bot, translated},
    chats::{Chat, ChatKind},
    table::Table,
    users::UserKind,
};
use crate::ids::{ChatAppId, Dialog, MessageId, UserId};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the API")]
pub(crate) struct ChatApp {
    pub(crate) id: ChatAppId,
    pub(crate) bot: UserId,
    pub(crate) code: String,
    pub(crate) action: AppAction,
    /// In which chats the icon is shown: `ALL`, `BOT-admin`.
    pub(crate) context: String,
    /// A picture in Base64, or empty.
    pub(crate) icon: String,
    /// Opened by buttons and menus only.
    pub(crate) is_hidden: bool,
    pub(crate) extranet: bool,
    pub(crate) livechat: bool,
    /// Whether its page stays in a window of its own when the dialog changes.
    pub(crate) is_popup: bool,
    pub(crate) texts: Vec<AppText>,
}

/// What a click does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum AppAction {
    /// `PUT`, `SEND`, `CALL` or `SUPPORT`, and with what.
    Script { method: String, param: String },
    /// Opens a page. Width and height are what it would like to have, in pixels.
    Page { url: String, width: u64, height: u64, hash: String },
}

/// A chat application in one language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AppText {
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) copyright: String,
}

/// The applications that bots added to the messenger.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ChatApps(pub(crate) Table<ChatAppId, ChatApp>);

/// From where somebody opened the page of a chat application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened<'a> {
    /// From its icon beside the input field.
    Textarea,
    /// From a button or a menu item of a message, with the `APP_PARAMS` of it.
    Button { message: MessageId, params: &'a str },
}

impl ChatApp {
    /// The texts for somebody who reads `language`.
    pub(crate) fn text(&self, language: &str) -> Option<&AppText> {
        translated(&self.texts, language, |text| &text.language)
    }

    /// Whether its icon belongs to a chat, as an administrator or as another sees it.
    fn fits(&self, chat: &Chat, companion: Option<&Bot>, is_admin: bool) -> bool {
        let (context, needs_admin) = match self.context.strip_suffix("-admin") {
            Some(context) => (context, true),
            None => (self.context.as_str(), false),
        };
        let is_call = chat.entity.kind == "CALL";
        let is_there = match context {
            "USER" => chat.is_private(),
            "CHAT" => matches!(chat.kind, ChatKind::Group | ChatKind::Open) && !is_call,
            "BOT" => companion.is_some_and(|bot| bot.id == self.bot),
            "LINES" => chat.kind == ChatKind::Line,
            "CALL" => is_call,
            _ => true,
        };
        is_there && (is_admin || !needs_admin) && (self.livechat || chat.entity.kind != "LIVECHAT")
    }
}

impl ChatApps {
    pub(crate) fn of(&self, bot: UserId) -> impl Iterator<Item = &ChatApp> {
        self.0.values().filter(move |app| app.bot == bot)
    }

    pub(crate) fn remove_of(&mut self, bot: UserId) {
        self.0.retain(|app| app.bot != bot);
    }
}

impl State {
    /// The applications whose icons `user` sees in a chat.
    pub(crate) fn chat_apps_in(&self, chat: &Chat, user: UserId) -> Vec<&ChatApp> {
        let Some(account) = self.users.get(user) else { return Vec::new() };
        let companion = chat.companion(user).and_then(|id| self.bots.get(&id));
        let is_outside = account.kind == UserKind::Extranet;
        let is_shown = |app: &&ChatApp| {
            !app.is_hidden && (app.extranet || !is_outside) && app.fits(chat, companion, account.is_admin)
        };
        self.chat_apps.0.values().filter(is_shown).collect()
    }

    /// The address of a page with everything that it is told, hashes included; nothing where it cannot be one.
    pub(crate) fn iframe_url(
        &self,
        app: &ChatApp,
        (url, hash): (&str, &str),
        (user, dialog): (UserId, Dialog),
        opened: Opened<'_>,
        is_chrome: bool,
    ) -> Option<String> {
        let portal = reqwest::Url::parse(&self.settings.url()).ok()?;
        let host = portal.host_str().unwrap_or_default();
        let bot_code = self.bots.get(&app.bot).map_or("", |bot| &bot.code);
        let mut url = reqwest::Url::parse(url).ok()?;
        url.query_pairs_mut()
            .append_pair("BOT_ID", &app.bot.to_string())
            .append_pair("BOT_CODE", bot_code)
            .append_pair("APP_ID", &app.id.to_string())
            .append_pair("APP_CODE", &app.code)
            .append_pair("DOMAIN", &self.settings.url())
            .append_pair("DOMAIN_HASH", &md5(&format!("{host}{hash}")))
            .append_pair("USER_ID", &user.to_string())
            .append_pair("USER_HASH", &md5(&format!("{user}{hash}")))
            .append_pair("DIALOG_ID", &dialog.to_string())
            .append_pair("CONTEXT", if opened == Opened::Textarea { "textarea" } else { "button" })
            .append_pair("LANG", self.language_of(user))
            .append_pair("IS_CHROME", if is_chrome { "Y" } else { "N" });
        if let Opened::Button { message, params } = opened {
            let message = message.to_string();
            url.query_pairs_mut().append_pair("MESSAGE_ID", &message).append_pair("BUTTON_PARAMS", params);
        }
        Some(url.into())
    }
}

/// 32 hexadecimal digits.
fn md5(text: &str) -> String {
    use std::fmt::Write;

    Md5::digest(text).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::md5;

    #[test]
    fn a_hash_is_what_php_calls_md5() {
        assert_eq!(md5("portal.example"), "b76732ed11a191df5d877c5d75409897");
    }
}
