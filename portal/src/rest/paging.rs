//! Lists that continue with `start`: fifty items at a time, with `total` and `next` beside them.

use b24_spec::{Method, Paging};
use serde_json::Value;

use super::Args;

/// How many items a page has where the spec does not tell.
const PAGE: usize = 50;

/// What stands beside a part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) total: Option<usize>,
    /// Where the next part begins, while there is one.
    pub(crate) next: Option<usize>,
}

/// The part that a call asks for. Who sends -1 as the position wants no counting and gets the first part.
pub(super) fn cut<T>(method: &Method, args: &Args, list: Vec<T>) -> (Vec<T>, Option<Page>) {
    let Some(paging) = &method.paging else { return (list, None) };
    let number = |name: &str| args.value(name).and_then(Value::as_i64);
    let position = number(&paging.param).unwrap_or_default();
    let param = method.params.iter().find(|param| param.name == paging.param);
    let last = param.and_then(|param| param.limit.as_ref()?.max);
    let start = usize::try_from(last.map_or(position, |last| position.min(last))).unwrap_or_default();
    let asked = paging.size.as_deref().and_then(number).and_then(|size| usize::try_from(size).ok());
    let usual = paging.page.and_then(|page| usize::try_from(page).ok()).unwrap_or(PAGE);
    let size = asked.filter(|size| *size > 0).unwrap_or(usual).min(most(method, paging));
    let total = list.len();
    let items = list.into_iter().skip(start).take(size).collect();
    let next = Some(start.saturating_add(size)).filter(|next| *next < total);
    (items, (position >= 0).then_some(Page { total: Some(total), next }))
}

/// How many items a page may have.
fn most(method: &Method, paging: &Paging) -> usize {
    let size = method.params.iter().find(|param| Some(&param.name) == paging.size.as_ref());
    let most = size.and_then(|param| param.limit.as_ref()?.max);
    most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
}
