/// Text that grows line by line and knows its indentation.
#[derive(Default)]
pub(crate) struct Source {
    text: String,
    depth: usize,
}

impl Source {
    /// Adds a line. A text of several lines is indented as a whole.
    pub(crate) fn line(&mut self, line: &str) {
        for line in line.lines() {
            if !line.is_empty() {
                self.text.extend(std::iter::repeat_n("    ", self.depth));
                self.text += line;
            }
            self.text.push('\n');
        }
    }

    /// Adds an empty line, unless there is one.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds documentation: each line of it a `///`.
    pub(crate) fn doc(&mut self, text: &str) {
        for line in text.lines() {
            self.line(format!("/// {line}").trim_end());
        }
    }

    pub(crate) fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    pub(crate) fn into_text(self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut lines = self.text.lines().peekable();
        while let Some(line) = lines.next() {
            // An item leaves a line empty after itself; the last one before a closing brace needs none.
            if line.is_empty() && lines.peek().is_none_or(|next| next.trim_start().starts_with('}')) {
                continue;
            }
            text += line;
            text.push('\n');
        }
        text
    }
}
