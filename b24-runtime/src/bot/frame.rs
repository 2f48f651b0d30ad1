use super::{Result, Voice};
use crate::{
    Client,
    message::Reply,
    types::{BotId, DialogId, Language, MessageId, UserId},
};

/// The request for the page of a [`ChatApp`](super::ChatApp), which the portal has signed for this user.
///
/// A page may ask for more: a link or a `fetch` to its own address with a further parameter (`location.search +
/// "&q=cats"`) comes to the same handler, with the same signature.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who opened the page.
    pub user: UserId,
    /// The dialog that was open, as the bot addresses it.
    pub dialog: DialogId,
    /// The language of the messenger.
    pub language: Language,
    /// The message whose button or menu item opened the page; `None` for the icon.
    pub message: Option<MessageId>,
    /// What the button gave the application. Anybody who can write a message can make a button.
    pub params: String,
    pub(crate) domain: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) voice: Voice,
    pub(crate) bot: BotId,
}

impl Frame {
    /// The address of the portal, such as `https://portal.bitrix24.com`.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// A parameter that the page itself added to its address. Only what the fields tell is signed by the portal.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Makes calls to the portal, as the bot.
    pub fn client(&self) -> &Client {
        &self.voice.client
    }

    /// The bot's number on the portal.
    pub fn bot_id(&self) -> BotId {
        self.bot
    }

    /// Says something in any dialog that the bot is in, as [`Cx::send`](super::Cx::send) does.
    ///
    /// # Errors
    /// When the message breaks a rule or the call fails.
    pub async fn send(&self, dialog: impl Into<DialogId>, reply: impl Into<Reply>) -> Result<MessageId> {
        self.voice.send(dialog.into(), reply.into()).await
    }
}

/// A page in HTML.
///
/// [`Page::new`] makes a whole page of a title and a body, whose scripts can speak with the messenger:
/// `messenger.send(text)` says text for the user, `messenger.put(text)` puts it into the input field,
/// `messenger.call(number)` calls, `messenger.support(code)` opens an open line, `messenger.close()` closes the page.
///
/// ```
/// use b24_runtime::Page;
///
/// let page = Page::new("Yes & no").body("<button onclick=\"messenger.send('Yes'); messenger.close()\">Yes</button>");
/// assert!(page.as_str().contains("<title>Yes &amp; no</title>"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page(String);

impl Page {
    /// The script that [`Page::new`] puts into its pages, for a [`Page::document`] of one's own.
    pub const SCRIPT: &'static str = include_str!("frame/messenger.js");

    /// A page without a body, which has a title and the script.
    pub fn new(title: &str) -> Self {
        let title = Self::escape(title);
        Self(format!(
            "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{title}</title>\n<script>\n{}</script>\n",
            Self::SCRIPT
        ))
    }

    /// A page that is written as a whole.
    pub fn document(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// Adds HTML to the body.
    pub fn body(mut self, html: impl AsRef<str>) -> Self {
        self.0 += html.as_ref();
        self
    }

    /// Adds text to the body, whatever it holds.
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        self.0 += &Self::escape(text.as_ref());
        self
    }

    /// Text for HTML: what would be a tag, an entity or the end of an attribute is none.
    pub fn escape(text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => escaped += "&amp;",
                '<' => escaped += "&lt;",
                '>' => escaped += "&gt;",
                '"' => escaped += "&quot;",
                '\'' => escaped += "&#39;",
                other => escaped.push(other),
            }
        }
        escaped
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Page> for String {
    fn from(page: Page) -> Self {
        page.0
    }
}
