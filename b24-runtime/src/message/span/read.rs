use super::{
    Span,
    code::{Code, Meaning, leaf, picture_size},
};
use crate::message::text::{APART, address};

/// How deep codes may stand inside each other.
const DEEPEST: usize = 32;

/// Every part of the text is looked at a bounded number of times, whatever it holds.
pub(super) fn spans(text: &str) -> Vec<Span> {
    if text.contains('\r') {
        return spans(&text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Reader::new(text, true).read()
}

struct Reader<'a> {
    text: &'a str,
    /// The same with small letters: as long, because only ASCII letters change.
    lower: String,
    at: usize,
    is_line_start: bool,
    /// Whether quotes are looked for: there are none in quotes.
    has_quotes: bool,
    /// What was looked for to the end of the text, and is not there.
    absent: Vec<&'static str>,
    open: Vec<Open>,
    /// What stands in the innermost code that is open.
    found: Vec<Span>,
}

/// A code that waits for its end.
struct Open {
    name: String,
    meaning: Meaning,
    /// As it was written: it is text again where its end never comes.
    written: String,
    /// What stands before it.
    before: Vec<Span>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, has_quotes: bool) -> Self {
        let (open, found, absent) = (Vec::new(), Vec::new(), Vec::new());
        let lower = text.to_ascii_lowercase();
        Self { text, lower, at: 0, is_line_start: true, has_quotes, absent, open, found }
    }

    fn read(mut self) -> Vec<Span> {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            if self.is_line_start && self.has_quotes && self.quote() {
                continue;
            }
            let words = rest.find(['[', '#', '\n']).unwrap_or(rest.len());
            if words > 0 {
                self.plain(words);
            } else if rest.starts_with('\n') {
                self.line_end(1);
            } else if self.lower_rest().starts_with("#br#") {
                self.line_end(4);
            } else if !self.code() {
                self.plain(1);
            }
        }
        while let Some(open) = self.open.pop() {
            self.spill(open);
        }
        self.found
    }

    fn lower_rest(&self) -> &str {
        self.lower.get(self.at..).unwrap_or_default()
    }

    /// Takes text as it is.
    fn plain(&mut self, length: usize) {
        let words = self.text.get(self.at..self.at + length).unwrap_or_default();
        push_plain(&mut self.found, words);
        self.pass(length);
    }

    fn line_end(&mut self, length: usize) {
        push_plain(&mut self.found, "\n");
        self.pass(length);
        self.is_line_start = true;
    }

    fn pass(&mut self, length: usize) {
        self.at += length;
        self.is_line_start = false;
    }

    /// Where a text begins that ends something, from here on.
    fn find(&mut self, end: &'static str, from: usize) -> Option<usize> {
        if self.absent.contains(&end) {
            return None;
        }
        let found = self.lower.get(from..).and_then(|rest| rest.find(end)).map(|at| from + at);
        if found.is_none() {
            self.absent.push(end);
        }
        found
    }

    /// Takes lines that begin with `>>`, or stand between lines of dashes.
    fn quote(&mut self) -> bool {
        let mut lines = self.text.get(self.at..).unwrap_or_default().split_inclusive('\n').peekable();
        let (mut quoted, mut length): (Vec<&str>, usize) = (Vec::new(), 0);
        while let Some(line) = lines.next_if(|line| line.starts_with(">>")) {
            length += line.len();
            quoted.push(line.get(2..).unwrap_or_default().trim_end_matches('\n'));
        }
        if quoted.is_empty() && lines.next_if(|line| is_dashes(line)).is_some_and(|line| line.ends_with('\n')) {
            if self.absent.contains(&DASHES) {
                return false;
            }
            let rest = self.text.get(self.at..).unwrap_or_default();
            let mut end = None;
            for line in rest.split_inclusive('\n') {
                length += line.len();
                if is_dashes(line) && !quoted.is_empty() {
                    end = Some(length);
                    break;
                }
                if length > line.len() {
                    quoted.push(line.trim_end_matches('\n'));
                }
            }
            if end.is_none() {
                self.absent.push(DASHES);
                return false;
            }
        }
        if quoted.is_empty() {
            return false;
        }
        let inside = Reader::new(&quoted.join("\n"), false).read();
        push_quote(&mut self.found, inside);
        self.at += length;
        true
    }

    /// Takes a code, if there is one here.
    fn code(&mut self) -> bool {
        let Some(code) = Code::at(self.text.get(self.at..).unwrap_or_default()) else { return false };
        let (name, length) = (code.name.to_ascii_lowercase(), code.length);
        if code.is_end {
            return self.close(&name, length);
        }
        let written = self.text.get(self.at..self.at + length).unwrap_or_default().to_owned();
        let given = code.value;
        match name.as_str() {
            "br" => {
                self.line_end(length);
                return true;
            }
            "code" => return self.raw("[/code]", length, |text| Span::Code(without_separators(text))),
            "img" => {
                let Some(size) = picture_size(given) else { return false };
                return self.raw("[/img]", length, |url| Span::Picture { url: address(url.trim()), size });
            }
            _ => {}
        }
        if let Some(leaf) = leaf(&name, given) {
            self.found.push(leaf);
            self.pass(length);
            return true;
        }
        let Some(meaning) = Meaning::of(&name, given) else { return false };
        if self.open.len() >= DEEPEST {
            return false;
        }
        let before = std::mem::take(&mut self.found);
        self.open.push(Open { name, meaning, written, before });
        self.pass(length);
        true
    }

    /// Takes what stands up to an end as it is.
    fn raw(&mut self, end: &'static str, length: usize, read: impl FnOnce(&str) -> Span) -> bool {
        let from = self.at + length;
        let Some(to) = self.find(end, from) else { return false };
        self.found.push(read(self.text.get(from..to).unwrap_or_default()));
        self.pass(to + end.len() - self.at);
        true
    }

    fn close(&mut self, name: &str, length: usize) -> bool {
        let Some(place) = self.open.iter().rposition(|open| open.name == name) else { return false };
        while self.open.len() > place + 1 {
            // What was opened inside and never closed is text.
            if let Some(open) = self.open.pop() {
                self.spill(open);
            }
        }
        let Some(open) = self.open.pop() else { return false };
        let to = match &open.meaning {
            Meaning::Style(style) => Ok(*style),
            Meaning::Link(to) => Err(to.clone()),
            Meaning::Inside(to) => {
                let label = Span::plain(&self.found);
                if label.trim().is_empty() {
                    self.spill(open);
                    return false;
                }
                Err(to(label.trim()))
            }
        };
        let inside = std::mem::replace(&mut self.found, open.before);
        self.found.push(match to {
            Ok(style) => Span::Styled(style, inside),
            Err(to) => Span::Link(to, inside),
        });
        self.pass(length);
        true
    }

    fn spill(&mut self, open: Open) {
        let inside = std::mem::replace(&mut self.found, open.before);
        push_plain(&mut self.found, &open.written);
        append(&mut self.found, inside);
    }
}

const DASHES: &str = "------";

fn is_dashes(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with(DASHES) && line.bytes().all(|byte| byte == b'-')
}

/// The invisible spaces by which [`Text`](super::Text) separates what would be read as a code are no text.
fn without_separators(text: &str) -> String {
    text.replace(APART, "")
}

fn push_plain(found: &mut Vec<Span>, words: &str) {
    let words = without_separators(words);
    match found.last_mut() {
        _ if words.is_empty() => {}
        Some(Span::Plain(before)) => before.push_str(&words),
        _ => found.push(Span::Plain(words)),
    }
}

/// Two quotes that follow each other are one.
fn push_quote(found: &mut Vec<Span>, inside: Vec<Span>) {
    match found.last_mut() {
        Some(Span::Quote(before)) => {
            push_plain(before, "\n");
            append(before, inside);
        }
        _ => found.push(Span::Quote(inside)),
    }
}

fn append(found: &mut Vec<Span>, more: Vec<Span>) {
    for span in more {
        match span {
            Span::Plain(words) => push_plain(found, &words),
            Span::Quote(inside) => push_quote(found, inside),
            other => found.push(other),
        }
    }
}
