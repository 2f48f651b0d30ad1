use std::{collections::BTreeMap, ops::Bound, sync::Arc};

use serde::{Deserialize, Serialize};

/// Rows under ids that are counted up and never given out twice.
///
/// A copy shares the rows until they change, so it costs little however many there are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound = "Id: Ord + Serialize + serde::de::DeserializeOwned, Row: Serialize + serde::de::DeserializeOwned")]
pub(crate) struct Table<Id, Row> {
    rows: BTreeMap<Id, Arc<Row>>,
    last: u64,
}

impl<Id, Row> Default for Table<Id, Row> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), last: 0 }
    }
}

impl<Id: Copy + Ord + From<u64>, Row: Clone> Table<Id, Row> {
    pub(crate) fn insert(&mut self, row: impl FnOnce(Id) -> Row) -> Id {
        self.last += 1;
        let id = Id::from(self.last);
        self.rows.insert(id, Arc::new(row(id)));
        id
    }

    /// An id that no row will have.
    pub(crate) fn reserve(&mut self) -> Id {
        self.last += 1;
        Id::from(self.last)
    }

    pub(crate) fn get(&self, id: Id) -> Option<&Row> {
        self.rows.get(&id).map(Arc::as_ref)
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut Row> {
        self.rows.get_mut(&id).map(Arc::make_mut)
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<Row> {
        self.rows.remove(&id).map(Arc::unwrap_or_clone)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &Row> + Clone {
        self.rows.values().map(Arc::as_ref)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn contains(&self, id: Id) -> bool {
        self.rows.contains_key(&id)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.rows.values_mut().map(Arc::make_mut)
    }

    pub(crate) fn after(&self, id: Id) -> impl Iterator<Item = &Row> {
        self.rows.range((Bound::Excluded(id), Bound::Unbounded)).map(|(_, row)| row.as_ref())
    }

    pub(crate) fn retain(&mut self, is_kept: impl Fn(&Row) -> bool) {
        self.rows.retain(|_, row| is_kept(row));
    }

    /// Forgets the oldest row.
    pub(crate) fn pop_first(&mut self) {
        self.rows.pop_first();
    }

    /// Forgets the oldest rows until `count` are left.
    pub(crate) fn keep_last(&mut self, count: usize) {
        while self.rows.len() > count {
            self.rows.pop_first();
        }
    }
}
