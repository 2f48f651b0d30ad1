use heck::{ToSnakeCase, ToTitleCase, ToUpperCamelCase};

/// Words of the language, which no crate can be called by.
const KEYWORDS: [&str; 39] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "pub", "ref", "return", "static", "struct", "trait", "try", "type", "use", "while",
];
/// Crates that a bot or its build depends on, or that come with Rust.
const TAKEN: [&str; 10] =
    ["alloc", "b24-macros", "b24-portal", "b24-runtime", "core", "std", "test", "tests", "tokio", "tracing-subscriber"];
/// The platform takes no longer code.
const LONGEST: usize = 64;

/// The name of a crate, and what follows from it.
#[derive(Debug)]
pub(super) struct Name(String);

impl Name {
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        let begins_well = name.starts_with(|letter: char| letter.is_ascii_lowercase());
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter);
        let problem = if !begins_well || !name.chars().all(is_plain) || name.len() > LONGEST {
            "it has small letters, digits, - and _, begins with a letter and has at most 64 of them: weather-bot"
        } else if KEYWORDS.contains(&name) {
            "it is a word of Rust"
        } else if TAKEN.contains(&name) {
            "another crate has it, which the bot depends on"
        } else {
            return Ok(Self(name.to_owned()));
        };
        Err(format!("{name:?} cannot be the name of a crate: {problem}"))
    }

    /// Fills in what a template leaves open.
    pub(super) fn fill(&self, template: &str) -> String {
        let filled = template.replace("{name}", &self.0).replace("{code}", &self.0);
        let filled = filled.replace("{title}", &self.0.to_title_case());
        filled.replace("{crate}", &self.0.to_snake_case()).replace("{Bot}", &self.bot())
    }

    /// The type of the bot. It never has a name that the prelude has.
    fn bot(&self) -> String {
        let name = self.0.to_upper_camel_case();
        match name.as_str() {
            "Bot" => "TheBot".to_owned(),
            name if name.ends_with("Bot") => name.to_owned(),
            name => format!("{name}Bot"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn names_that_cargo_would_refuse_are_refused() {
        for name in ["Weather", "1st", "a b", "", "fn", "tokio", "при", &"x".repeat(65)] {
            assert!(Name::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_type_is_called_after_the_crate() {
        let bot = |name: &str| Name::parse(name).map(|name| name.fill("{crate} {Bot} {title}"));
        assert_eq!(bot("weather-bot").as_deref(), Ok("weather_bot WeatherBot Weather Bot"));
        assert_eq!(bot("reply").as_deref(), Ok("reply ReplyBot Reply"));
        assert_eq!(bot("bot").as_deref(), Ok("bot TheBot Bot"));
    }
}
