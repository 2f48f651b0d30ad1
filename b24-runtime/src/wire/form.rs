use std::fmt;

/// A parsed `application/x-www-form-urlencoded` body with PHP brackets (`data[PARAMS][MESSAGE]=hi`).
///
/// One pass, two allocations: all decoded text stands in one string, all nodes in one list. Keys come from
/// `http_build_query` in depth-first order, so each key is read from where it starts to differ from the one before.
#[derive(Debug)]
pub struct Form {
    text: String,
    nodes: Vec<Entry>,
}

/// A node of the tree. Children are chained, in the order in which they came.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Span,
    value: Option<Span>,
    first_child: u32,
    last_child: u32,
    next: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    end: u32,
}

/// The root is node 0 and nobody's child, so 0 also says "none".
const NONE: u32 = 0;

impl Form {
    /// Fields beyond this number are refused.
    pub const MAX_FIELDS: usize = 4096;
    /// Brackets beyond this depth are refused.
    pub const MAX_DEPTH: usize = 16;

    /// Parses a body.
    ///
    /// # Errors
    /// When it has more than [`Form::MAX_FIELDS`] fields, is nested deeper than [`Form::MAX_DEPTH`], has a bracket
    /// that is never closed, a broken percent code or bytes that are not UTF-8.
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        Parser::new(body).run()
    }

    pub(super) fn root(&self) -> FormNode<'_> {
        FormNode { form: self, index: 0 }
    }

    fn span(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// A place in a [`Form`].
#[derive(Clone, Copy)]
pub struct FormNode<'a> {
    form: &'a Form,
    index: u32,
}

impl<'a> FormNode<'a> {
    fn entry(self) -> &'a Entry {
        &self.form.nodes[self.index as usize]
    }

    /// The text of a field; `None` for a group of fields.
    pub(super) fn value(self) -> Option<&'a str> {
        self.entry().value.map(|span| self.form.span(span))
    }

    /// The last member of that name: as in PHP, a repeated field replaces the earlier one.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        self.children().filter(|(key, _)| *key == name).last().map(|(_, node)| node)
    }

    /// Whether this is a group of fields.
    pub(super) fn has_members(self) -> bool {
        self.entry().first_child != NONE
    }

    pub(super) fn children(self) -> impl Iterator<Item = (&'a str, Self)> {
        let form = self.form;
        let mut index = self.entry().first_child;
        std::iter::from_fn(move || {
            let entry = form.nodes.get(index as usize).filter(|_| index != NONE)?;
            let node = FormNode { form, index };
            index = entry.next;
            Some((form.span(entry.key), node))
        })
    }
}

/// Why a form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// More than [`Form::MAX_FIELDS`] fields.
    TooManyFields,
    /// Nested deeper than [`Form::MAX_DEPTH`].
    TooDeep,
    /// Larger than 4 GiB.
    TooLarge,
    /// A `[` without its `]`, at this byte.
    OpenBracket(usize),
    /// A `%` without two hexadecimal digits, at this byte.
    BadPercent(usize),
    /// Decoded bytes that are not UTF-8.
    NotUtf8,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyFields => write!(f, "the form has more than {} fields", Form::MAX_FIELDS),
            Self::TooDeep => write!(f, "the form is nested deeper than {} levels", Form::MAX_DEPTH),
            Self::TooLarge => f.write_str("the form is larger than 4 GiB"),
            Self::OpenBracket(at) => write!(f, "a bracket that opens at byte {at} is never closed"),
            Self::BadPercent(at) => write!(f, "broken percent code at byte {at}; is the form cut off?"),
            Self::NotUtf8 => f.write_str("the form holds bytes that are not UTF-8"),
        }
    }
}

impl std::error::Error for FormError {}

/// A part of the current key: the node it led to, where the next part begins in the raw key, and how much of the
/// raw key another one must share to lead to the same node.
#[derive(Clone, Copy)]
struct Part {
    node: u32,
    end: usize,
    shared: usize,
}

struct Parser<'a> {
    body: &'a [u8],
    position: usize,
    text: Vec<u8>,
    nodes: Vec<Entry>,
    parts: Vec<Part>,
}

impl<'a> Parser<'a> {
    fn new(body: &'a [u8]) -> Self {
        let root = Entry { key: Span::default(), value: None, first_child: NONE, last_child: NONE, next: NONE };
        let mut nodes = Vec::with_capacity(body.len() / 32 + 16);
        nodes.push(root);
        let text = Vec::with_capacity(body.len() + 16);
        Self { body, position: 0, text, nodes, parts: Vec::with_capacity(Form::MAX_DEPTH) }
    }

    fn run(mut self) -> Result<Form, FormError> {
        if u32::try_from(self.body.len()).is_err() {
            return Err(FormError::TooLarge);
        }
        let mut fields = 0;
        let mut previous: &[u8] = &[];
        while self.position < self.body.len() {
            let start = self.position;
            if self.body[start] == b'&' {
                self.position += 1;
                continue;
            }
            fields += 1;
            if fields > Form::MAX_FIELDS {
                return Err(FormError::TooManyFields);
            }
            let shared = shared_prefix(previous, &self.body[start..]);
            let leaf = self.key(start, shared)?;
            previous = &self.body[start..self.position];
            if self.body.get(self.position) == Some(&b'=') {
                self.position += 1;
            }
            let value = self.decode(Stop::Value)?;
            self.nodes[leaf as usize].value = Some(value);
        }
        let text = String::from_utf8(self.text).map_err(|_| FormError::NotUtf8)?;
        Ok(Form { text, nodes: self.nodes })
    }

    /// Reads a key that begins at `start` and shares `shared` raw bytes with the one before.
    fn key(&mut self, start: usize, shared: usize) -> Result<u32, FormError> {
        while self.parts.last().is_some_and(|part| part.shared > shared) {
            self.parts.pop();
        }
        let (mut node, end) = self.parts.last().map_or((0, 0), |part| (part.node, part.end));
        let mut depth = self.parts.len();
        let mut repeatable = true;
        self.position = start + end;
        loop {
            let first = self.position == start;
            let key = if first { self.decode(Stop::FirstBracket)? } else { self.bracketed()? };
            let opens = self.bracket(b'[', b'B', b'b') != 0;
            // `a[][b]` opens a new member of `a` each time it comes.
            repeatable &= first || key.start < key.end;
            node = self.child(node, key, opens)?;
            depth += 1;
            if depth > Form::MAX_DEPTH {
                return Err(FormError::TooDeep);
            }
            if !opens {
                break;
            }
            if repeatable {
                let end = self.position - start;
                // The first part ends where its bracket opens: `a[` and `a_b` share `a` and are not the same.
                self.parts.push(Part { node, end, shared: if first { end + 1 } else { end } });
            }
        }
        // PHP ignores what follows the last bracket, and so do we.
        while !matches!(self.body.get(self.position), None | Some(b'=' | b'&')) {
            self.position += 1;
        }
        Ok(node)
    }

    /// Reads `[part]`.
    fn bracketed(&mut self) -> Result<Span, FormError> {
        let at = self.position;
        self.position += self.bracket(b'[', b'B', b'b');
        let span = self.decode(Stop::CloseBracket)?;
        match self.bracket(b']', b'D', b'd') {
            0 => Err(FormError::OpenBracket(at)),
            closing => {
                self.position += closing;
                Ok(span)
            }
        }
    }

    /// The length of a bracket at the current position, plain or percent-encoded; 0 if there is none.
    fn bracket(&self, plain: u8, upper: u8, lower: u8) -> usize {
        match self.body.get(self.position..) {
            Some([first, ..]) if *first == plain => 1,
            Some([b'%', b'5', last, ..]) if *last == upper || *last == lower => 3,
            _ => 0,
        }
    }

    /// Decodes up to the stop into the text, and an ASCII byte after it: without that byte two halves of a character
    /// in neighbouring fields would pass as one.
    fn decode(&mut self, stop: Stop) -> Result<Span, FormError> {
        let start = self.text.len();
        loop {
            let rest = &self.body[self.position..];
            let run = rest.iter().position(|byte| SPECIAL[usize::from(*byte)]).unwrap_or(rest.len());
            self.text.extend_from_slice(&rest[..run]);
            self.position += run;
            match rest.get(run) {
                None | Some(b'&') => break,
                Some(b'+') => self.text.push(b' '),
                Some(b'=') if stop == Stop::Value => self.text.push(b'='),
                Some(b'=') => break,
                Some(b'[') if stop == Stop::FirstBracket => break,
                Some(b']') if stop == Stop::CloseBracket => break,
                Some(b'%') => {
                    let digits = (rest.get(run + 1).copied(), rest.get(run + 2).copied());
                    let decoded = match digits {
                        (Some(high), Some(low)) => hex(high).zip(hex(low)).map(|(high, low)| high << 4 | low),
                        _ => None,
                    };
                    match (decoded.ok_or(FormError::BadPercent(self.position))?, stop) {
                        (b'[', Stop::FirstBracket) | (b']', Stop::CloseBracket) => break,
                        (byte, _) => self.text.push(byte),
                    }
                    self.position += 2;
                }
                Some(byte) => self.text.push(*byte),
            }
            self.position += 1;
        }
        let end = self.text.len();
        self.text.push(b'\n');
        Ok(span(start, end))
    }

    /// The child of that name. A group is found again; a field is always new, and the last of a name counts.
    fn child(&mut self, parent: u32, mut key: Span, group: bool) -> Result<u32, FormError> {
        let (first, last) = (self.nodes[parent as usize].first_child, self.nodes[parent as usize].last_child);
        if key.start == key.end && parent != 0 {
            key = self.next_index(first);
        } else if group {
            let name = &self.text[key.start as usize..key.end as usize];
            let mut index = first;
            while index != NONE {
                let entry = &self.nodes[index as usize];
                if entry.value.is_none() && self.text[entry.key.start as usize..entry.key.end as usize] == *name {
                    return Ok(index);
                }
                index = entry.next;
            }
        }
        let index = u32::try_from(self.nodes.len()).map_err(|_| FormError::TooLarge)?;
        self.nodes.push(Entry { key, value: None, first_child: NONE, last_child: NONE, next: NONE });
        let parent = &mut self.nodes[parent as usize];
        parent.last_child = index;
        if last == NONE {
            parent.first_child = index;
        } else {
            self.nodes[last as usize].next = index;
        }
        Ok(index)
    }

    /// The key that PHP gives an empty bracket: the number of members so far.
    fn next_index(&mut self, first: u32) -> Span {
        let mut count = 0_usize;
        let mut index = first;
        while index != NONE {
            count += 1;
            index = self.nodes[index as usize].next;
        }
        let start = self.text.len();
        self.text.extend_from_slice(count.to_string().as_bytes());
        let end = self.text.len();
        self.text.push(b'\n');
        span(start, end)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    FirstBracket,
    CloseBracket,
    Value,
}

/// Offsets fit: the text is never longer than the body and its separators, and the body is below 4 GiB.
#[allow(clippy::cast_possible_truncation, reason = "the length of the body is checked first")]
fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

fn shared_prefix(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The bytes at which copying stops for a closer look.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = b"&=+%[]";
    let mut index = 0;
    while index < special.len() {
        table[special[index] as usize] = true;
        index += 1;
    }
    table
};

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
