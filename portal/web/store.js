// What the page knows, and how each stream event changes it. Views listen to topics; none of them writes here.

const TYPING_LASTS = 30_000; // milliseconds; a bot repeats sendTyping when it needs longer
const JOURNAL_KEEPS = 500;

/**
 * Topics: `state`, `people`, `dialogs`, `current`, `messages`, `older`, `message`, `typing`, `offers`, `notices`,
 * `lines`, `placements`, `entry`.
 */
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
    notices: [], // notifications, the newest first
    placements: [], // pages of applications that have a place in the messenger
    lines: [], // open lines with the conversations this user has to do with
    messages: new Map(), // id → Message of the open dialog, oldest first
    isLoaded: false, // whether they have come
    hasOlder: false, // whether the portal has messages before them
    typing: new Map(), // "dialog/user" → `{timer, action}`
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
  store.notices = state.notices ?? [];
  store.lines = state.lines ?? [];
  store.placements = state.placements ?? [];
  store.journal = keyed([...state.journal].sort((one, other) => one.id - other.id));
  store.messages = new Map();
  store.isLoaded = false;
  store.emit('state');
}

/** Opens a dialog with nothing in it yet; `unread`: how many of its messages the person has not seen. */
export function takeCurrent(store, dialog, unread = 0) {
  store.current = dialog;
  store.unreadAtOpening = unread;
  store.messages = new Map();
  store.isLoaded = false;
  store.hasOlder = false;
  store.emit('current', dialog);
}

/** A message that came by the stream while the history was on its way is newer than the history's. */
export function takeHistory(store, { messages, more }) {
  const first = more ? messages[0].id : 0;
  const live = new Map([...store.messages].filter(([id]) => id >= first));
  store.isLoaded = true;
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

/** Who is typing in a dialog, or at what else: `{user, action}`. */
export function typists(store, dialog = store.current) {
  const inside = [...store.typing].filter(([key]) => key.split('/')[0] === dialog);
  return inside.map(([key, { action }]) => ({ user: Number(key.split('/')[1]), action }));
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
    if (isNew && change !== 'new' && store.isLoaded) return; // it lies further back than what was loaded
    if (message.gone) store.messages.delete(message.id);
    else store.messages.set(message.id, message);
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

  typing: (store, { dialog, user }) => startTyping(store, dialog, user, TYPING_LASTS),
  busy: (store, { dialog, user, action, seconds }) => startTyping(store, dialog, user, seconds * 1000, action),

  user(store, user) {
    store.users.set(user.id, user);
    store.emit('people', user.id);
  },

  user_gone(store, { id }) {
    store.users.delete(id);
    store.emit('people', id);
  },

  offers(store, offers) {
    store.offers = offers; // commands are read when someone types a slash
    store.emit('offers');
  },

  placements(store, placements) {
    store.placements = placements;
    store.emit('placements');
  },

  lines(store, lines) {
    store.lines = lines;
    store.emit('lines');
  },

  notices(store, { notices }) {
    store.notices = notices;
    store.emit('notices');
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

/** `action`: at what a bot is, when it says more than that it types. */
function startTyping(store, dialog, user, lasts, action = null) {
  stopTyping(store, dialog, user);
  const timer = setTimeout(() => stopTyping(store, dialog, user), lasts);
  store.typing.set(`${dialog}/${user}`, { timer, action });
  store.emit('typing', dialog);
}

function stopTyping(store, dialog, user) {
  const key = `${dialog}/${user}`;
  if (!store.typing.has(key)) return;
  clearTimeout(store.typing.get(key).timer);
  store.typing.delete(key);
  store.emit('typing', dialog);
}

const keyed = (list) => new Map(list.map((item) => [item.id, item]));
