//! A list in rounds: what goes in a call, and what comes after it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;

use super::super::{
    Cause, Client, Error, Pages, Repeats,
    batch::{Command, Earlier, MOST, Outcome},
    pages::{items, no_list, page_size},
    retry::Attempts,
};
use crate::{
    request::{Advance, Method, Paging},
    wire::{FromNode, Params},
};

/// A page: its items, and how many there are in all.
pub(super) type Page = (Vec<Value>, Option<u64>);

/// The pages of a call; what could not be read is the last of them.
type Round = Vec<Result<Page, Error>>;

/// The pages one after the other.
pub(super) fn pages<T: FromNode + 'static>(
    mut pages: Pages<T>,
    at_once: usize,
) -> impl Stream<Item = Result<Page, Error>> {
    let caller = Caller::new(&pages.client);
    let first = async move {
        let read = round(&caller, &mut pages).await;
        (read, pages, caller)
    };
    stream::once(first).flat_map(move |(read, pages, caller)| {
        let rest = match positions(&pages) {
            Some(commands) => side_by_side(&caller, &commands, at_once).boxed(),
            None => one_by_one(caller, pages).boxed(),
        };
        stream::iter(read).chain(rest)
    })
}

fn one_by_one<T: FromNode + 'static>(caller: Caller, pages: Pages<T>) -> impl Stream<Item = Result<Page, Error>> {
    let rounds = stream::unfold((caller, pages), |(caller, mut pages)| async move {
        pages.next.is_some().then_some(())?;
        Some((round(&caller, &mut pages).await, (caller, pages)))
    });
    rounds.flat_map(stream::iter)
}

/// Calls whose pages do not depend on each other.
fn side_by_side(
    caller: &Caller,
    commands: &[Command],
    at_once: usize,
) -> impl Stream<Item = Result<Page, Error>> + use<> {
    let caller = caller.clone();
    let calls: Vec<Vec<Command>> = commands.chunks(MOST).map(<[Command]>::to_vec).collect();
    stream::iter(calls).map(move |call| all(caller.clone(), call)).buffered(at_once).flat_map(stream::iter)
}

/// The calls for the rest of a list whose pages begin at numbers that can be counted up to its end.
fn positions<T>(pages: &Pages<T>) -> Option<Vec<Command>> {
    let (params, paging, total) = (pages.next.as_ref()?, pages.method.paging?, pages.total?);
    let (first, step) = (params.number(paging.param)?, counted_step(&paging, params)?);
    let positions = std::iter::successors(Some(first), |at| at.checked_add(step)).take_while(|at| *at < total);
    Some(positions.map(|at| at_position(pages.method, &paging, params, at)).collect())
}

fn counted_step(paging: &Paging, params: &Params) -> Option<u64> {
    let counts_up = matches!(paging.by, Advance::Start | Advance::Offset);
    page_size(paging, params).filter(|size| counts_up && *size > 0)
}

fn at_position(method: &'static Method, paging: &Paging, params: &Params, position: u64) -> Command {
    let mut params = params.clone();
    params.set_at(paging.param, position.into());
    Command { method, params }
}

/// All of these pages, however often their method has to rest in between.
async fn all(caller: Caller, commands: Vec<Command>) -> Round {
    let mut read: Round = Vec::with_capacity(commands.len());
    while let Some(left) = commands.get(read.len()..).filter(|left| !left.is_empty()) {
        let before = read.len();
        for (Outcome(outcome), command) in caller.run(left).await.into_iter().zip(left) {
            match outcome.and_then(|answer| Ok((list(command.method, &answer.result)?, answer.total))) {
                Err(error) if error.is_too_fast() && read.len() > before => break,
                Err(error) => {
                    read.push(Err(error));
                    return read;
                }
                Ok(page) => read.push(Ok(page)),
            }
        }
    }
    read
}

/// As many pages as go into a call, as far as each goes on where the one before ended.
async fn round<T: FromNode>(caller: &Caller, pages: &mut Pages<T>) -> Round {
    let (Some(mut params), Some(paging)) = (pages.next.take(), pages.method.paging) else { return Vec::new() };
    let size = page_size(&paging, &params);
    let commands = ahead(pages.method, &paging, &params);
    let mut read = Vec::with_capacity(commands.len());
    for (index, Outcome(outcome)) in caller.run(&commands).await.into_iter().enumerate() {
        let page = outcome.and_then(|answer| Ok((list(pages.method, &answer.result)?, answer)));
        let (items, answer) = match page {
            Ok(page) => page,
            Err(error) if error.is_too_fast() && index > 0 => break,
            Err(error) => {
                read.push(Err(error));
                return read;
            }
        };
        pages.total = answer.total.or(pages.total);
        let next = pages.position(&paging, &params, &answer, &items);
        let is_full = size.is_some_and(|size| items.len() as u64 == size);
        read.push(Ok((items, pages.total)));
        let Some(positions) = next else { return read };
        for (param, position) in positions {
            params.set_at(param, position);
        }
        // The next page may have begun elsewhere, or referred to an item that this one does not have.
        let goes_on = match counted_step(&paging, &params) {
            Some(_) => commands.get(index + 1).is_some_and(|next| next.params == params),
            None => is_full || matches!(paging.by, Advance::Next(_)),
        };
        if !goes_on {
            break;
        }
    }
    pages.next = Some(params);
    read
}

/// This page and those after it, as far as it can be told beforehand where they begin.
fn ahead(method: &'static Method, paging: &Paging, params: &Params) -> Vec<Command> {
    let first = Command { method, params: params.clone() };
    let began = params.number(paging.param).unwrap_or_default();
    if let Some(step) = counted_step(paging, params) {
        let positions = (1..MOST as u64).map_while(|page| began.checked_add(page.checked_mul(step)?));
        let more = positions.map(|position| at_position(method, paging, params, position));
        return std::iter::once(first).chain(more).collect();
    }
    let Some(links) = links(paging, page_size(paging, params)) else { return vec![first] };
    let linked = |before: usize| {
        let mut params = params.clone();
        for (param, way) in &links {
            let position = way.iter().fold(Earlier::call(before), Earlier::field);
            params.set_at(param, position.to_string().into());
        }
        Command { method, params }
    };
    std::iter::once(first).chain((0..MOST - 1).map(linked)).collect()
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

/// Makes the calls of a list.
#[derive(Clone)]
struct Caller {
    client: Client,
    repeats: Repeats,
    /// How many pages the portal manages in one call: it has a minute for it.
    manages: Arc<AtomicUsize>,
}

impl Caller {
    fn new(client: &Client) -> Self {
        let repeats = client.manner.repeats;
        let manages = Arc::new(AtomicUsize::new(MOST));
        Self { client: client.with_repeats(Repeats::Never), repeats, manages }
    }

    /// Runs the first of these commands, as many as the portal manages. At least one is answered, or the only outcome is
    /// an error.
    async fn run(&self, commands: &[Command]) -> Vec<Outcome> {
        let mut attempts = Attempts::new(self.repeats, true);
        loop {
            let size = commands.len().min(self.manages.load(Ordering::Relaxed));
            let now = commands.get(..size).unwrap_or_default();
            let outcomes = self.client.run_at_once(now).await.unwrap_or_else(|error| vec![Outcome(Err(error))]);
            let Some(Outcome(Err(error))) = outcomes.first() else { return outcomes };
            let Some(wait) = attempts.again(error) else { return outcomes };
            if error.is_outcome_unknown() && size > 1 {
                self.manages.fetch_min(size / 2, Ordering::Relaxed);
            }
            tokio::time::sleep(wait).await;
        }
    }
}

fn list(method: &'static Method, result: &Value) -> Result<Vec<Value>, Error> {
    let Some(paging) = method.paging else { return Ok(Vec::new()) };
    items(&paging, result).ok_or_else(|| Error::new(method.name, Cause::Decode(no_list(&paging, result))))
}
