//! The platform's change log, and all days on which something begins or ends.

use b24_spec::{Change, Field, TypeKind};
use maud::{Markup, html};

use super::{
    shell,
    site::{Site, plain},
    view::View,
};
use crate::{entry::Entry, wording};

/// Something that happens on a day.
struct Dated<'a> {
    day: &'a str,
    what: String,
    /// The method, event or type that it happens to.
    name: &'a str,
}

pub(super) fn page(site: &Site<'_>) -> String {
    let view = View::top(site);
    let mut days = Vec::new();
    for change in &site.spec.changes {
        if let Some(day) = &change.effective {
            days.push(Dated { day, what: format!("{} is in force.", change.id), name: "" });
        }
    }
    for entry in Entry::all(site.spec) {
        collect(entry, &mut days);
    }
    days.sort_by_key(|dated| (dated.day, dated.name));
    let body = html! {
        h1.title { "Changes" }
        p.lead { "What the platform announced, newest first." }
        @if site.spec.changes.is_empty() { p { "The change log is empty." } }
        @for change in &site.spec.changes { (self::change(view, change)) }
        @if !days.is_empty() {
            section #days {
                h2 { "By day" }
                table.days {
                    tbody {
                        @for dated in &days {
                            tr {
                                th scope="row" { time { (dated.day) } }
                                td { @if !dated.name.is_empty() { (view.name(dated.name)) " " } (what(view, &dated.what)) }
                            }
                        }
                    }
                }
            }
        }
    };
    shell::page(view, "Changes", "changes.html", &body)
}

fn change(view: View<'_>, change: &Change) -> Markup {
    let kind = wording::change_kind(change.kind);
    html! {
        article.change id=(plain(&change.id)) {
            p.when { time { (change.published) } }
            div {
                h2 { a.own href={ "#" (plain(&change.id)) } { (change.id) } " " span class={ "badge " (kind) } { (kind) } }
                p { (view.prose(&change.summary)) }
                p.facts {
                    @if let Some(revision) = &change.revision {
                        (view.revision(revision, &wording::revision(revision)))
                    }
                    @if let Some(day) = &change.effective {
                        @if change.revision.is_some() { span.dot { " · " } }
                        "in force from " time { (day) }
                    }
                }
                @let names = change.methods.iter().chain(&change.events).map(String::as_str);
                @if change.methods.len() + change.events.len() > 8 {
                    details {
                        summary { (change.methods.len() + change.events.len()) " methods and events" }
                        p { (view.names(names)) }
                    }
                } @else {
                    p { (view.names(names)) }
                }
            }
        }
    }
}

/// What happens; the id of a change leads to it.
fn what(view: View<'_>, text: &str) -> Markup {
    let change = view
        .site
        .spec
        .changes
        .iter()
        .find(|change| text.strip_prefix(&change.id).is_some_and(|rest| rest.starts_with(' ')));
    match change {
        Some(change) => html! { a href={ "#" (plain(&change.id)) } { (change.id) } (text[change.id.len()..]) },
        None => view.prose(text),
    }
}

fn collect<'a>(entry: Entry<'a>, days: &mut Vec<Dated<'a>>) {
    match entry {
        Entry::Method(method) => fields(&method.name, "", &method.params, days),
        Entry::Event(event) => fields(&event.name, "", &event.data, days),
        Entry::Type(def) => {
            if let TypeKind::Object { fields: members, .. } = &def.kind {
                fields(&def.name, "", members, days);
            }
        }
    }
}

fn fields<'a>(name: &'a str, path: &str, list: &'a [Field], days: &mut Vec<Dated<'a>>) {
    for field in list {
        let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        if let Some(day) = &field.ends {
            days.push(Dated { day, what: format!("`{path}` is promised until this day."), name });
        }
        if let Some((limit, day)) = field.limit.as_ref().and_then(|limit| Some((limit, limit.from.as_ref()?))) {
            let bound = wording::limit(&b24_spec::Limit { from: None, ..limit.clone() });
            days.push(Dated { day, what: format!("`{path}` is {bound}."), name });
        }
        fields(name, &path, &field.fields, days);
    }
}
