//! How a list continues.

use super::{
    comparison::Comparison,
    difference::Action,
    place::{Place, major, minor},
};
use crate::{Advance, Paging};

impl Comparison<'_> {
    pub(super) fn paging(&mut self, owner: &Place, old: Option<&Paging>, new: Option<&Paging>) {
        let at = owner.key("paging");
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(new)) => {
                let ruling = minor("it can be called page by page, and as before");
                let predicate = format!("comes in pages, which continue {}", advance(&new.by));
                return self.tell(&at, Action::Added, ruling, predicate);
            }
            (Some(_), None) => {
                let ruling = major("it cannot be called page by page any more");
                return self.tell(&at, Action::Removed, ruling, "does not come in pages any more");
            }
            (Some(old), Some(new)) => (old, new),
        };
        let client = minor("the client finds the pages another way");
        if old.by != new.by {
            let predicate = format!("continues {} now, it was {}", advance(&new.by), advance(&old.by));
            self.tell(&at.key("by"), Action::Changed, client, predicate);
        }
        if old.items != new.items {
            let ruling = major("the items of a page may be of another type");
            let shown = |way: &str| if way.is_empty() { "the result itself".to_owned() } else { format!("`{way}`") };
            let predicate = format!("has its list in {} now, it was {}", shown(&new.items), shown(&old.items));
            self.tell(&at.key("items"), Action::Changed, ruling, predicate);
        }
        let with = |paging: &Paging| {
            let mut with: Vec<String> = paging.with.iter().map(|(param, way)| format!("{param} of {way}")).collect();
            with.sort();
            Some(with.join(", ")).filter(|with| !with.is_empty())
        };
        let take = |paging: &Paging| Some(if paging.from_first { "first" } else { "last" }.to_owned());
        let number = |paging: &Paging| paging.page.map(|number| number.to_string());
        let keys = [
            ("param", "carries the position in", Some(old.param.clone()), Some(new.param.clone())),
            ("size", "has the size of a page in", old.size.clone(), new.size.clone()),
            ("page", "has this number of items a page:", number(old), number(new)),
            ("take", "continues after this item of a page:", take(old), take(new)),
            ("with", "also continues with", with(old), with(new)),
            ("more", "tells that there is more in", old.more.clone(), new.more.clone()),
        ];
        for (key, verb, was, is) in keys {
            if was != is {
                let shown = |value: Option<String>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
                self.tell(
                    &at.key(key),
                    Action::Changed,
                    client,
                    format!("{verb} {} now, it was {}", shown(is), shown(was)),
                );
            }
        }
    }
}

fn advance(by: &Advance) -> String {
    match by {
        Advance::Start => "at `next` beside the result".to_owned(),
        Advance::Offset => "at the number of items so far".to_owned(),
        Advance::LastId(way) | Advance::LastDate(way) => format!("at `{way}` of an item"),
        Advance::Next(way) => format!("at `{way}` of the result"),
    }
}
