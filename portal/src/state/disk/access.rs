//! Who may do what on the drive. What is given to a folder holds for all that is in it.

use serde::{Deserialize, Serialize};

use super::{DiskDenial, Object, ObjectKind};
use crate::{
    ids::{AppId, ChatId, DepartmentId, DiskId, UserId},
    state::{State, users::UserKind},
};

/// How much somebody may do; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Access {
    Read,
    Add,
    Edit,
    Full,
}

impl Access {
    /// Every level, the lowest first.
    pub(crate) const ALL: [Self; 4] = [Self::Read, Self::Add, Self::Edit, Self::Full];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Read => "disk_access_read",
            Self::Add => "disk_access_add",
            Self::Edit => "disk_access_edit",
            Self::Full => "disk_access_full",
        }
    }

    /// What `TASK_ID` means it.
    pub(crate) fn task(self) -> u64 {
        match self {
            Self::Read => 71,
            Self::Add => 73,
            Self::Edit => 75,
            Self::Full => 79,
        }
    }
}

/// Who has a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Holder {
    User(UserId),
    /// Whoever works here.
    Everybody,
    Department(DepartmentId),
    /// A department with those below it.
    Branch(DepartmentId),
    /// The members of a chat.
    Chat(ChatId),
    /// The members of a workgroup.
    Group(u64),
    /// Whoever calls through an application.
    App(AppId),
}

impl Holder {
    /// `U35`, `*`, `D5`, `DR5`: the codes that clients may use.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        let number = |digits: &str| digits.parse::<u64>().ok();
        if code == "*" {
            return Some(Self::Everybody);
        }
        if let Some(branch) = code.strip_prefix("DR") {
            return number(branch).map(|id| Self::Branch(DepartmentId(id)));
        }
        if let Some(department) = code.strip_prefix('D') {
            return number(department).map(|id| Self::Department(DepartmentId(id)));
        }
        code.strip_prefix('U').and_then(number).map(|id| Self::User(UserId(id)))
    }
}

/// What somebody may do with an object and all that is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Right {
    pub(crate) holder: Holder,
    pub(crate) access: Access,
}

/// Who comes to the drive, and through which application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Visitor {
    pub(crate) user: UserId,
    pub(crate) app: Option<AppId>,
}

impl Visitor {
    pub(crate) fn user(user: UserId) -> Self {
        Self { user, app: None }
    }
}

impl State {
    /// How much a visitor may do with an object.
    pub(crate) fn access_to(&self, visitor: Visitor, object: &Object) -> Option<Access> {
        if self.users.get(visitor.user).is_some_and(|user| user.is_admin) {
            return Some(Access::Full);
        }
        let rights = std::iter::once(object).chain(self.disk.above(object)).flat_map(|object| &object.rights);
        rights.filter(|right| self.is_held(right.holder, visitor)).map(|right| right.access).max()
    }

    fn is_held(&self, holder: Holder, visitor: Visitor) -> bool {
        let account = self.users.get(visitor.user).filter(|account| account.active);
        let Some(account) = account else { return false };
        match holder {
            Holder::User(user) => user == visitor.user,
            Holder::Everybody => matches!(account.kind, UserKind::Employee | UserKind::Bot),
            Holder::Department(department) => account.departments.contains(&department),
            Holder::Branch(above) => account.departments.iter().any(|own| self.belongs_to(*own, above)),
            Holder::Chat(chat) => self.chats.get(chat).is_some_and(|chat| chat.has(visitor.user)),
            Holder::Group(group) => self.workgroup(group).is_some_and(|chat| chat.has(visitor.user)),
            Holder::App(app) => visitor.app == Some(app),
        }
    }

    /// An object of a kind that is not gone and that a visitor may do something with.
    pub(crate) fn allowed(
        &self,
        visitor: Visitor,
        id: DiskId,
        kind: ObjectKind,
        wanted: Access,
    ) -> Result<&Object, DiskDenial> {
        let object = self.on_disk(id).filter(|object| object.kind() == kind).ok_or(DiskDenial::NotFound(id))?;
        match self.access_to(visitor, object) {
            Some(access) if access >= wanted => Ok(object),
            _ => Err(DiskDenial::NoAccess),
        }
    }

    pub(crate) fn allowed_file(&self, visitor: Visitor, id: DiskId, wanted: Access) -> Result<&Object, DiskDenial> {
        self.allowed(visitor, id, ObjectKind::File, wanted)
    }

    pub(crate) fn allowed_folder(&self, visitor: Visitor, id: DiskId, wanted: Access) -> Result<&Object, DiskDenial> {
        self.allowed(visitor, id, ObjectKind::Folder, wanted)
    }

    pub(crate) fn may_read(&self, visitor: Visitor, object: &Object) -> bool {
        self.access_to(visitor, object).is_some()
    }

    /// Gives a user access to an object. Nobody gives more than what they have.
    pub(crate) fn share_folder(
        &mut self,
        visitor: Visitor,
        id: DiskId,
        user: UserId,
        access: Access,
    ) -> Result<(), DiskDenial> {
        self.allowed_folder(visitor, id, access)?;
        self.disk.give(id, &[Right { holder: Holder::User(user), access }]);
        Ok(())
    }
}
