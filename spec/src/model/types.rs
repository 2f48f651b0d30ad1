use super::{Field, Group, Limit, Since};
use crate::TypeExpr;

/// A shared type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub doc: String,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// Where it is met, for a type that no method, event or other type refers to.
    pub met: Option<String>,
    /// Whether `b24-runtime` writes it by hand.
    pub by_hand: bool,
    /// How large a value may be, wherever the type is used.
    pub limit: Option<Limit>,
    /// What no other key can hold, in sentences.
    pub rules: Vec<String>,
    /// What it is made of.
    pub kind: TypeKind,
}

/// What a shared type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// An identifier: a whole number or a string.
    Id(TypeExpr),
    /// An open list of words.
    Enum(Vec<EnumValue>),
    /// An object.
    Object {
        /// Its members.
        fields: Vec<Field>,
        /// Alternatives among them.
        groups: Vec<Group>,
    },
    /// A list with a name of its own.
    List(TypeExpr),
    /// A value that may be written in several forms.
    Union(Vec<TypeExpr>),
    /// An object with exactly one of these keys.
    Tagged(Vec<Tag>),
    /// A user or a chat: `5` or `chat5`.
    Dialog,
}

/// A word of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// As on the wire.
    pub value: String,
    /// As in Rust.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// The `#rrggbb` it stands for.
    pub color: Option<String>,
}

/// An alternative of a [`TypeKind::Tagged`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The key on the wire.
    pub key: String,
    /// The type of the value under it.
    pub ty: TypeExpr,
}
