/// Why somebody may not do something with a conversation, in words for that somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Obstacle {
    #[error("there is no such chat")]
    NoChat,
    #[error("the chat is not that of an open line")]
    NotALine,
    #[error("you have nothing to do with this conversation")]
    NoAccess,
    #[error("the conversation is closed")]
    Closed,
    #[error("another operator has the conversation")]
    Taken,
    #[error("the conversation cannot go there")]
    NoWay,
    #[error("the line wrote to this user within the last week")]
    TooOften,
    #[error("no bot has the conversation")]
    NotWithBot,
    #[error("the conversation is with a bot of somebody else")]
    ForeignBot,
}
