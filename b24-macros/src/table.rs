//! What may be written in each attribute. The parser, its messages and the documentation all come from these tables.

use proc_macro2::Ident;
use syn::{ExprPath, LitStr};

use crate::keys::{Choice, Key, Slot, Translation};

/// What `#[bot(…)]` says.
#[derive(Default)]
pub(crate) struct BotAttr {
    pub(crate) code: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) last_name: Option<LitStr>,
    pub(crate) color: Option<Ident>,
    pub(crate) position: Option<LitStr>,
    pub(crate) kind: Option<Ident>,
    pub(crate) email: Option<LitStr>,
    pub(crate) website: Option<LitStr>,
    pub(crate) gender: Option<Ident>,
    pub(crate) birthday: Option<LitStr>,
    pub(crate) avatar: Option<LitStr>,
    pub(crate) background: Option<Ident>,
    pub(crate) commands: Option<Ident>,
}

/// The keys of `#[bot(…)]`.
pub(crate) const BOT: &[Key<BotAttr>] = &[
    Key {
        name: "code",
        slot: Slot::Text(|bot| &mut bot.code),
        meaning: "Required. What the portal knows the bot by, unique within the application.",
    },
    Key {
        name: "name",
        slot: Slot::Text(|bot| &mut bot.name),
        meaning: "The first name. This or `last_name` is required.",
    },
    Key { name: "last_name", slot: Slot::Text(|bot| &mut bot.last_name), meaning: "The last name." },
    Key {
        name: "color",
        slot: Slot::Choice(COLORS, |bot| &mut bot.color),
        meaning: "The colour in the mobile application.",
    },
    Key {
        name: "position",
        slot: Slot::Text(|bot| &mut bot.position),
        meaning: "The job title, shown as the bot's description.",
    },
    Key {
        name: "kind",
        slot: Slot::Choice(KINDS, |bot| &mut bot.kind),
        meaning: "What kind of bot it is; `Bot` if not said.",
    },
    Key {
        name: "email",
        slot: Slot::Text(|bot| &mut bot.email),
        meaning: "The address to write to; not that of a real user.",
    },
    Key { name: "website", slot: Slot::Text(|bot| &mut bot.website), meaning: "The website." },
    Key {
        name: "gender",
        slot: Slot::Choice(GENDERS, |bot| &mut bot.gender),
        meaning: "The gender, none if not said.",
    },
    Key { name: "birthday", slot: Slot::Text(|bot| &mut bot.birthday), meaning: "The birthday, as `\"2016-03-11\"`." },
    Key {
        name: "avatar",
        slot: Slot::Text(|bot| &mut bot.avatar),
        meaning: "An image file, its path relative to the `Cargo.toml`. It becomes part of the program.",
    },
    Key {
        name: "background",
        slot: Slot::Choice(BACKGROUNDS, |bot| &mut bot.background),
        meaning: "The background of its chats with bot API v2; the user's own if not said.",
    },
    Key {
        name: "commands",
        slot: Slot::Module(|bot| &mut bot.commands),
        meaning: "The module for the types of the commands; `cmd` if not said. Two bots in one module need two.",
    },
];

/// What `#[command("…", …)]` says.
#[derive(Default)]
pub(crate) struct CommandAttr {
    /// What comes first and has no key.
    pub(crate) name: Option<LitStr>,
    pub(crate) title: Option<Vec<Translation>>,
    pub(crate) params: Option<Vec<Translation>>,
    pub(crate) guard: Option<ExprPath>,
    pub(crate) hidden: Option<Ident>,
    pub(crate) common: Option<Ident>,
    pub(crate) local: Option<Ident>,
    pub(crate) extranet: Option<Ident>,
}

/// The keys of `#[command("…", …)]`, after the name.
pub(crate) const COMMAND: &[Key<CommandAttr>] = &[
    Key {
        name: "title",
        slot: Slot::Texts(|command| &mut command.title),
        meaning: "What the command does, by language. For `en` the first paragraph of the doc comment will do. \
                  Without `ru`, users of Russian, Belarusian, Ukrainian and Kazakh portals do not see the command.",
    },
    Key {
        name: "params",
        slot: Slot::Texts(|command| &mut command.params),
        meaning: "What to type after the command, by language; made from the arguments if not said.",
    },
    Key {
        name: "guard",
        slot: Slot::Function(|command| &mut command.guard),
        meaning: "Who may use it: `fn(&self, &CommandCx) -> bool`, asked before the arguments are read.",
    },
    Key {
        name: "hidden",
        slot: Slot::Flag(|command| &mut command.hidden),
        meaning: "Not in the portal's list of commands, for buttons only. It needs no title.",
    },
    Key {
        name: "common",
        slot: Slot::Flag(|command| &mut command.common),
        meaning: "Works in every chat, also where the bot is not a member.",
    },
    Key {
        name: "local",
        slot: Slot::Flag(|command| &mut command.local),
        meaning: "Works in the bot's own chats only, as it does if neither is said.",
    },
    Key {
        name: "extranet",
        slot: Slot::Flag(|command| &mut command.extranet),
        meaning: "Extranet users may use it too.",
    },
];

/// Something that happens to a bot, as `#[on(…)]` names it.
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// The method of the runtime's router that takes the handler.
    pub(crate) route: &'static str,
    /// The type that the handler's second parameter borrows.
    pub(crate) context: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "only the documentation says it"))]
    pub(crate) meaning: &'static str,
}

/// The events of `#[on(…)]`.
pub(crate) const EVENTS: &[Event] = &[
    Event {
        name: "message",
        route: "on_message",
        context: "MessageCx",
        meaning: "A message that is no command of this bot.",
    },
    Event {
        name: "message_update",
        route: "on_message_update",
        context: "MessageUpdateCx",
        meaning: "A message was edited.",
    },
    Event {
        name: "message_delete",
        route: "on_message_delete",
        context: "MessageDeleteCx",
        meaning: "A message was deleted.",
    },
    Event {
        name: "join",
        route: "on_join",
        context: "JoinCx",
        meaning: "The bot was opened in a private chat or invited to a group chat.",
    },
    Event {
        name: "reaction",
        route: "on_reaction",
        context: "ReactionCx",
        meaning: "Somebody reacted to a message of the bot; with bot API v2 only.",
    },
    Event {
        name: "context",
        route: "on_context",
        context: "ContextCx",
        meaning: "The dialog was opened by a link with data for the bot; with bot API v2 only.",
    },
    Event { name: "install", route: "on_install", context: "InstallCx", meaning: "The application was installed." },
    Event { name: "update", route: "on_update", context: "UpdateCx", meaning: "The application was updated." },
    Event { name: "delete", route: "on_delete", context: "DeleteCx", meaning: "The bot was removed from the portal." },
    Event { name: "other", route: "on_other", context: "OtherCx", meaning: "Any event that has no handler above." },
];

/// The colours of `color = …`.
pub(crate) const COLORS: &[Choice] = &[
    choice("Red"),
    choice("Green"),
    choice("Mint"),
    choice("LightBlue"),
    choice("DarkBlue"),
    choice("Purple"),
    choice("Aqua"),
    choice("Pink"),
    choice("Lime"),
    choice("Brown"),
    choice("Azure"),
    choice("Khaki"),
    choice("Sand"),
    choice("Marengo"),
    choice("Gray"),
    choice("Graphite"),
];

/// The backgrounds of `background = …`.
pub(crate) const BACKGROUNDS: &[Choice] = &[
    choice("Azure"),
    choice("Mint"),
    choice("Steel"),
    choice("Slate"),
    choice("Teal"),
    choice("Cornflower"),
    choice("Sky"),
    choice("Peach"),
    choice("Frost"),
];

/// The kinds of `kind = …`.
pub(crate) const KINDS: &[Choice] = &[choice("Bot"), choice("Human"), choice("OpenLine"), choice("Supervisor")];

/// The genders of `gender = …`.
pub(crate) const GENDERS: &[Choice] = &[Choice { name: "M", variant: "Male" }, Choice { name: "F", variant: "Female" }];

/// A choice that is called as its variant.
const fn choice(name: &'static str) -> Choice {
    Choice { name, variant: name }
}
