//! What somebody searches for.

/// Words, each of which must be the beginning of a word where it is searched.
pub(crate) struct Phrase(Vec<String>);

impl Phrase {
    pub(crate) fn of(text: &str) -> Self {
        Self(words(text).collect())
    }

    pub(crate) fn is_in(&self, text: &str) -> bool {
        let known: Vec<String> = words(text).collect();
        self.0.iter().all(|word| known.iter().any(|known| known.starts_with(word)))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Phrase;

    #[test]
    fn beginnings_of_words_are_found_in_any_order_and_letter_case() {
        let name = "Ann-Marie Lee, head of Sales";
        for phrase in ["ann", "LEE", "sal mar", "", "ann-marie"] {
            assert!(Phrase::of(phrase).is_in(name), "{phrase}");
        }
        for phrase in ["nn", "lee smith", "leeds"] {
            assert!(!Phrase::of(phrase).is_in(name), "{phrase}");
        }
    }
}
