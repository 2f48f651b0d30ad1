use crate::{
    bot::{FromArg, FromRest},
    types::{BotProperties, BotType, Color, CommandTranslation, Gender, Language, V2Background},
    wire::{Base64, ToValue},
};

/// How a bot presents itself.
///
/// ```
/// use b24_runtime::{Profile, types::Color};
///
/// let profile = Profile::new("helpdesk", "Helpdesk").color(Color::Aqua).position("Answers questions");
/// ```
#[derive(Debug, Clone)]
pub struct Profile {
    pub(crate) code: String,
    pub(crate) kind: BotType,
    /// As the first API takes them.
    pub(crate) properties: BotProperties,
    pub(crate) background: Option<V2Background>,
}

impl Profile {
    /// A bot with a code that is unique within the application, and a name. The name may be empty where
    /// [`Profile::last_name`] follows.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        let name = name.into();
        let properties = BotProperties::default();
        let properties = if name.is_empty() { properties } else { properties.name(name) };
        Self { code: code.into(), kind: BotType::Bot, properties, background: None }
    }

    /// The last name.
    pub fn last_name(self, name: impl Into<String>) -> Self {
        self.with(|properties| properties.last_name(name))
    }

    /// What kind of bot it is. It cannot be changed later.
    pub fn kind(mut self, kind: BotType) -> Self {
        self.kind = kind;
        self
    }

    /// The colour in the mobile app.
    pub fn color(self, color: Color) -> Self {
        self.with(|properties| properties.color(color))
    }

    /// A line about what it does.
    pub fn position(self, text: impl Into<String>) -> Self {
        self.with(|properties| properties.work_position(text))
    }

    /// An address to write to. It must not be that of a real user.
    pub fn email(self, address: impl Into<String>) -> Self {
        self.with(|properties| properties.email(address))
    }

    /// A web page.
    pub fn website(self, url: impl Into<String>) -> Self {
        self.with(|properties| properties.personal_www(url))
    }

    /// Male or female.
    pub fn gender(self, gender: Gender) -> Self {
        self.with(|properties| properties.personal_gender(gender))
    }

    /// The birthday, `YYYY-MM-DD`. Anything else is left out.
    pub fn birthday(self, date: &str) -> Self {
        match date.parse() {
            Ok(date) => self.with(|properties| properties.personal_birthday(date)),
            Err(_) => self,
        }
    }

    /// The picture: the bytes of a PNG or JPEG file.
    pub fn avatar(self, image: impl AsRef<[u8]>) -> Self {
        self.with(|properties| properties.personal_photo(Base64::encode(image)))
    }

    /// The background of its chats, where it is registered with [`BotApi::V2`](crate::BotApi::V2); the user's own where
    /// nothing is said.
    pub fn background(mut self, background: V2Background) -> Self {
        self.background = Some(background);
        self
    }

    /// A property as the first API spells it.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let value = self.properties.clone().to_value();
        value.get(name).and_then(|value| value.as_str()).map(str::to_owned)
    }

    fn with(mut self, change: impl FnOnce(BotProperties) -> BotProperties) -> Self {
        self.properties = change(self.properties);
        self
    }
}

/// A command: how it is called and how it is explained.
///
/// ```
/// use b24_runtime::Command;
///
/// let command = Command::new("close").title("en", "Close a ticket").params("en", "number").argument::<u32>("id");
/// assert_eq!(command.usage(), "/close ID");
/// ```
#[derive(Debug, Clone)]
pub struct Command {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) common: bool,
    pub(crate) extranet: bool,
    texts: Vec<(String, String, String)>,
    arguments: Vec<String>,
}

impl Command {
    /// A command by name, without its slash.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into().trim_start_matches('/').to_owned();
        Self { name, hidden: false, common: false, extranet: false, texts: Vec::new(), arguments: Vec::new() }
    }

    /// What it does, in a language (`en`, `ru`, …). A visible command needs English; without Russian it is hidden
    /// from portals in `ru`, `by`, `ua` and `kz`.
    pub fn title(mut self, language: &str, text: impl Into<String>) -> Self {
        self.text(language).1 = text.into();
        self
    }

    /// What to type after it, in a language.
    pub fn params(mut self, language: &str, text: impl Into<String>) -> Self {
        self.text(language).2 = text.into();
        self
    }

    /// Not listed: for keyboards and for those who know it.
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Works in every chat of the portal, also where the bot is not a member.
    pub fn common(mut self) -> Self {
        self.common = true;
        self
    }

    /// Works for extranet users too.
    pub fn extranet(mut self) -> Self {
        self.extranet = true;
        self
    }

    /// An argument, for the usage line.
    pub fn argument<T: FromArg>(mut self, name: &str) -> Self {
        self.arguments.push(T::usage(name));
        self
    }

    /// An argument that takes the rest of the line, for the usage line.
    pub fn rest_argument<T: FromRest>(mut self, name: &str) -> Self {
        self.arguments.push(T::usage(name));
        self
    }

    /// How to call it: `/close ID [REASON]`.
    pub fn usage(&self) -> String {
        std::iter::once(format!("/{}", self.name)).chain(self.arguments.iter().cloned()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn translations(&self) -> Vec<CommandTranslation> {
        let translation = |(language, title, params): &(String, String, String)| {
            let translation = CommandTranslation::new(Language::from(language.as_str()), title.as_str());
            if params.is_empty() { translation } else { translation.params(params.as_str()) }
        };
        if self.texts.is_empty() {
            // The first API wants texts of a hidden command too; nobody sees them.
            return vec![CommandTranslation::new(Language::En, self.name.as_str())];
        }
        self.texts.iter().map(translation).collect()
    }

    /// Language, title and parameters.
    pub(crate) fn texts(&self) -> &[(String, String, String)] {
        &self.texts
    }

    pub(crate) fn languages(&self) -> Vec<String> {
        self.texts.iter().map(|(language, ..)| language.clone()).collect()
    }

    fn text(&mut self, language: &str) -> &mut (String, String, String) {
        let index = self.texts.iter().position(|(known, ..)| known == language).unwrap_or_else(|| {
            self.texts.push((language.to_owned(), String::new(), String::new()));
            self.texts.len() - 1
        });
        &mut self.texts[index]
    }
}
