//! Rules as people write them: in the terminal, on the page and in the answers of `/api/faults`.

use std::{fmt, str::FromStr, time::Duration};

use jiff::SignedDuration;

use super::{Fault, Rule};

/// Why a text is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotARule {
    /// The first word is no fault.
    #[error(
        "{0:?} is no fault; there are delay=200ms, lose, lose_answer, cut, status=502, moved=http://localhost:8024, \
         error=QUERY_LIMIT_EXCEEDED, expire, busy=30s, repeat and overtake"
    )]
    Fault(String),
    /// A further word is none of those that there are.
    #[error("{0:?} does not belong into a rule; it may have on=imbot.*, times=2, chance=0.5 and seed=7")]
    Word(String),
    /// A word has a value that it cannot have.
    #[error("{word} wants {wanted}, not {value:?}")]
    Value {
        /// `times`
        word: String,
        /// `a number`
        wanted: &'static str,
        /// As it was given.
        value: String,
    },
}

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let mut words = text.split_whitespace();
        let mut rule = Self::new(fault(words.next().unwrap_or_default())?);
        for word in words {
            let (name, value) = word.split_once('=').ok_or_else(|| NotARule::Word(word.to_owned()))?;
            match name {
                "on" => value.clone_into(&mut rule.on),
                "times" => rule.times = Some(read(name, value, "a number")?),
                "seed" => rule.seed = read(name, value, "a number")?,
                "chance" => {
                    rule.chance = read(name, value, "a number from 0 to 1")?;
                    if !(0.0..=1.0).contains(&rule.chance) {
                        return Err(wrong(name, value, "a number from 0 to 1"));
                    }
                }
                _ => return Err(NotARule::Word(word.to_owned())),
            }
        }
        Ok(rule)
    }
}

fn fault(word: &str) -> Result<Fault, NotARule> {
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let text = value.unwrap_or_default();
    let time = || {
        let time = text.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
        time.ok_or_else(|| wrong(name, text, "a time like 200ms or 5s"))
    };
    let fault = match (name, value.is_some()) {
        ("delay", true) => Fault::Delay(time()?),
        ("busy", true) => Fault::Busy(time()?),
        ("status", true) => match read(name, text, "an HTTP status from 200 to 599")? {
            status @ 200..=599 => Fault::Status(status),
            _ => return Err(wrong(name, text, "an HTTP status from 200 to 599")),
        },
        ("moved", true) if text.starts_with("http://") || text.starts_with("https://") => {
            Fault::Moved(text.trim_end_matches('/').to_owned())
        }
        ("moved", true) => return Err(wrong(name, text, "an address like http://localhost:8024")),
        ("error", true) if !text.is_empty() => Fault::Error(text.to_owned()),
        ("error", true) => return Err(wrong(name, text, "a code like QUERY_LIMIT_EXCEEDED")),
        ("lose", false) => Fault::Lose,
        ("lose_answer", false) => Fault::LoseAnswer,
        ("cut", false) => Fault::Cut,
        ("expire", false) => Fault::Expire,
        ("repeat", false) => Fault::Repeat,
        ("overtake", false) => Fault::Overtake,
        _ => return Err(NotARule::Fault(word.to_owned())),
    };
    Ok(fault)
}

fn read<T: FromStr>(word: &str, value: &str, wanted: &'static str) -> Result<T, NotARule> {
    value.parse().map_err(|_| wrong(word, value, wanted))
}

fn wrong(word: &str, value: &str, wanted: &'static str) -> NotARule {
    NotARule::Value { word: word.to_owned(), wanted, value: value.to_owned() }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |time: &Duration| SignedDuration::try_from(*time).unwrap_or(SignedDuration::MAX);
        match self {
            Self::Delay(by) => write!(f, "delay={:#}", Compact(time(by))),
            Self::Busy(by) => write!(f, "busy={:#}", Compact(time(by))),
            Self::Status(status) => write!(f, "status={status}"),
            Self::Moved(address) => write!(f, "moved={address}"),
            Self::Error(code) => write!(f, "error={code}"),
            Self::Lose => f.write_str("lose"),
            Self::LoseAnswer => f.write_str("lose_answer"),
            Self::Cut => f.write_str("cut"),
            Self::Expire => f.write_str("expire"),
            Self::Repeat => f.write_str("repeat"),
            Self::Overtake => f.write_str("overtake"),
        }
    }
}

/// A time without the spaces that would make several words of it.
struct Compact(SignedDuration);

impl fmt::Display for Compact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{:#}", self.0).replace(' ', ""))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fault)?;
        if self.on != "*" {
            write!(f, " on={}", self.on)?;
        }
        if let Some(times) = self.times {
            write!(f, " times={times}")?;
        }
        if self.chance < 1.0 {
            write!(f, " chance={} seed={}", self.chance, self.seed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{NotARule, Rule};

    #[test]
    fn a_rule_reads_as_it_is_written() {
        let rules = [
            "delay=200ms",
            "busy=1m30s on=imbot.*",
            "error=QUERY_LIMIT_EXCEEDED on=imbot.message.add times=2",
            "lose on=ONIM* chance=0.5 seed=7",
            "moved=http://localhost:8024",
            "status=502 times=1",
            "lose_answer",
            "cut",
            "expire",
            "repeat",
            "overtake",
        ];
        for text in rules {
            assert_eq!(text.parse::<Rule>().map(|rule| rule.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn a_mistake_is_told() {
        let told = |text: &str| text.parse::<Rule>().expect_err("a mistake").to_string();
        assert!(told("").contains("is no fault"));
        assert!(told("lose=1").contains("is no fault"));
        assert!(told("delay").contains("is no fault"));
        assert!(told("delay=soon").contains("a time like 200ms"));
        assert!(told("status=99").contains("from 200 to 599"));
        assert!(told("cut often").contains("does not belong"));
        assert!(told("cut chance=2").contains("from 0 to 1"));
        assert_eq!("cut for=1".parse::<Rule>(), Err(NotARule::Word("for=1".to_owned())));
    }
}
