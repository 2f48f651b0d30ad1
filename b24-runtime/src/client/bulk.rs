//! Long lists, 50 pages a call.

mod read;

use std::{fmt, future::ready};

use futures_util::{Stream, StreamExt};

use super::{Cause, Error, Pages};
use crate::wire::{FromNode, Node};

/// How many calls are under way at once. A portal works through one for seconds.
const AT_ONCE: usize = 3;

/// The items of a long list, in the order of the portal. Made by [`Pages::in_bulk`].
///
/// Pages travel 50 a call (`batch`). Where a page begins at a number that can be counted up, and the portal told how
/// many items there are, several calls are under way at once; where it begins after the last item of the one before,
/// the pages of a call refer to each other. The calls are background work: they give way to those that somebody waits
/// for. As with any list that is read in pages, what is added or removed meanwhile may be missed or come twice.
///
/// ```
/// # use b24_runtime::{Client, Error, api};
/// # async fn example(client: Client) -> Result<(), Error> {
/// let users = client
///     .pages(api::im::search::user::list("an"))
///     .in_bulk()
///     .progress(|progress| eprintln!("{} of {:?}", progress.read, progress.total))
///     .all()
///     .await?;
/// # let _ = users;
/// # Ok(()) }
/// ```
pub struct Bulk<T> {
    pages: Pages<T>,
    at_once: usize,
    progress: Option<Box<dyn FnMut(Progress) + Send>>,
}

/// How far a [`Bulk`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of items that were read.
    pub read: u64,
    /// The number of items in the whole list, where the portal told it.
    pub total: Option<u64>,
}

impl<T> fmt::Debug for Bulk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl<T: FromNode + 'static> Bulk<T> {
    pub(super) fn new(mut pages: Pages<T>) -> Self {
        pages.client = pages.client.in_background();
        Self { pages, at_once: AT_ONCE, progress: None }
    }

    /// Has at most so many calls under way at once, 3 if it is not told.
    pub fn at_once(mut self, calls: usize) -> Self {
        self.at_once = calls.max(1);
        self
    }

    /// Calls this after every page.
    pub fn progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// All items.
    ///
    /// # Errors
    /// The first one that a page or an item gave.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let mut pages = std::pin::pin!(self.into_pages());
        while let Some(page) = pages.next().await {
            all.extend(page?);
        }
        Ok(all)
    }

    /// The items as a stream of pages. After an error it ends.
    pub fn into_pages(self) -> impl Stream<Item = Result<Vec<T>, Error>> {
        let Self { pages, at_once, mut progress } = self;
        let method = pages.method;
        let mut read = 0;
        let typed = read::pages(pages, at_once).map(move |page| {
            let (items, total) = page?;
            read += items.len() as u64;
            if let Some(tell) = &mut progress {
                tell(Progress { read, total });
            }
            let typed = items.iter().map(|item| T::from_node(Node::Json(item))).collect::<Result<Vec<T>, _>>();
            typed.map_err(|error| Error::new(method.name, Cause::Decode(error)))
        });
        typed.scan(false, |is_over, page| {
            let page = (!*is_over).then_some(page);
            *is_over = page.as_ref().is_none_or(Result::is_err);
            ready(page)
        })
    }
}
