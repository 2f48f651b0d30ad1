// The entry: joins the portal, the store and the views.
// Data goes one way: stream → store → views → deeds → portal.

import { act, follow, readHistory, readState } from './api.js';
import { quoted } from './bbcode.js';
import { plain } from './bbtree.js';
import { askNewChat, showMembers } from './chats.js';
import { mountComposer } from './composer.js';
import { mountConversation } from './conversation.js';
import { mountDialogs, unreadTotal } from './dialogs.js';
import { byId } from './dom.js';
import { notice, openMenu } from './floating.js';
import { icon } from './icons.js';
import { mountJournal, mountJournalToggle } from './journal.js';
import { menuItems, openOutside } from './keyboard.js';
import { nameOf } from './people.js';
import { createStore, takeCurrent, takeHistory, takeState } from './store.js';

const FIRST_USER = 1;

const store = createStore();
let user = Number(new URLSearchParams(location.search).get('user')) || FIRST_USER;
let stream = null;
let wanted = null; // the dialog clicked last: answers about others come too late

/** Asks the portal; a refusal becomes a notice and `null`. */
async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    notice(error.message, 'bad');
    return null;
  }
}

const post = (deed, body) => attempt(act(deed, { user, ...body }));

/** What clicks mean. Those named in `data-deed` are called as `(value, message id, the clicked node)`. */
const deeds = {
  dialog: (id) => openDialog(String(id)),
  chat: (id) => openDialog(`chat${id}`),
  send: (text) => post('say', { dialog: store.current, text }),
  put: (text) => composer.put(text),
  copy: (text) => attempt(toClipboard(text)),
  call: (number) => notice(`Calling ${number}: a local portal has no telephone, so nobody answers`),
  application: (id) => notice(`Application ${id} would open here: a local portal does not run chat applications`),
  link: (href) => openOutside(href),
  like: (id) => post('like', { message: Number(id) }),
  edit: (id) => composer.edit(store.messages.get(Number(id))),
  members: () => showMembers(store, store.current, deeds),
  invite: (dialog, member) => post('invite', { dialog, member }),
  leave: (dialog, member) => post('leave', { dialog, member }),
  newChat: () => askNewChat(store, createChat),
  speakAs: (id) => join(id),

  async press(button, message, node) {
    node.setAttribute('aria-busy', 'true');
    await post('press', { message, button: Number(button) });
    node.removeAttribute('aria-busy');
  },

  remove(id, message, node) {
    const run = () => post('delete', { message });
    openMenu(node, [{ label: 'Delete this message', symbol: 'trash', danger: true, run }], 'Delete?');
  },

  menu(id, message, node) {
    const known = store.messages.get(message);
    const pick = (item) => post('pick', { message, item: Number(item) });
    const own = menuItems(known.menu, { ...deeds, pick });
    const quote = () => composer.add(quoted(nameOf(store, known.author), known.date, plain(known.text)));
    const items = [
      { label: 'Quote', symbol: 'quote', run: quote },
      { label: 'Copy text', symbol: 'copy', run: () => deeds.copy(known.text) },
      { label: 'Copy as JSON', symbol: 'code', run: () => deeds.copy(JSON.stringify(known, null, 2)) },
    ];
    openMenu(node, own.length ? [...own, '-', ...items] : items, 'Message actions');
  },
};

async function toClipboard(text) {
  if (!navigator.clipboard) throw new Error('the browser lets a page copy only on https or on this machine');
  await navigator.clipboard.writeText(text);
  notice('Copied');
}

/** The portal is asked first: when it refuses, the dialog that is open stays. */
async function openDialog(id) {
  const { unread } = store.dialogs.get(id) ?? { unread: 0 }; // opening makes it zero
  wanted = id;
  if (!(await post('open', { dialog: id })) || wanted !== id) return;
  takeCurrent(store, id, unread);
  remember();
  await loadHistory(id);
  if (matchMedia('(hover: hover)').matches) composer.focus(); // on a phone it would raise the keyboard
}

async function loadHistory(id) {
  const messages = await attempt(readHistory(user, id));
  if (messages && store.current === id) takeHistory(store, messages);
}

async function createChat(chat) {
  const made = await post('chats', chat);
  if (made) openDialog(made.dialog);
  return Boolean(made);
}

/** Starts, or starts over as another user. */
function join(id) {
  stream?.close();
  user = id;
  // The address still names the dialog: `resume` opens it as the new user.
  if (store.current) takeCurrent(store, null);
  let waiting = []; // events that came while the state was being read; all of them carry whole objects
  stream = follow(user, {
    async opened() {
      waiting ??= [];
      const state = await attempt(readState(user));
      if (!state || user !== id) return;
      takeState(store, state);
      setOnline(true);
      for (const [kind, data] of waiting) store.apply(kind, data);
      waiting = null;
      await resume();
    },
    lost() {
      setOnline(false);
      // A portal that was started anew may not know this user any more; waiting would not bring them back.
      readState(id).catch(({ isRefusal }) => isRefusal && user === id && id !== FIRST_USER && join(FIRST_USER));
    },
    changed: (kind, data) => (waiting ? waiting.push([kind, data]) : store.apply(kind, data)),
  });
}

/** After (re)connecting: the dialog that was open, or the one the address names. */
async function resume() {
  if (store.dialogs.has(store.current)) return loadHistory(store.current);
  if (store.current) takeCurrent(store, null);
  const named = decodeURIComponent(location.hash.slice(1));
  const isOther = store.users.has(Number(named)) && Number(named) !== store.me;
  return store.dialogs.has(named) || isOther ? openDialog(named) : remember();
}

/** The address holds who speaks and where, so that a reload or a second tab shows the same. */
function remember() {
  const hash = store.current ? `#${store.current}` : '';
  history.replaceState(null, '', `${location.pathname}?user=${user}${hash}`);
}

function setOnline(isOnline) {
  byId('banner').hidden = isOnline;
}

/** What arrives in the dialog one is looking at is read at once: asking for its history tells the portal so. */
let readUpTo = 0;
function readCurrent() {
  const dialog = store.dialogs.get(store.current);
  if (!dialog?.unread || document.hidden || dialog.last?.id === readUpTo) return;
  readUpTo = dialog.last?.id;
  readHistory(user, dialog.id).catch(() => {}); // unimportant: the next message tries again
}

function drawTitle() {
  const unread = unreadTotal(store);
  document.title = `${unread ? `(${unread}) ` : ''}${store.portal?.name ?? 'Portal'}`;
}

for (const place of document.querySelectorAll('[data-icon]')) place.prepend(icon(place.dataset.icon));
mountDialogs(store, deeds);
mountConversation(store, deeds);
const composer = mountComposer(store, {
  send: (text) => post('say', { dialog: store.current, text }),
  change: (message, text) => post('edit', { message: message.id, text }),
});
mountJournal(store, deeds.copy);
mountJournalToggle();
byId('back').addEventListener('click', () => {
  takeCurrent(store, null);
  remember();
});
for (const topic of ['state', 'dialogs', 'current']) store.on(topic, drawTitle);
store.on('dialogs', readCurrent);
document.addEventListener('visibilitychange', readCurrent);
join(user);
