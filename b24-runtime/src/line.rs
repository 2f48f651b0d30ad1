//! Menus for open lines: what a client types leads through them.
//!
//! A client comes through a messenger that may know no buttons, so a menu is text, and a choice is its number.

mod places;
mod step;

use self::step::Deed;
pub use self::{
    places::{InMemory, Place, Places},
    step::Step,
};
use crate::{
    InDialog, JoinCx, MessageCx, Result,
    message::Text,
    types::{ChatEntityType, ChatId, DialogId},
};

/// A menu of an open line, with menus inside.
///
/// It is made anew for each message, so its texts can name the client and its functions use the bot. Where a client
/// stands in it is kept in [`Places`].
///
/// ```
/// use b24_runtime::{line::{InMemory, LineMenu, Step}, prelude::*, types::LineId};
///
/// #[derive(Default)]
/// struct FirstAid {
///     places: InMemory,
/// }
///
/// #[bot(code = "first-aid", name = "First aid", kind = OpenLine)]
/// impl FirstAid {
///     #[on(message)]
///     async fn message(&self, cx: &MessageCx) -> Result {
///         self.menu(&cx.user().name).answer(cx, &self.places).await.map(drop)
///     }
///
///     #[on(join)]
///     async fn join(&self, cx: &JoinCx) -> Result {
///         LineMenu::begin(cx, &self.places).await
///     }
/// }
///
/// impl FirstAid {
///     fn menu(&self, name: &str) -> LineMenu<'_> {
///         let orders = LineMenu::new("Your orders")
///             .item(1, "Somebody from sales", Step::line(LineId(2)).saying("Sales will be with you"))
///             .item(2, "How many there are", Step::run(async |_cx: MessageCx| "Three"))
///             .item(9, "Back", Step::back());
///         LineMenu::new(format!("Hello, {name}! What is it?"))
///             .item(1, "Opening hours", Step::say("From nine to five"))
///             .item(2, "My orders", Step::open(orders))
///             .item(3, "That is all", Step::finish().saying("Goodbye!"))
///             .item(0, "A person, please", Step::operator().saying("One moment"))
///     }
/// }
/// ```
#[derive(Debug)]
pub struct LineMenu<'a> {
    text: Text,
    items: Vec<(u32, Text, Step<'a>)>,
    unknown: Text,
}

impl<'a> LineMenu<'a> {
    /// A menu with what stands above its items.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), items: Vec::new(), unknown: "Please type one of the numbers.".into() }
    }

    /// Adds an item: its number, its words, and what it does. One with the same number takes its place.
    ///
    /// The platform itself hands a client who types 0 to the operators.
    pub fn item(mut self, number: u32, words: impl Into<Text>, step: Step<'a>) -> Self {
        self.items.retain(|(known, ..)| *known != number);
        self.items.push((number, words.into(), step));
        self
    }

    /// What is said, before the menu again, to a client who types something else.
    pub fn or_else(mut self, text: impl Into<Text>) -> Self {
        self.unknown = text.into();
        self
    }

    /// Forgets where a client stood, when the bot comes into a conversation that begins. For `#[on(join)]`.
    ///
    /// # Errors
    /// When the place cannot be kept.
    pub async fn begin(cx: &JoinCx, places: &impl Places) -> Result {
        if chat_of(cx.event()).is_some() {
            places.keep(cx.portal(), cx.dialog(), None).await?;
        }
        Ok(())
    }

    /// Answers a message of a client: the first with the menu, each further one with what its number stands for
    /// (`imopenlines.bot.session.*`). Tells whether it was a client of an open line; nothing is done with messages of
    /// others. For `#[on(message)]`.
    ///
    /// # Errors
    /// When the place cannot be read or kept, a call fails, or a function of the menu does.
    pub async fn answer(&self, cx: &MessageCx, places: &impl Places) -> Result<bool> {
        let Some(chat) = chat_of(cx.event()).filter(|_| cx.user().is_connector) else { return Ok(false) };
        let place = places.find(cx.portal(), cx.dialog()).await?;
        let next = match place {
            None => {
                cx.reply(self.shown()).await?;
                Some(Vec::new())
            }
            Some(place) => self.choose(cx, chat, self.standing(&place)).await?,
        };
        places.keep(cx.portal(), cx.dialog(), next).await?;
        Ok(true)
    }

    /// Does what a client chose; gives where they stand then, or nothing if they left.
    async fn choose(&self, cx: &MessageCx, chat: ChatId, mut way: Vec<(u32, &Self)>) -> Result<Option<Place>> {
        let menu = way.last().map_or(self, |(_, menu)| *menu);
        let typed = cx.text().trim().trim_end_matches(['.', ')']);
        let chosen = menu.items.iter().find(|(number, ..)| typed.parse() == Ok(*number));
        let Some((number, _, step)) = chosen else {
            cx.reply(menu.unknown.clone().newline().newline().append(menu.shown())).await?;
            return Ok(Some(numbers(&way)));
        };
        match &step.deed {
            Deed::Open(inner) => way.push((*number, inner)),
            Deed::Back => drop(way.pop()),
            Deed::Top => way.clear(),
            _ => {}
        }
        let again = way.last().map_or(self, |(_, menu)| *menu).shown();
        let stays = step.take(cx, chat, again).await?;
        Ok(stays.then(|| numbers(&way)))
    }

    /// The menus on the way to a place, as far as there is one: the menu may have changed meanwhile.
    fn standing(&self, place: &[u32]) -> Vec<(u32, &Self)> {
        let (mut way, mut menu) = (Vec::new(), self);
        for number in place {
            let inner = menu.items.iter().find_map(|(known, _, step)| match &step.deed {
                Deed::Open(inner) if known == number => Some(inner),
                _ => None,
            });
            let Some(inner) = inner else { break };
            way.push((*number, inner));
            menu = inner;
        }
        way
    }

    fn shown(&self) -> Text {
        let items = self.items.iter();
        items.fold(self.text.clone(), |text, (number, words, _)| {
            text.newline().push(format!("{number}. ")).append(words.clone())
        })
    }
}

fn numbers(way: &[(u32, &LineMenu<'_>)]) -> Place {
    way.iter().map(|(number, _)| *number).collect()
}

/// The chat of an open line, as its operators see it.
fn chat_of(event: &impl InDialog) -> Option<ChatId> {
    let chat = event.chat();
    let named = match chat.dialog {
        DialogId::Chat(id) => Some(id),
        DialogId::User(_) | DialogId::Group(_) => None,
    };
    if chat.entity_type == Some(ChatEntityType::Lines) { chat.id.or(named) } else { None }
}
