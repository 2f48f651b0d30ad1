//! Which thing of the old spec is which of the new one.

/// A thing of both specs, or of one of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pair<'a, T> {
    Both(&'a T, &'a T),
    Gone(&'a T),
    New(&'a T),
}

/// Pairs things by name: the same, the same in other letter case, or one that is an alias of the other; those that are
/// gone come last.
pub(super) fn by_name<'a, T>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
    names: impl Fn(&'a T) -> (&'a str, &'a [String]),
) -> Vec<Pair<'a, T>> {
    let knows = |aliases: &[String], name: &str| aliases.iter().any(|alias| alias == name);
    pairs(old, new, |old, new| {
        let ((old, old_aliases), (new, new_aliases)) = (names(old), names(new));
        match () {
            () if old == new => Likeness::Same,
            () if old.eq_ignore_ascii_case(new) => Likeness::Close,
            () if knows(new_aliases, old) || knows(old_aliases, new) => Likeness::Distant,
            () => Likeness::None,
        }
    })
}

/// How alike two things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    Close,
    Distant,
    None,
}

/// Pairs each new thing with the old one that is most like it.
pub(super) fn pairs<'a, T>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
    likeness: impl Fn(&'a T, &'a T) -> Likeness,
) -> Vec<Pair<'a, T>> {
    let mut left: Vec<&T> = old.into_iter().collect();
    let mut found: Vec<Pair<'a, T>> = new.into_iter().map(Pair::New).collect();
    for wanted in [Likeness::Same, Likeness::Close, Likeness::Distant] {
        for pair in &mut found {
            let Pair::New(new) = *pair else { continue };
            if let Some(at) = left.iter().position(|old| likeness(old, new) == wanted) {
                *pair = Pair::Both(left.remove(at), new);
            }
        }
    }
    found.extend(left.into_iter().map(Pair::Gone));
    found
}

/// The pairs in the order of their names.
pub(super) fn sorted<'a, T>(mut pairs: Vec<Pair<'a, T>>, name: impl Fn(&'a T) -> &'a str) -> Vec<Pair<'a, T>> {
    pairs.sort_by_key(|pair| match pair {
        Pair::Both(_, thing) | Pair::Gone(thing) | Pair::New(thing) => name(thing),
    });
    pairs
}
