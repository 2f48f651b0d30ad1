//! Methods.

use super::{
    comparison::{Comparison, Edge, Shift, Words},
    difference::{Action, Subject},
    members::Members,
    pairs::{Pair, by_name, sorted},
    place::{Place, Ruling, Ways, major, minor, patch},
};
use crate::{Method, Status, Through};

impl Comparison<'_> {
    pub(super) fn methods(&mut self) {
        let pairs =
            by_name(self.old.methods.values(), self.new.methods.values(), |method| (&method.name, &method.aliases));
        for pair in sorted(pairs, |method| &method.name) {
            match pair {
                Pair::Both(old, new) => self.method(old, new),
                Pair::New(method) => {
                    let at = Place::of(Subject::Method, &method.name);
                    let predicate = format!("is new: {}", method.summary.trim_end_matches('.'));
                    self.tell(&at, Action::Added, minor("nobody calls it yet"), predicate);
                }
                Pair::Gone(method) => {
                    let at = Place::of(Subject::Method, &method.name);
                    self.tell(&at, Action::Removed, major("who calls it has to stop"), "is gone");
                }
            }
        }
    }

    fn method(&mut self, old: &Method, new: &Method) {
        let at = Place::of(Subject::Method, &new.name);
        if old.name != new.name {
            let ruling = major("programs know it by its name");
            self.tell(&at, Action::Changed, ruling, format!("was named `{}`", old.name));
        }
        self.prose(&at.key("summary"), &old.summary, &new.summary, "is described in other words");
        self.access(&at, old, new);
        self.revision(&at.key("since"), Edge::Since, (old.since.as_ref(), new.since.as_ref()), |shift| match shift {
            Shift::Learnt | Shift::Later => minor("the client refuses to call it on older portals"),
            Shift::Earlier => patch("the client calls it on older portals too"),
            Shift::Forgotten => major("programs that ask the bindings for it do not compile"),
        });
        self.revision(&at.key("until"), Edge::Until, (old.until.as_ref(), new.until.as_ref()), |shift| match shift {
            Shift::Learnt | Shift::Earlier => minor("the client refuses to call it on newer portals"),
            Shift::Forgotten | Shift::Later => patch("the client calls it on newer portals too"),
        });
        self.status(&at.key("status"), &old.status, &new.status);
        self.aliases(
            &at.key("aliases"),
            (&old.name, &old.aliases),
            (&new.name, &new.aliases),
            patch("the bindings use its own name"),
        );
        match (old.idempotent, new.idempotent) {
            (true, false) => {
                let ruling = major("the client does not repeat it any more, and neither should who calls it");
                self.tell(&at.key("idempotent"), Action::Changed, ruling, "is not safe to repeat any more");
            }
            (false, true) => {
                let ruling = minor("the client repeats it where an answer is lost");
                self.tell(&at.key("idempotent"), Action::Changed, ruling, "is safe to repeat now");
            }
            _ => {}
        }
        let params = at.list("params", "parameter").going(Ways::INPUT);
        self.members(&params, Members::of(&old.params, &old.groups), Members::of(&new.params, &new.groups));
        self.result(&at.result(), &old.result, &new.result);
        self.paging(&at, old.paging.as_ref(), new.paging.as_ref());
        self.errors(&at, &old.errors, &new.errors);
        self.prose(&at.key("rules"), &old.rules, &new.rules, "has other rules in words");
        self.prose(&at.key("docs"), &old.docs, &new.docs, "is documented on another page");
    }

    /// Who may call it.
    fn access(&mut self, at: &Place, old: &Method, new: &Method) {
        self.scope(at, &old.scope, &new.scope);
        let words = Words {
            has: "may be called with the permission",
            has_no_more: "may not be called any more with the permission",
            added: minor("whoever could call it still can"),
            removed: major("applications with that permission alone are refused"),
        };
        // Which of them stands first is told as the scope.
        let without = |scopes: &[String], scope: &String| -> Vec<String> {
            scopes.iter().filter(|other| *other != scope).cloned().collect()
        };
        let (was, is) = (without(&old.other_scopes, &new.scope), without(&new.other_scopes, &old.scope));
        self.words(&at.key("other_scopes"), &was, &is, &words);
        if old.rest3 != new.rest3 {
            let ruling = minor("the client calls it where it stands");
            let home = if new.rest3 { "REST 3.0" } else { "the older REST" };
            self.tell(&at.key("rest"), Action::Changed, ruling, format!("stands at the address of {home} now"));
        }
        if old.only != new.only {
            let (ruling, predicate) = match new.only {
                None => (minor("whoever could call it still can"), "may be called by applications and webhooks now"),
                Some(Through::Application) => (major("webhooks are refused"), "may be called by applications only now"),
                Some(Through::Webhook) => (major("applications are refused"), "may be called by webhooks only now"),
            };
            self.tell(&at.key("only"), Action::Changed, ruling, predicate);
        }
        match (old.admin, new.admin) {
            (false, true) => {
                let ruling = major("other users are refused");
                self.tell(&at.key("admin"), Action::Changed, ruling, "may be called by administrators only now");
            }
            (true, false) => {
                let ruling = minor("whoever could call it still can");
                self.tell(&at.key("admin"), Action::Changed, ruling, "may be called by anybody now");
            }
            _ => {}
        }
    }

    /// The permission that a method or an event needs.
    pub(super) fn scope(&mut self, at: &Place, old: &str, new: &str) {
        if old != new {
            let shown = |scope: &str| if scope.is_empty() { "no permission".to_owned() } else { format!("`{scope}`") };
            let ruling = major("applications need another permission, and bindings are built by permission");
            let predicate = format!("needs {} now, it was {}", shown(new), shown(old));
            self.tell(&at.key("scope"), Action::Changed, ruling, predicate);
        }
    }

    /// Whether it is what one should use today.
    pub(super) fn status(&mut self, at: &Place, old: &Status, new: &Status) {
        if old == new {
            return;
        }
        let (action, ruling, predicate) = match (old, new) {
            (Status::Deprecated(_), Status::Deprecated(replacement)) => {
                let instead = replacement.as_ref().map_or("by nothing".to_owned(), |name| format!("by `{name}`"));
                (Action::Reworded, patch("it was deprecated already"), format!("is replaced {instead} now"))
            }
            (_, Status::Deprecated(Some(replacement))) => {
                let ruling = minor("the compiler warns who uses it");
                (Action::Deprecated, ruling, format!("is deprecated: use `{replacement}`"))
            }
            (_, Status::Deprecated(None)) => {
                let ruling = minor("the compiler warns who uses it");
                (Action::Deprecated, ruling, "is deprecated, and nothing replaces it".to_owned())
            }
            (Status::Deprecated(_), _) => {
                let ruling = minor("the compiler does not warn any more");
                (Action::Changed, ruling, "is not deprecated any more".to_owned())
            }
            (_, Status::Undocumented) => {
                (Action::Reworded, patch("it works as before"), "is not documented any more".to_owned())
            }
            (_, Status::Current) => (Action::Reworded, patch("it works as before"), "is documented now".to_owned()),
        };
        self.tell(at, action, ruling, predicate);
    }

    /// Other names, without the one that it lost or got as its own.
    pub(super) fn aliases(
        &mut self,
        at: &Place,
        (was, old): (&str, &[String]),
        (is, new): (&str, &[String]),
        removed: Ruling,
    ) {
        let words = Words {
            has: "is also known as",
            has_no_more: "is not known any more as",
            added: patch("the bindings use its own name"),
            removed,
        };
        let without = |aliases: &[String]| -> Vec<String> {
            aliases.iter().filter(|alias| *alias != was && *alias != is).cloned().collect()
        };
        self.words(at, &without(old), &without(new), &words);
    }
}
