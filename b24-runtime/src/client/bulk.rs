//! Long lists, 50 pages a call.

use std::fmt;

use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;

use super::{
    Cause, Error, Pages,
    batch::{Command, Earlier, MOST, Outcome},
    pages::{items, no_list},
};
use crate::{
    request::{Advance, Paging},
    wire::{FromNode, Node},
};

/// How many batches are under way at once. A portal works through one for seconds.
const AT_ONCE: usize = 3;

/// The items of a long list, in the order of the portal. Made by [`Pages::in_bulk`].
///
/// The first page is read by itself; the others travel 50 a call. Where a page begins at a number that can be counted
/// up, several calls are under way at once; where it begins after the last item of the one before, the pages of a call
/// refer to each other. The calls are background work: they give way to those that somebody waits for.
///
/// ```no_run
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

impl<T: FromNode> Bulk<T> {
    pub(super) fn new(mut pages: Pages<T>) -> Self {
        pages.client = pages.client.in_background();
        Self { pages, progress: None }
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
        let Self { pages, mut progress } = self;
        let method = pages.method;
        let mut read = 0;
        raw(pages).map(move |page| {
            let (items, total) = page?;
            read += items.len() as u64;
            if let Some(tell) = &mut progress {
                tell(Progress { read, total });
            }
            let typed = items.iter().map(|item| T::from_node(Node::Json(item))).collect::<Result<Vec<T>, _>>();
            typed.map_err(|error| Error::new(method.name, Cause::Decode(error)))
        })
    }
}

/// A page: its items, and how many there are in all.
type Page = (Vec<Value>, Option<u64>);

/// The pages one after the other; the last of them may be an error.
fn raw<T: FromNode>(pages: Pages<T>) -> impl Stream<Item = Result<Page, Error>> {
    let rounds = stream::unfold(Some(Reader::First(pages)), |reader| async move {
        match reader?.read().await {
            Ok((pages, next)) => Some((pages.into_iter().map(Ok).collect(), next)),
            Err(error) => Some((vec![Err(error)], None)),
        }
    });
    rounds.flat_map(|pages: Vec<Result<Page, Error>>| stream::iter(pages))
}

/// How the list is read on from where it is.
enum Reader<T> {
    /// By a page that tells what comes after it.
    First(Pages<T>),
    /// By positions that are counted up to the number of items.
    Counted { pages: Pages<T>, at: u64, step: u64, total: u64 },
    /// By pages that refer to the one before them.
    Chained(Pages<T>),
}

impl<T: FromNode> Reader<T> {
    /// As many pages as go at once, and what comes after them.
    async fn read(self) -> Result<(Vec<Page>, Option<Self>), Error> {
        match self {
            Self::First(pages) => first(pages).await,
            Self::Counted { pages, at, step, total } => counted(pages, at, step, total).await,
            Self::Chained(pages) => chained(pages).await,
        }
    }
}

type Read<T> = Result<(Vec<Page>, Option<Reader<T>>), Error>;

async fn first<T: FromNode>(mut pages: Pages<T>) -> Read<T> {
    let (Some(params), Some(paging)) = (pages.next.take(), pages.method.paging) else { return Ok((Vec::new(), None)) };
    let began = params.number(paging.param).unwrap_or_default();
    pages.fetch(params).await?;
    let page = (pages.waiting.drain(..).collect(), pages.total);
    let Some(next) = &pages.next else { return Ok((vec![page], None)) };
    let counts_up = matches!(paging.by, Advance::Start | Advance::Offset);
    let position = next.number(paging.param).filter(|position| counts_up && *position > began);
    let reader = match position.zip(pages.total) {
        Some((at, total)) => Reader::Counted { pages, at, step: at - began, total },
        None => Reader::Chained(pages),
    };
    Ok((vec![page], Some(reader)))
}

async fn counted<T: FromNode>(pages: Pages<T>, at: u64, step: u64, total: u64) -> Read<T> {
    let (Some(params), Some(paging)) = (pages.next.clone(), pages.method.paging) else { return Ok((Vec::new(), None)) };
    let positions = std::iter::successors(Some(at), |at| at.checked_add(step)).take_while(|at| *at < total);
    let commands: Vec<Command> = positions
        .take(MOST * AT_ONCE)
        .map(|position| {
            let mut params = params.clone();
            params.set_at(paging.param, position.into());
            Command { method: pages.method, params }
        })
        .collect();
    let batches = commands.chunks(MOST).map(|chunk| pages.client.run_at_once(chunk, false));
    let mut read = Vec::with_capacity(commands.len());
    for Outcome(outcome) in futures_util::future::try_join_all(batches).await?.into_iter().flatten() {
        let answer = outcome?;
        read.push((list(&pages, &paging, &answer.result)?, answer.total.or(Some(total))));
    }
    let at = at + step * commands.len() as u64;
    Ok((read, (at < total).then_some(Reader::Counted { pages, at, step, total })))
}

async fn chained<T: FromNode>(mut pages: Pages<T>) -> Read<T> {
    let (Some(mut params), Some(paging)) = (pages.next.take(), pages.method.paging) else {
        return Ok((Vec::new(), None));
    };
    let size = paging.size.and_then(|size| params.number(size)).or(paging.page.map(u64::from));
    let mut commands = vec![Command { method: pages.method, params: params.clone() }];
    if let Some(links) = links(&paging, size) {
        for before in 0..MOST - 1 {
            let mut params = params.clone();
            for (param, way) in &links {
                let position = way.iter().fold(Earlier::call(before), |place, step| place.field(step));
                params.set_at(param, position.to_string().into());
            }
            commands.push(Command { method: pages.method, params });
        }
    }
    let mut read = Vec::new();
    for Outcome(outcome) in pages.client.run_at_once(&commands, false).await? {
        let answer = outcome?;
        pages.total = answer.total.or(pages.total);
        let items = list(&pages, &paging, &answer.result)?;
        let next = pages.position(&paging, &params, &answer, &items);
        let is_full = size.is_none_or(|size| items.len() as u64 == size);
        read.push((items, pages.total));
        let Some(positions) = next else { return Ok((read, None)) };
        for (param, position) in positions {
            params.set_at(param, position);
        }
        // The next page refers to an item that this one does not have.
        if !is_full {
            break;
        }
    }
    pages.next = Some(params);
    Ok((read, Some(Reader::Chained(pages))))
}

/// For each parameter of the position the way to it in the page before; `None` where that cannot be told beforehand.
fn links(paging: &Paging, size: Option<u64>) -> Option<Vec<(&'static str, Vec<String>)>> {
    let steps = |way: &str| way.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let of_item = |way: &str| {
        let index = if paging.from_first { 0 } else { size?.checked_sub(1)? };
        Some([steps(paging.items), vec![index.to_string()], steps(way)].concat())
    };
    let position = match paging.by {
        Advance::Start | Advance::Offset => return None,
        Advance::LastId(way) | Advance::LastDate(way) => of_item(way)?,
        Advance::Next(way) => steps(way),
    };
    let more = paging.with.iter().map(|(param, way)| Some((*param, of_item(way)?)));
    std::iter::once(Some((paging.param, position))).chain(more).collect()
}

fn list<T>(pages: &Pages<T>, paging: &Paging, result: &Value) -> Result<Vec<Value>, Error> {
    items(paging, result).ok_or_else(|| Error::new(pages.method.name, Cause::Decode(no_list(paging, result))))
}
