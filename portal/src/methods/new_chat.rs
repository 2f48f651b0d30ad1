use crate::{
    picture,
    rest::Args,
    state::chats::{Entity, NewChat},
};

/// What the parameters of a call say of a new chat, in `im.*` and `imbot.*`.
pub(super) fn read(args: &Args) -> NewChat {
    let avatar = args.text("AVATAR").and_then(|avatar| picture::checked(avatar).ok());
    NewChat {
        is_open: args.text("TYPE") == Some("OPEN"),
        title: args.text_or_empty("TITLE").trim().to_owned(),
        description: args.text_or_empty("DESCRIPTION"),
        color: args.text_or_empty("COLOR"),
        avatar: avatar.unwrap_or_default().to_owned(),
        entity: Entity {
            kind: args.text_or_empty("ENTITY_TYPE"),
            id: args.text_or_empty("ENTITY_ID"),
            data: [1, 2, 3].map(|number| args.text_or_empty(&format!("ENTITY_DATA_{number}"))),
        },
        members: args.users("USERS"),
    }
}
