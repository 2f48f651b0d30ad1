use std::fmt;

/// One mistake in the spec and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path of the file, relative to the spec folder.
    pub path: String,
    /// Line in that file, counted from one.
    pub line: usize,
    /// JSON pointer of the value at fault; empty for the whole document.
    pub pointer: String,
    /// What is wrong and, where it can be told, what to write instead.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "spec/{}:{} ", self.path, self.line)?;
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

/// Every mistake found in one run, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}")?;
        }
        match self.0.len() {
            1 => f.write_str("1 mistake in the spec"),
            n => write!(f, "{n} mistakes in the spec"),
        }
    }
}

impl std::error::Error for Diagnostics {}
