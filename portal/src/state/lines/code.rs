use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::LineId;

/// Where a client writes from: `livechat|1|1373|211`, the connector, the line, the chat and the user there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) connector: String,
    pub(crate) line: LineId,
    pub(crate) chat: String,
    /// `0`, where a chat may have several users and is one client all the same.
    pub(crate) user: String,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}|{}", self.connector, self.line, self.chat, self.user)
    }
}

/// The text is not four parts with `|` between them, the second of which is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotACode;

impl FromStr for Code {
    type Err = NotACode;

    /// `imol|` may stand before it, as the CRM writes it.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let text = text.trim();
        let mut parts = text.strip_prefix("imol|").unwrap_or(text).splitn(4, '|').map(str::to_owned);
        let mut part = || parts.next().ok_or(NotACode);
        let (connector, line, chat, user) = (part()?, part()?, part()?, part()?);
        Ok(Self { connector, line: LineId(line.parse().map_err(|_| NotACode)?), chat, user })
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, NotACode};

    #[test]
    fn a_code_may_stand_behind_the_prefix_of_the_crm() {
        let code: Code = "imol|livechat|1|1373|211".parse().expect("a code");
        assert_eq!(code.to_string(), "livechat|1|1373|211");
    }

    #[test]
    fn what_has_no_four_parts_is_no_code() {
        for text in ["", "livechat", "livechat|1|2", "livechat|x|1|2"] {
            assert_eq!(text.parse::<Code>(), Err(NotACode), "{text}");
        }
    }
}
