use super::{Entry, Form, FormError, NONE, Span};

/// A part of the current key: the node it led to, where the next part begins in the raw key, and how much of the
/// raw key another one must share to lead to the same node.
#[derive(Clone, Copy)]
struct Part {
    node: u32,
    end: usize,
    shared: usize,
}

pub(super) struct Parser<'a> {
    body: &'a [u8],
    position: usize,
    text: Vec<u8>,
    nodes: Vec<Entry>,
    parts: Vec<Part>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        let root = Entry {
            key: Span::default(),
            value: None,
            first_child: NONE,
            last_child: NONE,
            previous: NONE,
            next: NONE,
        };
        let mut nodes = Vec::with_capacity(body.len() / 32 + 16);
        nodes.push(root);
        let text = Vec::with_capacity(body.len() + 16);
        Self { body, position: 0, text, nodes, parts: Vec::with_capacity(Form::MAX_DEPTH) }
    }

    pub(super) fn run(mut self) -> Result<Form, FormError> {
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
        let mut first = self.parts.is_empty();
        let mut repeatable = true;
        self.position = start + end;
        loop {
            let key = if first { self.decode(Stop::FirstBracket)? } else { self.bracketed()? };
            let opens = self.bracket(b'[', b'B', b'b');
            // `a[][b]` opens a new member of `a` each time it comes.
            repeatable &= first || key.start < key.end;
            first = false;
            node = self.child(node, key, opens != 0)?;
            depth += 1;
            if depth > Form::MAX_DEPTH {
                return Err(FormError::TooDeep);
            }
            if opens == 0 {
                break;
            }
            if repeatable {
                let end = self.position - start;
                // Another key leads here if it opens a bracket as well: `a[b]` is a field beside the group of `a[b][c]`.
                self.parts.push(Part { node, end, shared: end + opens });
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
            self.copy(stop);
            let rest = &self.body[self.position..];
            match rest.first() {
                None | Some(b'&') => break,
                Some(b'+') => self.text.push(b' '),
                Some(b'=') if stop != Stop::Value => break,
                Some(b'[') if stop == Stop::FirstBracket => break,
                Some(b']') if stop == Stop::CloseBracket => break,
                Some(b'%') => {
                    let digits = (rest.get(1).copied(), rest.get(2).copied());
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

    /// Copies what stands for itself into the text, eight bytes at a time, and stops at what needs a closer look.
    fn copy(&mut self, stop: Stop) {
        while let Some(word) = self.body[self.position..].first_chunk() {
            // All eight, and what is too much is taken back: a length that is known costs less than a right one.
            self.text.extend_from_slice(word);
            let special = specials(u64::from_le_bytes(*word), stop);
            if special != 0 {
                let plain = special.trailing_zeros() as usize / 8;
                self.text.truncate(self.text.len() - word.len() + plain);
                self.position += plain;
                return;
            }
            self.position += word.len();
        }
        while let Some(byte) = self.body.get(self.position).filter(|byte| specials(u64::from(**byte), stop) & 0x80 == 0)
        {
            self.text.push(*byte);
            self.position += 1;
        }
    }

    /// The child of that name. A group is found again; a field is always new, and the last of a name counts.
    fn child(&mut self, parent: u32, mut key: Span, group: bool) -> Result<u32, FormError> {
        let (first, last) = (self.nodes[parent as usize].first_child, self.nodes[parent as usize].last_child);
        if key.start == key.end && parent != 0 {
            key = self.next_index(first);
        } else if group {
            let name = &self.text[key.start as usize..key.end as usize];
            let (mut index, mut found) = (first, NONE);
            while index != NONE {
                let entry = &self.nodes[index as usize];
                if self.text[entry.key.range()] == *name {
                    found = index;
                }
                index = entry.next;
            }
            // Unless a field of that name came in between: the last counts.
            if found != NONE && self.nodes[found as usize].value.is_none() {
                return Ok(found);
            }
        }
        let index = u32::try_from(self.nodes.len()).map_err(|_| FormError::TooLarge)?;
        let entry = Entry { key, value: None, first_child: NONE, last_child: NONE, previous: last, next: NONE };
        self.nodes.push(entry);
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

/// How many bytes two keys have in common, eight at a time.
fn shared_prefix(a: &[u8], b: &[u8]) -> usize {
    let (a_words, _) = a.as_chunks();
    let (b_words, _) = b.as_chunks();
    let mut shared = 0;
    for (a, b) in a_words.iter().zip(b_words) {
        let differs = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differs != 0 {
            return shared + differs.trailing_zeros() as usize / 8;
        }
        shared += 8;
    }
    shared + a[shared..].iter().zip(&b[shared..]).take_while(|(a, b)| a == b).count()
}

/// Marks, by its highest bit, the first of eight bytes that may mean something: `&`, `+`, `%`, and in a key `=`, `[`
/// and `]`. Some that mean nothing are marked too, and some after the first.
fn specials(word: u64, stop: Stop) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    // The lowest byte that is below `limit`; what a smaller byte borrows disturbs only those above it.
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    // `-` and `.` are the lowest bytes that `urlencode` leaves as they are.
    let mut special = below(word, b'-');
    if stop != Stop::Value {
        special |= is(b'=') | is(b'[') | is(b']');
    }
    special & (ONES << 7)
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
