//! How the generated ids and enums are written.

/// An identifier: a newtype that reads and prints as its number or text.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident: i64) => {
        $crate::names::id!(@type $(#[$doc])* $name: i64, Copy, Default);

        impl From<i32> for $name {
            fn from(id: i32) -> Self {
                Self(id.into())
            }
        }
    };
    ($(#[$doc:meta])* $name:ident: String) => {
        $crate::names::id!(@type $(#[$doc])* $name: String, Default);

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    };
    (@type $(#[$doc:meta])* $name:ident: $of:ty, $($derive:ident),*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, $($derive,)* PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $of);

        impl From<$of> for $name {
            fn from(id: $of) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = <$of as std::str::FromStr>::Err;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::wire::FromNode for $name {
            fn from_node(node: $crate::wire::Node<'_>) -> Result<Self, $crate::wire::DecodeError> {
                <$of>::from_node(node).map(Self)
            }
        }

        impl $crate::wire::ToValue for $name {
            fn to_value(self) -> serde_json::Value {
                serde_json::Value::from(self.0)
            }
        }
    };
}

/// An open list of words: a word that this build does not know is kept as `Other`.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$value_doc])* $variant,)*
            /// A word that this build does not know.
            Other(String),
        }

        impl $name {
            /// The words that this build knows, with their values.
            pub const KNOWN: &[(&'static str, Self)] = &[$(($word, Self::$variant)),*];

            /// The word as on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                let known = Self::KNOWN.iter().find(|(known, _)| *known == word);
                known.map_or_else(|| Self::Other(word.to_owned()), |(_, value)| value.clone())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::wire::FromNode for $name {
            fn from_node(node: $crate::wire::Node<'_>) -> Result<Self, $crate::wire::DecodeError> {
                match node.text() {
                    Some(word) => Ok(Self::from(&*word)),
                    None => Err($crate::wire::DecodeError::new("a word", node)),
                }
            }
        }

        impl $crate::wire::ToValue for $name {
            fn to_value(self) -> serde_json::Value {
                serde_json::Value::from(self.as_str())
            }
        }
    };
}

pub(crate) use {id, open_enum};
