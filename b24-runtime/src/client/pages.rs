//! Lists that come in pages, read as one list.

use std::{collections::VecDeque, fmt, marker::PhantomData};

use futures_util::{Stream, stream};
use serde_json::Value;

use super::{Bulk, Cause, Client, Error, transport::Answer};
use crate::{
    request::{Advance, Method, Paging},
    wire::{FromNode, Node, Params, value_at},
};

/// The items of a list in pages, in the order of the portal. Made by [`Client::pages`].
///
/// Each page is fetched when its first item is asked for. After an error it ends.
pub struct Pages<T> {
    pub(super) client: Client,
    pub(super) method: &'static Method,
    /// The next call; `None` where there is no more.
    pub(super) next: Option<Params>,
    /// How many items the pages so far were asked to have.
    pub(super) asked: u64,
    pub(super) waiting: VecDeque<Value>,
    pub(super) total: Option<u64>,
    item: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("method", &self.method.name).finish_non_exhaustive()
    }
}

impl<T: FromNode> Pages<T> {
    pub(super) fn new(client: Client, method: &'static Method, params: Params) -> Self {
        let asked = method.paging.and_then(|paging| params.number(paging.param)).unwrap_or_default();
        Self { client, method, next: Some(params), asked, waiting: VecDeque::new(), total: None, item: PhantomData }
    }

    /// The number of items in the whole list, where the portal told it with a page.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        while self.waiting.is_empty() {
            let params = self.next.take()?;
            if let Err(error) = self.fetch(params).await {
                return Some(Err(error));
            }
        }
        let item = self.waiting.pop_front()?;
        let item = T::from_node(Node::Json(&item));
        if item.is_err() {
            self.next = None;
            self.waiting.clear();
        }
        Some(item.map_err(|error| Error::new(self.method.name, Cause::Decode(error))))
    }

    /// All items that are left.
    ///
    /// # Errors
    /// The first one that a page or an item gave.
    pub async fn all(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// The same as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<T, Error>> {
        stream::unfold(self, |mut pages| async move { pages.next().await.map(|item| (item, pages)) })
    }

    pub(super) async fn fetch(&mut self, params: Params) -> Result<(), Error> {
        let answer = self.client.execute(self.method, params.clone()).await?;
        self.total = answer.total.or(self.total);
        let Some(paging) = self.method.paging else { return Ok(()) };
        let items = items(&paging, &answer.result)
            .ok_or_else(|| Error::new(self.method.name, Cause::Decode(no_list(&paging, &answer.result))))?;
        let next = self.position(&paging, &params, &answer, &items);
        self.next = next.map(|positions| {
            let mut params = params;
            for (path, value) in positions {
                params.set_at(path, value);
            }
            params
        });
        self.waiting.extend(items);
        Ok(())
    }

    /// The parameters of the next call, unless this was the last page.
    pub(super) fn position(
        &mut self,
        paging: &Paging,
        params: &Params,
        answer: &Answer,
        items: &[Value],
    ) -> Option<Vec<(&'static str, Value)>> {
        let flag = |way| value_at(&answer.result, way).map(|flag| bool::from_node(Node::Json(flag)).unwrap_or(false));
        if paging.more.and_then(flag) == Some(false) || items.is_empty() {
            return None;
        }
        let size = page_size(paging, params);
        let is_short = size.is_some_and(|size| (items.len() as u64) < size) && paging.more.is_none();
        let item = if paging.from_first { items.first()? } else { items.last()? };
        let position = match paging.by {
            Advance::Start => Value::from(answer.next?),
            Advance::Offset => {
                self.asked += size.unwrap_or(items.len() as u64);
                let is_all = answer.total.is_some_and(|total| self.asked >= total);
                (!is_all && !is_short).then(|| Value::from(self.asked))?
            }
            Advance::LastId(way) | Advance::LastDate(way) => (!is_short).then(|| value_at(item, way))??.clone(),
            Advance::Next(way) => value_at(&answer.result, way)?.clone(),
        };
        // A portal that repeats itself would be asked for ever.
        if position.is_null() || params.at(paging.param) == Some(&position) {
            return None;
        }
        let more = paging.with.iter().filter_map(|(param, way)| Some((*param, value_at(item, way)?.clone())));
        Some(std::iter::once((paging.param, position)).chain(more).collect())
    }
}

impl<T: FromNode + 'static> Pages<T> {
    /// The same list, read 50 pages a call: for what is long. See [`Bulk`].
    pub fn in_bulk(self) -> Bulk<T> {
        Bulk::new(self)
    }
}

/// How many items a page has, as far as that is known.
pub(super) fn page_size(paging: &Paging, params: &Params) -> Option<u64> {
    paging.size.and_then(|size| params.number(size)).or(paging.page.map(u64::from))
}

/// The list in a result; an object stands for the list of what it holds.
pub(super) fn items(paging: &Paging, result: &Value) -> Option<Vec<Value>> {
    match value_at(result, paging.items) {
        Some(Value::Array(items)) => Some(items.clone()),
        Some(Value::Object(items)) => Some(items.values().cloned().collect()),
        Some(Value::Null | Value::Bool(false)) | None => Some(Vec::new()),
        Some(_) => None,
    }
}

pub(super) fn no_list(paging: &Paging, result: &Value) -> crate::wire::DecodeError {
    crate::wire::DecodeError::new("a list", Node::Json(result)).at(paging.items)
}
