//! What clients write, on its way to the operators.

use serde_json::{Value, json};

use super::{Code, LIVE_CHAT, NETWORK};
use crate::{
    ids::{ChatId, LineId, MessageId, SessionId, UserId},
    state::{
        State,
        chats::{Chat, ChatKind, Entity, NewChat},
        messages::{Content, Event, Removal},
        users::{Account, UserKind},
    },
};

/// The kind of the chat that a client has on the portal itself.
const CLIENTS_CHAT: &str = "LIVECHAT";

/// Something that a client wrote.
pub(crate) struct Incoming {
    pub(crate) code: Code,
    /// Who wrote it.
    pub(crate) client: UserId,
    /// Whose the files are that come with it.
    pub(crate) sender: UserId,
    pub(crate) content: Content,
    /// What the client's side calls it.
    pub(crate) external: String,
    /// What the chat is called, where the external system tells.
    pub(crate) title: String,
    /// The employee who wrote it in truth.
    pub(crate) employee: Option<UserId>,
    /// Whether the line may make something out of it in the CRM.
    pub(crate) tracks: bool,
}

/// Where it went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Received {
    pub(crate) chat: ChatId,
    pub(crate) session: Option<SessionId>,
}

impl State {
    /// The account of a client, made when it writes for the first time.
    pub(crate) fn client(&mut self, connector: &str, external: &str, dress: impl FnOnce(&mut Account)) -> UserId {
        let key = format!("{connector}|{external}");
        if let Some(known) = self.lines.clients.get(&key) {
            let known = *known;
            if let Some(account) = self.users.get_mut(known) {
                dress(account);
            }
            return known;
        }
        let user = self.add_account(UserKind::Connector, |account| {
            "Guest".clone_into(&mut account.first_name);
            dress(account);
        });
        self.lines.clients.insert(key, user);
        user
    }

    pub(crate) fn is_client(&self, user: UserId) -> bool {
        self.users.get(user).is_some_and(|account| account.kind == UserKind::Connector)
    }

    /// Whether a chat is in the messenger of somebody. Clients do not see the one in which operators talk to them.
    pub(crate) fn shows(&self, chat: &Chat, user: UserId) -> bool {
        chat.has(user) && !(chat.kind == ChatKind::Line && self.is_client(user))
    }

    /// Brings what a client wrote into the chat of its line. The first word begins a conversation.
    pub(crate) fn receive(&mut self, incoming: Incoming) -> Received {
        let Incoming { code, client, sender, mut content, external, title, employee, tracks } = incoming;
        let chat = self.line_chat(&code).unwrap_or_else(|| self.open_line_chat(&code, client, &title));
        self.let_in(chat, client);
        let vote = self.awaited_vote(chat, &content.text).filter(|_| employee.is_none());
        let open = self.open_session(chat).map(|session| session.id);
        let mut begun = None;
        match open {
            Some(id) if vote.is_none() => self.change_session(id, |session| session.ends = None),
            None if vote.is_none() => {
                let id = self.begin(chat, client, &code);
                self.track(id, tracks);
                self.distribute(id);
                begun = Some(id);
            }
            _ => {}
        }
        let text = content.text.clone();
        content.params.insert("CONNECTOR_MID".to_owned(), json!([external]));
        content.is_internal = employee.is_some();
        content.files = self.bring_files(sender, chat, &content.files);
        let message = self.post(chat, employee.unwrap_or(client), content);
        self.announce(message);
        if let Some((id, liked)) = vote {
            self.vote(id, liked);
        }
        if let Some(id) = begun {
            self.greet(id);
        }
        let session = self.lines.session_in(chat).map(|session| session.id);
        // Whoever is tired of a bot says 0, whatever the bot makes of it.
        if let Some(id) = session.filter(|_| text.trim() == "0" && employee.is_none())
            && self.open_session(chat).is_some_and(|session| session.bot().is_some())
        {
            self.queue_up(id);
        }
        Received { chat, session }
    }

    fn open_line_chat(&mut self, code: &Code, client: UserId, title: &str) -> ChatId {
        let line = self.lines.lines.get(code.line).map_or("", |line| line.name());
        let title = if title.is_empty() { format!("{} - {line}", self.user_name(client)) } else { title.to_owned() };
        let entity = Entity { kind: "LINES".to_owned(), id: code.to_string(), ..Entity::default() };
        let chat = self.add_chat_of(ChatKind::Line, client, NewChat { title, entity, ..NewChat::default() });
        self.change_chat(chat, |chat| chat.owner = UserId(0));
        chat
    }

    /// The chat that a client has with a line on the portal itself, opened the first time.
    pub(crate) fn live_chat(&mut self, line: LineId, client: UserId) -> Option<ChatId> {
        let title = self.lines.lines.get(line)?.name().to_owned();
        let id = format!("{line}|{client}");
        if let Some(known) = self.chat_about(CLIENTS_CHAT, &id) {
            return Some(known.id);
        }
        let entity = Entity { kind: CLIENTS_CHAT.to_owned(), id, ..Entity::default() };
        Some(self.add_group(client, NewChat { title, entity, ..NewChat::default() }))
    }

    /// The code of the client whose side of a conversation this chat is.
    pub(crate) fn clients_side(&self, chat: &Chat) -> Option<Code> {
        if chat.entity.kind == CLIENTS_CHAT {
            let (line, user) = chat.entity.id.split_once('|')?;
            let line = LineId(line.parse().ok()?);
            return Some(Code {
                connector: LIVE_CHAT.to_owned(),
                line,
                chat: chat.id.to_string(),
                user: user.to_owned(),
            });
        }
        let bot = chat.users().filter(|_| chat.is_private()).find(|user| self.lines.network_bots.contains_key(user))?;
        let line = *self.lines.network_bots.get(&bot)?;
        let user = chat.companion(bot)?.to_string();
        Some(Code { connector: NETWORK.to_owned(), line, chat: chat.id.to_string(), user })
    }

    /// A client said something in its own chat, or changed what it said there.
    pub(super) fn hear_client(&mut self, id: MessageId, code: Code, event: Event) {
        let Some(message) = self.messages.get(id) else { return };
        let (sender, removal, edited) = (message.sender, message.removal, message.edited);
        let content = message.content.clone();
        match (event, self.lines.twins.get(&id).copied()) {
            (Event::New, _) => self.hear_words(id, code, sender, content),
            (Event::Edit, Some(twin)) => {
                self.amend(twin, edited, |known| known.text = content.text);
                self.announce_twin(twin, event);
            }
            (Event::Delete, Some(twin)) => {
                self.delete(twin, removal);
                self.announce_twin(twin, event);
            }
            _ => {}
        }
    }

    fn hear_words(&mut self, id: MessageId, code: Code, sender: UserId, content: Content) {
        if self.lines.lines.get(code.line).is_none_or(|line| !line.is_active()) {
            return;
        }
        let client = if self.is_client(sender) { sender } else { self.twin_of_colleague(sender) };
        let content = Content { params: serde_json::Map::new(), reply: None, ..content };
        let external = id.to_string();
        let incoming =
            Incoming { code, client, sender, content, external, title: String::new(), employee: None, tracks: true };
        let chat = self.receive(incoming).chat;
        if let Some(twin) = self.find_external(chat, &id.to_string()) {
            self.lines.twins.insert(id, twin);
        }
    }

    /// Somebody who works here and writes to a line as people of other portals do is a client there.
    fn twin_of_colleague(&mut self, user: UserId) -> UserId {
        let (first, last) =
            self.users.get(user).map(|user| (user.first_name.clone(), user.last_name.clone())).unwrap_or_default();
        self.client(NETWORK, &user.to_string(), |account| (account.first_name, account.last_name) = (first, last))
    }

    fn announce_twin(&mut self, twin: MessageId, event: Event) {
        if let Some(message) = self.messages.get(twin).cloned() {
            self.announce_change(&message, event);
        }
    }

    /// The message in a chat that the client's side calls so.
    pub(crate) fn find_external(&self, chat: ChatId, external: &str) -> Option<MessageId> {
        let is_it = |id: &MessageId| self.external_ids(*id).any(|known| known == external);
        self.chats.get(chat)?.messages.iter().rev().copied().find(is_it)
    }

    /// What the client's side calls a message.
    pub(crate) fn external_ids(&self, id: MessageId) -> impl Iterator<Item = &str> {
        let message = self.messages.get(id).filter(|message| message.removal != Removal::Complete);
        let ids = message.and_then(|message| message.content.params.get("CONNECTOR_MID")).and_then(Value::as_array);
        ids.into_iter().flatten().filter_map(Value::as_str)
    }
}
