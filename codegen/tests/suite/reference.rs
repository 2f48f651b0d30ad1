//! The reference in HTML: everything has a page, every link leads somewhere, and text stays text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use b24_codegen::reference::reference;
use b24_spec::{Change, ChangeKind, Counter, EnumValue, Since, Spec, Status, Step, TypeKind};

use crate::fixture::{ALL, folder, spec};

type Files = BTreeMap<String, String>;

/// The files that are pages.
fn pages(files: &Files) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| !["style.css", "reference.js"].contains(&path.as_str()))
}

fn real() -> Spec {
    Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The values of an attribute.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The path that a link on a page leads to, and its anchor.
fn target(page: &str, link: &str) -> (String, String) {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match path.strip_prefix("../") {
        Some(above) => above.to_owned(),
        None if path.is_empty() => page.to_owned(),
        None if folder.is_empty() => path.to_owned(),
        None => format!("{folder}/{path}"),
    };
    (path, anchor.to_owned())
}

/// Every link of every page, that leads nowhere.
fn broken(files: &Files) -> Vec<String> {
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages(files).map(|(path, text)| (path.as_str(), attributes(text, "id").into_iter().collect())).collect();
    let leads_nowhere = |page: &str, link: &str| {
        let (path, anchor) = target(page, link);
        let known = anchors.get(path.as_str()).is_some_and(|ids| anchor.is_empty() || ids.contains(anchor.as_str()));
        !(known || anchor.is_empty() && files.contains_key(&path))
    };
    let mut broken = Vec::new();
    for (page, text) in pages(files) {
        for link in ["href", "src", "action"].iter().flat_map(|name| attributes(text, name)) {
            let is_outside = link.starts_with("https://") || link.starts_with("data:,");
            if !is_outside && leads_nowhere(page, link) {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    broken
}

/// A spec in which everything refers to something: replacements, changes, revisions, days.
fn linked() -> Spec {
    let mut spec = spec("choices");
    let since = |revision| Some(Since { counter: "im".to_owned(), revision });
    spec.methods.get_mut("talk.message.add").unwrap().status = Status::Deprecated(Some("talk.dialog.open".to_owned()));
    spec.methods.get_mut("talk.dialog.open").unwrap().until = since(40);
    spec.methods.get_mut("talk.dialog.open").unwrap().params[0].ends = Some("2026-09-30".to_owned());
    let step = Step { revision: 18, doc: "Adds `talk.message.add`.".to_owned() };
    spec.revisions.insert("im".to_owned(), Counter { doc: "Counts.".to_owned(), steps: vec![step] });
    spec.changes.push(Change {
        id: "TALK-1".to_owned(),
        kind: ChangeKind::Breaking,
        published: "2026-01-02".to_owned(),
        revision: since(18),
        effective: Some("2026-03-04".to_owned()),
        methods: vec!["talk.message.add".to_owned()],
        events: Vec::new(),
        summary: "Use `talk.dialog.open`.".to_owned(),
    });
    spec
}

#[test]
fn every_method_event_and_type_has_a_page() {
    let spec = real();
    let files = reference(&spec);
    for name in spec.methods.keys() {
        assert!(files[&format!("methods/{name}.html")].contains("<h1>"));
    }
    for name in spec.events.keys() {
        assert!(files.contains_key(&format!("events/{name}.html")));
    }
    for name in spec.types.keys() {
        assert!(files.contains_key(&format!("types/{name}.html")));
    }
    let others = ["index.html", "revisions.html", "changes.html", "errors.html", "style.css", "reference.js"];
    assert_eq!(files.len(), spec.methods.len() + spec.events.len() + spec.types.len() + others.len());
    assert!(others.iter().all(|path| files.contains_key(*path)));
}

#[test]
fn every_link_leads_somewhere() {
    assert_eq!(broken(&reference(&real())), Vec::<String>::new());
    assert_eq!(broken(&reference(&linked())), Vec::<String>::new());
    for fixture in ALL {
        assert_eq!(broken(&reference(&spec(fixture))), Vec::<String>::new(), "{fixture}");
    }
}

#[test]
fn a_link_that_leads_nowhere_would_be_noticed() {
    let mut files = reference(&linked());
    files.remove("methods/talk.dialog.open.html");
    let broken = broken(&files);
    for page in ["index.html", "changes.html", "revisions.html", "methods/talk.message.add.html"] {
        assert!(broken.iter().any(|link| link.starts_with(&format!("{page}: "))), "{page} has no link to it");
    }
}

#[test]
fn what_the_script_finds_is_there() {
    for spec in [real(), linked()] {
        let files = reference(&spec);
        let index = files["index.html"].split("type=\"application/json\">").nth(1).unwrap();
        let index = index.split("</script>").next().unwrap();
        let rows: Vec<Vec<serde_json::Value>> = serde_json::from_str(index).unwrap();
        assert!(rows.len() >= spec.methods.len() + spec.events.len() + spec.types.len());
        for row in rows {
            let (path, anchor) = target("index.html", row[2].as_str().unwrap());
            assert!(anchor.is_empty() || attributes(&files[&path], "id").contains(&anchor.as_str()), "{row:?}");
        }
    }
}

#[test]
fn an_anchor_stands_once_on_its_page() {
    for (path, text) in reference(&real()) {
        let ids = attributes(&text, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{path}");
    }
}

#[test]
fn replacements_changes_and_revisions_are_linked() {
    let files = reference(&linked());
    let old = &files["methods/talk.message.add.html"];
    assert!(old.contains("Deprecated: use <a href=\"../methods/talk.dialog.open.html\">"), "{old}");
    assert!(old.contains("href=\"../changes.html#TALK-1\""));
    assert!(old.contains("href=\"../types/DialogId.html\""));
    assert!(files["methods/talk.dialog.open.html"].contains("Replaces"));
    let changes = &files["changes.html"];
    assert!(changes.contains("in force from <time>2026-03-04</time>") && changes.contains("<time>2026-09-30</time>"));
    assert!(changes.contains("href=\"revisions.html#im-18\""));
}

/// The cells of a row of the matrix: what a screen reader says of each.
fn cells<'a>(files: &'a Files, link: &str) -> Vec<&'a str> {
    let row = files["revisions.html"].split("<tr").find(|row| row.contains(&format!("href=\"{link}\""))).unwrap();
    let cells = row.split("<td").skip(1);
    cells.map(|cell| cell.split("unseen\">").nth(1).map_or("", |word| word.split('<').next().unwrap_or(""))).collect()
}

#[test]
fn the_matrix_tells_what_each_revision_has() {
    let mut spec = linked();
    let files = reference(&spec);
    // The columns: 18, 20 (a type), 30 and 40.
    assert_eq!(cells(&files, "methods/talk.message.add.html"), ["came", "there", "there", "there"]);
    assert_eq!(cells(&files, "methods/talk.message.add.html#params.SYSTEM"), ["", "", "came", "there"]);
    assert_eq!(cells(&files, "methods/talk.dialog.open.html"), ["there", "there", "there", "last"]);
    assert_eq!(cells(&files, "types/Profile.html"), ["", "came", "there", "there"]);
    let lines = Since { counter: "imopenlines".to_owned(), revision: 2 };
    spec.methods.get_mut("talk.profile.update").unwrap().since = Some(lines);
    let files = reference(&spec);
    assert_eq!(cells(&files, "methods/talk.profile.update.html"), ["", "", "", "", "came"], "its own counter alone");
    assert!(files["revisions.html"].contains("<button type=\"button\" data-counter=\"imopenlines\""));
}

#[test]
fn errors_are_told_with_their_methods_and_those_of_any_method_with_advice() {
    let page = &reference(&real())["errors.html"];
    let code = page.split("id=\"BOT_ID_ERROR\"").nth(1).unwrap();
    assert!(code.split("class=\"code\"").next().unwrap().contains("imbot.<wbr>message.<wbr>add"));
    let system = page.split("id=\"expired_token\"").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(system.contains("401") && system.contains("Refresh the token once and repeat the call."), "{system}");
}

#[test]
fn text_is_escaped_wherever_it_stands() {
    let evil = "<img src=x onerror=alert(1)>\"'&</script><!--";
    let mut spec = linked();
    spec.changes[0].summary = evil.to_owned();
    spec.revisions.get_mut("im").unwrap().steps[0].doc = evil.to_owned();
    let method = spec.methods.get_mut("talk.message.add").unwrap();
    method.summary = format!("{evil} `{evil}`");
    method.docs = format!("https://example.com/{evil}");
    method.rules = vec![evil.to_owned()];
    method.aliases = vec![evil.to_owned()];
    method.errors[0].meaning = evil.to_owned();
    method.errors[0].code = evil.to_owned();
    method.params[0].doc = evil.to_owned();
    method.params[0].name = evil.to_owned();
    method.params[1].default = Some(evil.into());
    let words = vec![EnumValue {
        value: evil.to_owned(),
        name: evil.to_owned(),
        doc: evil.to_owned(),
        since: Some(Since { counter: "im".to_owned(), revision: 30 }),
        color: Some(format!("#123456;{evil}")),
    }];
    spec.types.get_mut("Profile").unwrap().kind = TypeKind::Enum(words);
    for (path, text) in pages(&reference(&spec)) {
        assert!(!text.contains("<img"), "{path}");
        assert!(!text.contains("\"'&<") && !text.contains("<!--"), "{path}");
        assert!(!text.contains("style=\"background:#123456;"), "{path}: a colour is a colour");
        let scripts = if path == "index.html" { 2 } else { 1 };
        assert_eq!(text.matches("</script>").count(), scripts, "{path}");
    }
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let mut spec = linked();
    spec.methods.get_mut("talk.message.add").unwrap().docs = "javascript:alert(1)".to_owned();
    assert!(reference(&spec).values().all(|text| !text.contains("javascript:")));
}

#[test]
fn a_backtick_without_another_is_text() {
    let mut spec = linked();
    let method = spec.methods.get_mut("talk.message.add").unwrap();
    method.summary = "Takes `DIALOG_ID` or ` alone.".to_owned();
    let page = &reference(&spec)["methods/talk.message.add.html"];
    assert!(page.contains("Takes <code>DIALOG_<wbr>ID</code> or ` alone."), "{page}");
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    assert!(reference(&real()) == reference(&real()));
}

#[test]
fn nothing_comes_from_elsewhere() {
    for (path, text) in reference(&real()) {
        for needle in
            ["src=\"http", "@import", "url(", "fetch(", "XMLHttpRequest", "<link rel=\"stylesheet\" href=\"http"]
        {
            assert!(!text.contains(needle), "{path} has {needle}");
        }
    }
}

#[test]
fn the_command_writes_the_pages_and_removes_those_that_are_gone() {
    let folder_of_pages = tempfile::tempdir().unwrap();
    let run = |fixture: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_b24-codegen"));
        let output =
            command.arg("--spec").arg(folder(fixture)).arg("docs").arg(folder_of_pages.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let page = |path: &str| folder_of_pages.path().join(path);
    run("choices");
    assert!(page("methods/talk.message.add.html").is_file());
    fs::write(page("methods/notes.html"), "<p>Somebody else's.</p>").unwrap();
    run("answers");
    assert!(page("methods/talk.chat.list.html").is_file() && page("style.css").is_file());
    assert!(!page("methods/talk.message.add.html").exists(), "it is in this spec no more");
    assert!(page("methods/notes.html").is_file(), "what is not ours stays");
}
