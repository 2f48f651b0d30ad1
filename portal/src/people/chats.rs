use super::notes::Note;
use crate::{
    ids::{ChatId, Dialog, UserId},
    state::{
        Change, State,
        chats::{Chat, Denial, Liberty, NewChat},
        messages::Content,
    },
};

impl State {
    /// Opens a dialog. A bot hears of it the first time.
    pub(crate) fn open(&mut self, user: UserId, dialog: Dialog) -> Result<ChatId, Denial> {
        let id = self.read(user, dialog)?;
        let Some(chat) = self.chats.get_mut(id) else { return Ok(id) };
        let Some(bot) = chat.companion(user).filter(|companion| self.bots.contains_key(companion)) else {
            return Ok(id);
        };
        if !std::mem::replace(&mut chat.welcomed, true) {
            self.welcome(id, bot, user);
        }
        Ok(id)
    }

    /// Has read a dialog to its end.
    pub(crate) fn read(&mut self, user: UserId, dialog: Dialog) -> Result<ChatId, Denial> {
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
    ) -> Result<ChatId, Denial> {
        let title = named(title)?.to_owned();
        self.start_chat(user, user, NewChat { is_open, title, members, ..NewChat::default() }, None)
    }

    /// Starts a chat with others, in the name of `user`, who is one of them.
    pub(crate) fn start_chat(
        &mut self,
        user: UserId,
        owner: UserId,
        mut new: NewChat,
        greeting: Option<Content>,
    ) -> Result<ChatId, Denial> {
        new.members.insert(0, user);
        for member in new.members.iter().chain([&owner]) {
            self.approachable(user, *member)?;
        }
        let chat = self.add_group(owner, new);
        let members: Vec<UserId> = self.chats.get(chat).map(|chat| chat.users().collect()).unwrap_or_default();
        for member in members.into_iter().filter(|member| *member != user) {
            self.welcome(chat, member, user);
        }
        if let Some(greeting) = greeting {
            self.utter(user, chat, greeting);
        }
        Ok(chat)
    }

    /// Whether `user` can name `other` to the portal.
    fn approachable(&self, user: UserId, other: UserId) -> Result<(), Denial> {
        if !self.users.contains(other) {
            return Err(Denial::NoUser(other));
        }
        if self.may_approach(user, other) { Ok(()) } else { Err(Denial::Stranger(other)) }
    }

    /// Brings people into a chat, those that can come and are not there yet; into an open chat also oneself.
    pub(crate) fn invite(
        &mut self,
        user: UserId,
        id: ChatId,
        guests: &[UserId],
        hides_history: bool,
    ) -> Result<(), Denial> {
        let chat = self.chats.get(id).ok_or(Denial::NoDialog(Dialog::Chat(id)))?;
        let comes_alone = guests == [user] && !chat.has(user);
        if !(comes_alone && self.may_join(user, chat)) {
            self.joined_group(user, id)?;
        }
        free(chat, Liberty::Extend)?;
        let mut welcome: Vec<UserId> = Vec::new();
        let mut obstacle = None;
        for guest in guests {
            match self.approachable(user, *guest) {
                Err(denial) => obstacle = Some(denial),
                Ok(()) if chat.has(*guest) => obstacle = Some(Denial::AlreadyIn(*guest)),
                Ok(()) if !welcome.contains(guest) => welcome.push(*guest),
                Ok(()) => {}
            }
        }
        if let Some(denial) = obstacle.filter(|_| welcome.is_empty()) {
            return Err(denial);
        }
        for guest in &welcome {
            self.add_member(id, *guest);
            if hides_history {
                self.hide_history(id, *guest);
            }
        }
        self.note_in(id, user, if comes_alone { Note::Joined } else { Note::Invited(&welcome) });
        for guest in welcome {
            self.welcome(id, guest, user);
        }
        Ok(())
    }

    /// Goes out of a chat. Who owns it leaves it to whoever came next.
    pub(crate) fn leave(&mut self, user: UserId, id: ChatId) -> Result<(), Denial> {
        let chat = self.joined_group(user, id)?;
        free(chat, Liberty::Leave)?;
        if chat.owner == user {
            free(chat, Liberty::LeaveOwner)?;
        }
        self.remove_member(id, user);
        self.note_in(id, user, Note::Left);
        Ok(())
    }

    /// Takes somebody out of a chat: oneself, or as its owner or manager anybody but the owner.
    pub(crate) fn expel(&mut self, user: UserId, id: ChatId, member: UserId) -> Result<(), Denial> {
        let chat = self.joined_group(user, id)?;
        if member == user {
            return self.leave(user, id);
        }
        if !chat.has(member) {
            return Err(Denial::NotInChat(member));
        }
        free(chat, Liberty::Leave)?;
        self.managed(user, id)?;
        if chat.owner == member {
            return Err(Denial::NotOwner);
        }
        self.remove_member(id, member);
        self.note_in(id, user, Note::Expelled(member));
        Ok(())
    }

    pub(crate) fn rename(&mut self, user: UserId, id: ChatId, title: &str) -> Result<(), Denial> {
        let chat = self.joined_group(user, id)?;
        free(chat, Liberty::Rename)?;
        let title = named(title)?;
        if chat.title == title {
            return Err(Denial::Unchanged);
        }
        self.change_chat(id, |chat| title.clone_into(&mut chat.title));
        self.note_in(id, user, Note::Renamed(title));
        Ok(())
    }

    pub(crate) fn recolor(&mut self, user: UserId, id: ChatId, color: &str) -> Result<(), Denial> {
        if self.joined_group(user, id)?.color == color {
            return Err(Denial::Unchanged);
        }
        self.change_chat(id, |chat| color.clone_into(&mut chat.color));
        self.note_in(id, user, Note::Recolored(color));
        Ok(())
    }

    /// Gives a chat another picture, in Base64.
    pub(crate) fn repaint(&mut self, user: UserId, id: ChatId, avatar: String) -> Result<(), Denial> {
        free(self.joined_group(user, id)?, Liberty::Avatar)?;
        self.change_chat(id, |chat| chat.avatar = avatar);
        self.note_in(id, user, Note::NewPicture);
        Ok(())
    }

    /// Makes a member a manager of a chat, or no longer.
    pub(crate) fn appoint(&mut self, user: UserId, id: ChatId, member: UserId, is_on: bool) -> Result<(), Denial> {
        if !self.owned(user, id)?.has(member) {
            return Err(Denial::NotInChat(member));
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

    /// Reads in another language from now on; an empty one is that of the portal.
    pub(crate) fn speak(&mut self, user: UserId, language: &str) -> Result<(), Denial> {
        let account = self.users.get_mut(user).ok_or(Denial::NoUser(user))?;
        language.clone_into(&mut account.language);
        self.changes.extend([Change::User(user), Change::Commands]);
        Ok(())
    }

    /// Makes another member the owner of a chat.
    pub(crate) fn hand_over(&mut self, user: UserId, id: ChatId, heir: UserId) -> Result<(), Denial> {
        if !self.owned(user, id)?.has(heir) {
            return Err(Denial::NotInChat(heir));
        }
        self.change_chat(id, |chat| chat.owner = heir);
        self.note_in(id, user, Note::NewOwner(heir));
        Ok(())
    }
}

/// A title without the space around it.
fn named(title: &str) -> Result<&str, Denial> {
    Some(title.trim()).filter(|title| !title.is_empty()).ok_or(Denial::Untitled)
}

/// Whether this can be done in a chat at all.
fn free(chat: &Chat, what: Liberty) -> Result<(), Denial> {
    if chat.allows(what) { Ok(()) } else { Err(Denial::Fixed) }
}
