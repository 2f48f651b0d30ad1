//! What a bot looks like and where its events go, as its registration and its changes name them.

use crate::{
    events::is_address,
    picture::{self, Flaw},
    rest::{Args, Refusal},
    state::{State, bots::BotKind, users::Account},
};

/// The profile that is sent, checked.
#[derive(Debug)]
pub(super) struct Profile {
    properties: Args,
    color: Option<String>,
    avatar: Option<String>,
}

impl Profile {
    pub(super) fn read(state: &State, fields: &Args) -> Result<Self, Refusal> {
        let properties = fields.object("properties");
        let avatar = properties.text("avatar").map(picture::checked).transpose().map_err(|flaw| {
            let code = match flaw {
                Flaw::NotAPicture => "BOT_AVATAR_INCORRECT_TYPE",
                Flaw::TooLarge => "BOT_AVATAR_INCORRECT_SIZE",
            };
            Refusal::because(code, flaw.to_string())
        })?;
        let avatar = avatar.map(str::to_owned);
        let color = properties.text("color").and_then(|word| state.palette.named(word)).map(str::to_owned);
        Ok(Self { properties, color, avatar })
    }

    /// Puts on what was sent.
    pub(super) fn dress(self, account: &mut Account) {
        let Self { properties, color, avatar } = self;
        if let Some(name) = properties.text("name") {
            name.clone_into(&mut account.first_name);
        }
        let pairs = [
            ("lastName", &mut account.last_name),
            ("workPosition", &mut account.position),
            ("gender", &mut account.gender),
        ];
        for (name, slot) in pairs {
            if properties.has(name) {
                *slot = properties.text_or_empty(name);
            }
        }
        account.color = color.unwrap_or_else(|| account.color.clone());
        account.avatar = avatar.unwrap_or_else(|| account.avatar.clone());
    }
}

/// The kind that a word means.
pub(super) fn kind(word: Option<&str>) -> BotKind {
    match word {
        Some("supervisor") => BotKind::Supervisor,
        Some("personal") => BotKind::Personal,
        Some("openline") => BotKind::OpenLine,
        Some("network") => BotKind::Network,
        _ => BotKind::Bot,
    }
}

/// The background, or nothing where it is none of the known ones.
pub(super) fn background(state: &State, fields: &Args) -> String {
    let word = fields.text("backgroundId").unwrap_or_default();
    if state.spec_knows("V2Background", word) { word.to_owned() } else { String::new() }
}

/// The address that events are sent to.
pub(super) fn webhook(fields: &Args, missing: &str) -> Result<String, Refusal> {
    let url = fields.text("webhookUrl").ok_or_else(|| Refusal::new(missing))?;
    if is_address(url) {
        return Ok(url.to_owned());
    }
    Err(Refusal::because("BOT_INVALID_CALLBACK", format!("{url:?} is no address to send events to")))
}
