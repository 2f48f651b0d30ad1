use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

use super::{
    Chat, Message,
    sow::{Sower, Sown, keyed, wrong},
};
use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{
        chats::{Entity, NewChat},
        disk::Upload,
        messages::Content,
    },
};

/// What was said longer ago has been read by everybody.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

impl Sower<'_> {
    pub(super) fn chats(&mut self, chats: &[Chat]) -> Sown {
        for (key, chat) in keyed(chats, "chats") {
            let members = self.people(&chat.members, &format!("{key}.members"))?;
            let id = if chat.title.trim().is_empty() {
                let [one, other] = members.as_slice() else {
                    return wrong(key, "a private dialog has two members, and any other chat a title");
                };
                self.state.private_chat(*one, *other)
            } else {
                self.group(chat, &key, members)?
            };
            self.messages(&chat.messages, &format!("{key}.messages"), id)?;
        }
        Ok(())
    }

    fn group(&mut self, chat: &Chat, key: &str, members: Vec<UserId>) -> Sown<ChatId> {
        let owner = match &chat.owner {
            Some(owner) => self.user(owner, &format!("{key}.owner"))?,
            None => match members.first() {
                Some(first) => *first,
                None => return wrong(format!("{key}.members"), "a chat needs members"),
            },
        };
        let managers = self.people(&chat.managers, &format!("{key}.managers"))?;
        let is_in = |user: &UserId| *user == owner || members.contains(user);
        if !managers.iter().all(is_in) {
            return wrong(format!("{key}.managers"), "who manages a chat is one of its members");
        }
        if !chat.color.is_empty() && self.state.palette.named(&chat.color).is_none() {
            return wrong(format!("{key}.color"), format!("there is no color {:?}", chat.color));
        }
        let entity = chat.entity.clone().unwrap_or_default();
        let id = self.state.add_group(
            owner,
            NewChat {
                is_open: chat.open,
                title: chat.title.trim().to_owned(),
                description: chat.description.clone(),
                color: chat.color.clone(),
                entity: Entity { kind: entity.kind, id: entity.id, ..Entity::default() },
                members,
                ..NewChat::default()
            },
        );
        self.state.change_chat(id, |chat| chat.managers.extend(managers));
        Ok(id)
    }

    fn messages(&mut self, messages: &[Message], key: &str, chat: ChatId) -> Sown {
        let now = self.state.clock.now();
        let mut read = None;
        let mut last = Timestamp::MIN;
        for (key, message) in keyed(messages, key) {
            let ago = age(&message.ago, &format!("{key}.ago"))?;
            let date = now.checked_sub(ago).unwrap_or(now);
            if date < last {
                return wrong(format!("{key}.ago"), "it was said before the message above it");
            }
            last = date;
            let id = self.message(message, &key, chat)?;
            if let Some(message) = self.state.messages.get_mut(id) {
                message.date = date;
            }
            if ago >= FRESH {
                read = Some(id);
            }
            self.state.change_chat(chat, |chat| chat.created = chat.created.min(date));
        }
        let members: Vec<UserId> = self.state.chats.get(chat).map(|chat| chat.users().collect()).unwrap_or_default();
        for member in members.into_iter().filter(|_| read.is_some()) {
            self.state.mark_read(chat, member, read);
        }
        Ok(())
    }

    fn message(&mut self, message: &Message, key: &str, chat: ChatId) -> Sown<MessageId> {
        let author = message.from.as_ref().map(|name| self.user(name, &format!("{key}.from"))).transpose()?;
        let likes = self.people(&message.likes, &format!("{key}.likes"))?;
        let is_in = |user: &UserId| self.state.chats.get(chat).is_some_and(|chat| chat.has(*user));
        if !author.iter().chain(&likes).all(is_in) {
            return wrong(key, "whoever says or likes something is in the chat");
        }
        if message.text.trim().is_empty() && message.files.is_empty() {
            return wrong(format!("{key}.text"), "there is nothing said");
        }
        let mut files = Vec::new();
        for (name, text) in &message.files {
            let Some(author) = author else { return wrong(format!("{key}.files"), "the system sends no files") };
            let upload = Upload::new(name, text.clone().into_bytes().into());
            match self.state.upload_to_chat(author, chat, upload) {
                Ok(file) => files.push(file),
                Err(denial) => return wrong(format!("{key}.files.{name}"), denial.to_string()),
            }
        }
        let owner = self.state.chats.get(chat).map(|chat| chat.owner).unwrap_or_default();
        let text = message.text.trim();
        let content = if author.is_some() { Content::text(text) } else { Content::system(text) };
        let id = self.state.post(chat, author.unwrap_or(owner), Content { files, ..content });
        for user in likes {
            self.state.like(id, user, true);
        }
        Ok(id)
    }
}

/// `2d 3h`
fn age(text: &str, key: &str) -> Sown<SignedDuration> {
    if text.trim().is_empty() {
        return Ok(SignedDuration::ZERO);
    }
    let span = text.parse::<Span>().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()));
    match span {
        Ok(age) if !age.is_negative() => Ok(age),
        _ => wrong(key, format!("{text:?} is no time that has passed; write it like \"2d 3h\"")),
    }
}
