// What the page knows, and how each stream event changes it. Views listen to topics; none of them writes here.

const TYPING_LASTS = 30_000; // milliseconds; a bot repeats sendTyping when it needs longer
const JOURNAL_KEEPS = 500;

/** Topics: `state`, `people`, `dialogs`, `current`, `messages`, `older`, `message`, `typing`, `entry`. */
export function createStore() {
  const listeners = new Map();
  return {
    portal: null,
    me: 0,
    language: '', // in which this user reads
    users: new Map(), // id → User
    dialogs: new Map(), // id → Dialog
    offers: { commands: [], languages: [] }, // what is suggested while one types
    journal: new Map(), // id → Entry
    current: null, // id of the open dialog
    unreadAtOpening: 0, // how many of its messages were new to the person
    messages: new Map(), // id → Message of the open dialog, oldest first
    hasOlder: false, // whether the portal has messages before them
    typing: new Map(), // "dialog/user" → timer
    blocked: new Set(), // ids of messages whose keyboards wait for the bot

    /** Listens to a topic; the answer is the way to stop. */
    on(topic, listener) {
      const all = listeners.get(topic) ?? listeners.set(topic, new Set()).get(topic);
      all.add(listener);
      return () => all.delete(listener);
    },
    emit(topic, detail) {
      for (const listener of listeners.get(topic) ?? []) listener(detail);
    },
    apply(kind, data) {
      changes[kind]?.(this, data);
    },
  };
}

/** Replaces everything; the open dialog's messages come with its history. */
export function takeState(store, state) {
  store.portal = state.portal;
  store.me = state.me;
  store.language = state.language;
  store.users = keyed(state.users);
  store.dialogs = keyed(state.dialogs);
  store.offers = state.offers;
  store.journal = keyed([...state.journal].sort((one, other) => one.id - other.id));
  store.messages = new Map();
  store.emit('state');
}

/** Opens a dialog with nothing in it yet; `unread`: how many of its messages the person has not seen. */
export function takeCurrent(store, dialog, unread = 0) {
  store.current = dialog;
  store.unreadAtOpening = unread;
  store.messages = new Map();
  store.hasOlder = false;
  store.emit('current', dialog);
}

/** A message that came by the stream while the history was on its way is newer than the history's. */
export function takeHistory(store, { messages, more }) {
  const live = store.messages;
  store.hasOlder = more;
  store.messages = keyed(
    [...messages.filter(({ id }) => !live.has(id)), ...live.values()].sort((one, other) => one.id - other.id),
  );
  store.emit('messages');
  store.unreadAtOpening = 0;
}

/** Puts a page of messages before those that are there. */
export function takeOlder(store, { messages, more }) {
  store.messages = new Map([...keyed(messages), ...store.messages]);
  store.hasOlder = more;
  store.emit('older');
}

/** The people who are typing in a dialog. */
export function typists(store, dialog = store.current) {
  const inside = [...store.typing.keys()].map((key) => key.split('/')).filter(([where]) => where === dialog);
  return inside.map(([, user]) => Number(user));
}

/** Every dialog that is not hidden: the pinned first, then the most recently written in. */
export function dialogsByRecency(store) {
  const newest = (dialog) => dialog.last?.id ?? 0;
  return [...store.dialogs.values()]
    .filter(({ hidden }) => !hidden)
    .sort(
      (one, other) =>
        Number(other.pinned) - Number(one.pinned) ||
        newest(other) - newest(one) ||
        one.title.localeCompare(other.title),
    );
}

const changes = {
  message(store, { message, change }) {
    stopTyping(store, message.dialog, message.author);
    if (change === 'edit' || change === 'delete') store.blocked.delete(message.id);
    if (message.dialog !== store.current) return;
    const isNew = !store.messages.has(message.id);
    store.messages.set(message.id, message);
    store.emit('message', { message, isNew });
  },

  dialog(store, dialog) {
    store.dialogs.set(dialog.id, dialog);
    store.emit('dialogs', dialog.id);
  },

  dialog_gone(store, { id }) {
    store.dialogs.delete(id);
    if (store.current === id) takeCurrent(store, null);
    store.emit('dialogs', id);
  },

  typing(store, { dialog, user }) {
    stopTyping(store, dialog, user);
    const timer = setTimeout(() => stopTyping(store, dialog, user), TYPING_LASTS);
    store.typing.set(`${dialog}/${user}`, timer);
    store.emit('typing', dialog);
  },

  user(store, user) {
    store.users.set(user.id, user);
    store.emit('people', user.id);
  },

  offers(store, offers) {
    store.offers = offers; // read when someone types a slash
  },

  journal(store, entry) {
    store.journal.set(entry.id, entry);
    if (store.journal.size > JOURNAL_KEEPS) store.journal.delete(store.journal.keys().next().value);
    store.emit('entry', entry);
  },

  blocked(store, { message }) {
    store.blocked.add(message);
    const known = store.messages.get(message);
    if (known) store.emit('message', { message: known, isNew: false });
  },
};

function stopTyping(store, dialog, user) {
  const key = `${dialog}/${user}`;
  if (!store.typing.has(key)) return;
  clearTimeout(store.typing.get(key));
  store.typing.delete(key);
  store.emit('typing', dialog);
}

const keyed = (list) => new Map(list.map((item) => [item.id, item]));
