use super::{Denied, Done};
use crate::{
    ids::{NoticeId, UserId},
    state::{State, notices::Notice},
};

impl State {
    /// A notification that somebody got.
    fn own_notice(&self, user: UserId, id: NoticeId) -> Done<&Notice> {
        let notice = self.notices.all.get(id).filter(|notice| notice.user == user);
        notice.ok_or_else(|| Denied(format!("you have no notification {id}")))
    }

    /// Presses the button with this value. The notification goes away; its answer is told.
    pub(crate) fn press_notice(&mut self, user: UserId, id: NoticeId, value: &str) -> Done<String> {
        let notice = self.own_notice(user, id)?;
        let button = notice.content.buttons.iter().find(|button| button.value == value);
        let button =
            button.ok_or_else(|| Denied(format!("the notification has no button with the value {value:?}")))?;
        let outcome = format!("You chose \"{}\"", button.text);
        self.drop_notices(|notice| notice.id == id);
        Ok(outcome)
    }

    /// Answers a notification in words.
    pub(crate) fn answer_notice(&mut self, user: UserId, id: NoticeId, _text: &str) -> Done<String> {
        if !self.own_notice(user, id)?.content.takes_answer {
            return Err(Denied("the notification takes no answer".to_owned()));
        }
        self.mark_notices(user, true, |notice| notice.id == id);
        Ok("Your answer has been sent".to_owned())
    }

    pub(crate) fn read_notice(&mut self, user: UserId, id: NoticeId) -> Done<()> {
        self.own_notice(user, id)?;
        self.mark_notices(user, true, |notice| notice.id == id);
        Ok(())
    }

    pub(crate) fn read_all_notices(&mut self, user: UserId) {
        self.mark_notices(user, true, |_| true);
    }

    pub(crate) fn delete_notice(&mut self, user: UserId, id: NoticeId) -> Done<()> {
        self.own_notice(user, id)?;
        self.drop_notices(|notice| notice.id == id);
        Ok(())
    }
}
