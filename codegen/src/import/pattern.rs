//! Regular expressions that are compiled when they are first used.

/// `pattern!(NAME = r"…")`
macro_rules! pattern {
    ($name:ident = $text:literal) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).expect("the patterns are constants"));
    };
}

pub(super) use pattern;
