use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::{BoxFuture, Result, types::DialogId};

/// Where a client stands: the numbers that led there, none for the menu itself.
pub type Place = Vec<u32>;

/// Keeps where clients stand in the menu of an open line, by the domain of the portal and the dialog.
///
/// [`InMemory`] forgets it when the process ends: clients then begin at the top. A bot with a database may keep it there.
pub trait Places: Send + Sync {
    /// Where a client stands; `None` for one who was shown nothing yet.
    ///
    /// # Errors
    /// When it cannot be read.
    fn find<'a>(&'a self, portal: &'a str, dialog: DialogId) -> BoxFuture<'a, Result<Option<Place>>>;

    /// Keeps where a client stands, or with `None` forgets it.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn keep<'a>(&'a self, portal: &'a str, dialog: DialogId, place: Option<Place>) -> BoxFuture<'a, Result>;
}

/// Keeps places until the process ends, at most 10,000 of them.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<HashMap<(String, DialogId), Place>>);

impl InMemory {
    const MOST: usize = 10_000;
}

impl Places for InMemory {
    fn find<'a>(&'a self, portal: &'a str, dialog: DialogId) -> BoxFuture<'a, Result<Option<Place>>> {
        let places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = places.get(&(portal.to_owned(), dialog)).cloned();
        Box::pin(async { Ok(found) })
    }

    fn keep<'a>(&'a self, portal: &'a str, dialog: DialogId, place: Option<Place>) -> BoxFuture<'a, Result> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let client = (portal.to_owned(), dialog);
        match place {
            Some(place) => {
                // Clients who went away in the middle are never forgotten one by one.
                if places.len() >= Self::MOST {
                    places.clear();
                }
                places.insert(client, place);
            }
            None => drop(places.remove(&client)),
        }
        Box::pin(async { Ok(()) })
    }
}
