use super::Fault;

/// What goes wrong, with which calls and events, and how often.
///
/// As text it is the name of the fault and words with values, in any order but that the fault comes first:
/// `delay=200ms`, `error=QUERY_LIMIT_EXCEEDED on=imbot.* times=2`, `lose on=ONIM* chance=0.5 seed=7`. The faults are
/// `delay`, `lose`, `lose_answer`, `cut`, `status`, `moved`, `error`, `expire`, `busy`, `repeat` and `overtake`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(super) fault: Fault,
    pub(super) on: String,
    pub(super) times: Option<u32>,
    pub(super) chance: f64,
    pub(super) seed: u64,
}

impl Rule {
    /// Lets it go wrong always and with everything that it can happen to.
    pub fn new(fault: Fault) -> Self {
        Self { fault, on: "*".to_owned(), times: None, chance: 1.0, seed: 0 }
    }

    /// Only with the methods or events of this name, in which `*` stands for anything: `imbot.message.*`, `ONIM*`.
    /// The authorization server is called `oauth.authorize` and `oauth.token`.
    pub fn on(mut self, pattern: impl Into<String>) -> Self {
        self.on = pattern.into();
        self
    }

    /// Only with the next so many.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only with some, by chance: from 0 for none to 1 for all. The same seed hits the same ones.
    pub fn chance(mut self, chance: f64, seed: u64) -> Self {
        self.chance = chance;
        self.seed = seed;
        self
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        matches(&self.on.to_ascii_lowercase(), &name.to_ascii_lowercase())
    }
}

/// Whether a name is as the pattern says. What stands between two stars is looked for from left to right.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        match name.split_once(part) {
            Some((_, after)) => name = after,
            None => return false,
        }
    }
    name.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything() {
        let cases = [
            ("*", "app.info", true),
            ("app.info", "app.info", true),
            ("app.info", "app.inf", false),
            ("imbot.*", "imbot.message.add", true),
            ("imbot.*", "im.message.add", false),
            ("*.add", "imbot.message.add", true),
            ("*.add", "imbot.message.addition", false),
            ("im*.m*.a*d", "imbot.message.add", true),
            ("*bot*message*", "imbot.message.add", true),
            ("*message*bot*", "imbot.message.add", false),
            ("a*a", "a", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
