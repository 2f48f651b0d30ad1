use super::{Denied, Done, denied};
use crate::{
    ids::{ChatId, Dialog, UserId},
    state::{
        Change, State,
        chats::{Denial, NewChat},
    },
};

impl State {
    /// Opens a dialog. A bot hears of it the first time.
    pub(crate) fn open(&mut self, user: UserId, dialog: Dialog) -> Done<ChatId> {
        let id = self.read(user, dialog)?;
        let Some(chat) = self.chats.get_mut(id) else { return Ok(id) };
        let was_welcomed = std::mem::replace(&mut chat.welcomed, true);
        if let Some(companion) = chat.companion(user).filter(|_| !was_welcomed) {
            self.welcome(id, companion, user);
        }
        Ok(id)
    }

    /// Has read a dialog to its end.
    pub(crate) fn read(&mut self, user: UserId, dialog: Dialog) -> Done<ChatId> {
        let id = self.joined_chat(user, dialog)?;
        self.mark_read(id, user, None);
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
        if let Some(stranger) = members.iter().find(|member| !self.users.contains(**member)) {
            return Err(Denial::NoUser(*stranger).into());
        }
        let title = title.trim().to_owned();
        let id = self.add_group(user, NewChat { is_open, title, members: members.clone(), ..NewChat::default() });
        for member in members {
            self.welcome(id, member, user);
        }
        Ok(id)
    }

    pub(crate) fn invite(&mut self, user: UserId, dialog: Dialog, member: UserId) -> Done<()> {
        let id = self.joined_chat(user, dialog)?;
        let is_in = self.joined_group(user, id)?.has(member);
        if !self.users.contains(member) {
            return Err(Denial::NoUser(member).into());
        }
        if is_in {
            return denied(format!("{} is in the chat already", self.user_name(member)));
        }
        self.add_member(id, member);
        self.welcome(id, member, user);
        Ok(())
    }

    /// Makes somebody a manager of a chat, or no longer.
    pub(crate) fn appoint(&mut self, user: UserId, dialog: Dialog, member: UserId, is_on: bool) -> Done<()> {
        let id = self.joined_chat(user, dialog)?;
        if !self.owned(user, id)?.has(member) {
            return Err(Denial::NotInChat(member).into());
        }
        self.change_chat(id, |chat| {
            if is_on {
                chat.managers.insert(member)
            } else {
                chat.managers.remove(&member)
            };
        });
        Ok(())
    }

    /// Gives a chat to another member.
    pub(crate) fn hand_over(&mut self, user: UserId, dialog: Dialog, member: UserId) -> Done<()> {
        let id = self.joined_chat(user, dialog)?;
        if !self.owned(user, id)?.has(member) {
            return Err(Denial::NotInChat(member).into());
        }
        self.change_chat(id, |chat| chat.owner = member);
        Ok(())
    }

    pub(crate) fn rename(&mut self, user: UserId, dialog: Dialog, title: &str) -> Done<()> {
        let id = self.joined_chat(user, dialog)?;
        self.managed(user, id)?;
        if title.trim().is_empty() {
            return denied("a chat needs a title");
        }
        self.change_chat(id, |chat| title.trim().clone_into(&mut chat.title));
        Ok(())
    }

    /// Reads in another language from now on; an empty one is that of the portal.
    pub(crate) fn speak(&mut self, user: UserId, language: &str) -> Done<()> {
        let account = self.users.get_mut(user).ok_or(Denial::NoUser(user))?;
        language.clone_into(&mut account.language);
        self.changes.extend([Change::User(user), Change::Commands]);
        Ok(())
    }

    /// Takes somebody out of a chat: oneself, or as its owner anybody.
    pub(crate) fn expel(&mut self, user: UserId, dialog: Dialog, member: UserId) -> Done<()> {
        let id = self.joined_chat(user, dialog)?;
        let chat = self.joined_group(user, id)?;
        if !chat.has(member) {
            return Err(Denied(Denial::NotInChat(member).to_string()));
        }
        if member != user && chat.owner != user {
            return Err(Denial::NotOwner.into());
        }
        self.remove_member(id, member);
        Ok(())
    }
}
