use super::{Denied, Done, denied};
use crate::{
    ids::{ChatId, Dialog, UserId},
    state::{
        Change, State,
        chats::{ChatKind, NewChat},
    },
};

impl State {
    /// Opens a dialog. A bot hears of it the first time.
    pub(crate) fn open(&mut self, user: UserId, dialog: Dialog) -> Done<ChatId> {
        let chat = self.own_chat(user, dialog)?;
        let (id, companion, welcomed) = (chat.id, chat.companion(user), chat.welcomed);
        self.read(user, dialog)?;
        if let Some(chat) = self.chats.get_mut(id) {
            chat.welcomed = true;
        }
        if let Some(companion) = companion.filter(|_| !welcomed) {
            self.welcome(id, companion, user);
        }
        Ok(id)
    }

    /// Has read a dialog to its end.
    pub(crate) fn read(&mut self, user: UserId, dialog: Dialog) -> Done<ChatId> {
        let id = self.own_chat(user, dialog)?.id;
        if self.chats.get_mut(id).is_some_and(|chat| chat.unread.remove(&user).is_some()) {
            self.changes.push(Change::Chat(id));
        }
        Ok(id)
    }

    pub(crate) fn start_group(
        &mut self,
        user: UserId,
        title: &str,
        is_open: bool,
        members: Vec<UserId>,
    ) -> Done<ChatId> {
        if title.trim().is_empty() {
            return denied("a chat needs a title");
        }
        if let Some(stranger) = members.iter().find(|member| self.users.get(**member).is_none()) {
            return denied(format!("there is no user {stranger}"));
        }
        let title = title.trim().to_owned();
        let id = self.add_group(user, NewChat { is_open, title, members: members.clone(), ..NewChat::default() });
        for member in members {
            self.welcome(id, member, user);
        }
        Ok(id)
    }

    pub(crate) fn invite(&mut self, user: UserId, dialog: Dialog, member: UserId) -> Done<()> {
        let chat = self.own_chat(user, dialog)?;
        let (id, kind, is_in) = (chat.id, chat.kind, chat.has(member));
        if kind == ChatKind::Private {
            return denied("nobody can be invited to a private dialog");
        }
        if self.users.get(member).is_none() {
            return denied(format!("there is no user {member}"));
        }
        if is_in {
            return denied(format!("{} is in the chat already", self.user_name(member)));
        }
        self.add_member(id, member);
        self.welcome(id, member, user);
        Ok(())
    }

    /// Takes somebody out of a chat: oneself, or as its owner anybody.
    pub(crate) fn expel(&mut self, user: UserId, dialog: Dialog, member: UserId) -> Done<()> {
        let chat = self.own_chat(user, dialog)?;
        if chat.kind == ChatKind::Private {
            return denied("nobody can leave a private dialog");
        }
        if !chat.has(member) {
            return Err(Denied(format!("user {member} is not in the chat")));
        }
        if member != user && chat.owner != user {
            return denied("only the owner of a chat can remove others");
        }
        let id = chat.id;
        self.remove_member(id, member);
        if let Some(chat) = self.chats.get_mut(id)
            && chat.owner == member
            && let Some(heir) = chat.members.first()
        {
            chat.owner = *heir;
        }
        Ok(())
    }
}
