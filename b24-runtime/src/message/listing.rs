use super::{Button, CommandCall, Keyboard, Reply, Text};

/// A page of a list, with buttons that turn it.
///
/// The number of the page is the argument of a command, so nothing has to be kept, and old messages go on working when
/// the bot starts anew. A button edits its own message:
///
/// ```
/// use b24_runtime::{message::Listing, prelude::*};
///
/// # struct Shop;
/// #[bot(code = "shop", name = "Shop")]
/// impl Shop {
///     /// Show what there is
///     #[command("goods")]
///     fn goods(&self, _cx: &CommandCx) -> Reply {
///         shelf(1)
///     }
///
///     #[command("turn", hidden)]
///     async fn turn(&self, cx: &CommandCx, page: usize) -> Result {
///         cx.edit_or_reply(shelf(page)).await
///     }
/// }
///
/// fn shelf(page: usize) -> Reply {
///     Listing::new(["Bread", "Milk", "Tea"]).page(page).per_page(2).turned_by(|page| cmd::Turn { page })
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Listing {
    items: Vec<Text>,
    /// Where `items` are one page of more.
    total: Option<usize>,
    page: usize,
    per_page: usize,
    heading: fn(usize, usize) -> Text,
    empty: Text,
    back: String,
    next: String,
}

impl Listing {
    /// A list of all these, its first page, with ten a page.
    pub fn new(items: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        Self {
            items: items.into_iter().map(Into::into).collect(),
            total: None,
            page: 1,
            per_page: 10,
            heading: |page, pages| Text::new().bold(format!("Page {page} of {pages}")),
            empty: "There is nothing to show.".into(),
            back: "\u{2190} Back".to_owned(),
            next: "Next \u{2192}".to_owned(),
        }
    }

    /// Shows this page, from 1 on. For one that does not exist the nearest is shown.
    pub fn page(mut self, page: usize) -> Self {
        self.page = page;
        self
    }

    /// Shows so many items a page, 10 if it is not said.
    pub fn per_page(mut self, items: usize) -> Self {
        self.per_page = items.max(1);
        self
    }

    /// The items are those of the page alone, out of so many: where a page is read at a time.
    pub fn out_of(mut self, total: usize) -> Self {
        self.total = Some(total);
        self
    }

    /// What stands above the items, from the number of the page and of all: a bold `Page 2 of 5` if it is not said.
    pub fn heading(mut self, heading: fn(usize, usize) -> Text) -> Self {
        self.heading = heading;
        self
    }

    /// What is said of a list without items.
    pub fn or_else(mut self, text: impl Into<Text>) -> Self {
        self.empty = text.into();
        self
    }

    /// The captions of the buttons, if not in English.
    pub fn captions(mut self, back: impl Into<String>, next: impl Into<String>) -> Self {
        (self.back, self.next) = (back.into(), next.into());
        self
    }

    /// The page as a message. Its buttons call a command with the number of the page to show, which should answer with
    /// [`edit_or_reply`](crate::CommandCx::edit_or_reply). A click locks the buttons until then.
    pub fn turned_by<C: CommandCall>(self, turn: impl Fn(usize) -> C) -> Reply {
        let total = self.total.unwrap_or(self.items.len());
        if total == 0 {
            return Reply::text(self.empty);
        }
        let pages = total.div_ceil(self.per_page);
        let page = self.page.clamp(1, pages);
        let before = if self.total.is_some() { 0 } else { (page - 1) * self.per_page };
        let shown = self.items.into_iter().skip(before).take(self.per_page);
        let text = shown.fold((self.heading)(page, pages), |text, item| match text.as_str() {
            "" => item,
            _ => text.newline().append(item),
        });
        let button = |caption: String, to: usize| Button::new(caption, turn(to)).locks_keyboard();
        let mut keyboard = Keyboard::new();
        if page > 1 {
            keyboard = keyboard.button(button(self.back, page - 1));
        }
        if page < pages {
            keyboard = keyboard.button(button(self.next, page + 1));
        }
        let reply = Reply::text(text);
        if keyboard.is_empty() { reply } else { reply.keyboard(keyboard) }
    }
}
