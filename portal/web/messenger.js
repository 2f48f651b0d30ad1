// The entry: joins the portal, the store and the views.
// Data goes one way: stream → store → views → deeds → portal.

import { act, follow, readAppAddress, readApps, readHistory, readState, search, upload } from './api.js';
import { mountChatApps } from './chatapps.js';
import { askNewChat, askNewPerson, chooseDialog, showMembers } from './chats.js';
import { mountComposer } from './composer.js';
import { mountConversation } from './conversation.js';
import { mountDialogs, unreadTotal } from './dialogs.js';
import { byId } from './dom.js';
import { fileAddress } from './files.js';
import { mountFind } from './find.js';
import { notice } from './floating.js';
import { mountHead } from './head.js';
import { icon } from './icons.js';
import { mountJournal, mountJournalToggle } from './journal.js';
import { openOutside } from './keyboard.js';
import { askNewLine, askVisit, mountLines, openLineMenu } from './lines.js';
import { mountNotices } from './notices.js';
import { messageDeeds } from './deeds.js';
import { mountPlacements } from './placements.js';
import { mountShortcuts } from './shortcuts.js';
import { createStore, dialogsByRecency, takeCurrent, takeHistory, takeOlder, takeState } from './store.js';
import './theme.js';
import { showPicture } from './viewer.js';

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
  dialog: (id) => openDialog(String(id).toLowerCase()),
  chat: (id) => openDialog(`chat${id}`),
  context: (place) => deeds.jumpTo(...place.split('/')),
  jump: (id) => showMessage(Number(id)),
  send: (text) => post('say', { dialog: store.current, text }),
  put: (text) => composer.put(text),
  write: () => composer.focus(),
  copy: (text) => attempt(toClipboard(text)),
  call: (number) => notice(`Calling ${number}: a local portal has no telephone, so nobody answers`),
  record: () => notice('A local portal has no telephone, so there is no recording to hear'),
  application: (id, message, node) => openApp(id, { message, params: node.dataset.params ?? '' }),
  openApp: (id, opened) => openApp(id, opened),
  support: (code) => post('support', { code }).then((made) => made && openDialog(made.dialog)),
  look: (id) => showPicture(store, id),
  file: (id) => openOutside(fileAddress(store, id)),
  link: (href) => openOutside(href),
  members: () => showMembers(store, store.current, deeds),
  invite: (dialog, member) => post('invite', { dialog, member }),
  leave: (dialog, member) => post('leave', { dialog, member }),
  manager: (dialog, member, on) => post('manager', { dialog, member, on }),
  owner: (dialog, member) => post('owner', { dialog, member }),
  rename: (dialog, title) => post('rename', { dialog, title }),
  mark: (dialog, as, on) => post('mark', { dialog, as, on }),
  markRead: (dialog) => attempt(readHistory(user, dialog)),
  newChat: () => askNewChat(store, createChat),
  newLine: () => askNewLine(store, (line) => post('new_line', line)),
  visit: () => askVisit(store, visitLine),
  line: (deed, body) => post(deed, { dialog: store.current, ...(typeof body === 'object' && body) }),
  stepIn: async (dialog) => (await post('step_in', { dialog })) && openDialog(dialog),
  lineMenu: (value, message, node) => openLineMenu(store, node, deeds),
  rate: (answer) => post('rate', { dialog: store.current, liked: answer === 'yes' }),
  finishInstallation: ({ id }) => post('finish_installation', { placement: id }),
  newPerson: () => askNewPerson((name) => post('person', { name })),
  readNotice: (notice) => post('read_notice', { notice }),
  readNotices: () => post('read_notice', {}),
  pressNotice: (notice, value) => post('press_notice', { notice, value }),
  answerNotice: (notice, text) => post('answer_notice', { notice, text }),
  deleteNotice: (notice) => post('delete_notice', { notice }),
  language: (language) => post('language', { language }).then((done) => done && join(user)),
  search: async (words) => (await attempt(search(user, words))) ?? [],
  older: () => loadOlder(),
  find: () => openFind(),
  speakAs: (id) => join(id),
  entrance: (entry) => act('entrance', { user, entry }).catch(() => null),
  resend: async (entry) => (await post('resend', { entry })) && notice('Sent again'),
  forward: (id) => chooseDialog(store, 'Forward to', (dialog) => post('forward', { message: id, dialog })),

  async jumpTo(dialog, message) {
    if (dialog !== store.current) await openDialog(dialog);
    await showMessage(Number(message));
  },
};

function send(words, files) {
  return files.length ? attempt(upload({ user, ...words }, files)) : post('say', words);
}

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
  if (!matchMedia('(pointer: coarse)').matches) composer.focus(); // on a phone it would raise the keyboard
}

async function loadHistory(id) {
  const page = await attempt(readHistory(user, id));
  if (page && store.current === id) takeHistory(store, page);
}

/** The page of messages before those that are there; false when there is none to come. */
let loading = null;
function loadOlder() {
  if (!store.hasOlder) return false;
  loading ??= (async () => {
    const dialog = store.current;
    const page = await attempt(readHistory(user, dialog, store.messages.keys().next().value));
    loading = null;
    if (!page || store.current !== dialog) return false;
    takeOlder(store, page);
    return true;
  })();
  return loading;
}

/** Leads to a message of the open dialog, however far back it is. */
async function showMessage(id) {
  while (!conversation.show(id)) {
    if (!(await loadOlder())) return notice('That message is not here any more');
  }
}

/** The dialog above or below the open one. */
function stepDialog(step) {
  const ids = dialogsByRecency(store).map(({ id }) => id);
  const goal = ids[ids.indexOf(store.current) + step];
  if (goal) openDialog(goal);
}

function openSearch() {
  byId('app').dataset.pane = 'list'; // on a phone the list is a page of its own
  byId('search').focus();
  byId('search').select();
}

async function createChat(chat) {
  const made = await post('chats', chat);
  if (made) openDialog(made.dialog);
  return Boolean(made);
}

/** Goes on as the client, in the chat with the line. */
async function visitLine(question) {
  const made = await post('visit', question);
  if (!made) return false;
  join(made.user, made.dialog);
  return true;
}

/** Starts, or starts over as another user, in a dialog if one is named. */
function join(id, dialog = null) {
  stream?.close();
  user = id;
  // The address names the dialog: `resume` opens it as the new user. A changed hash would do so too early.
  if (dialog) history.replaceState(null, '', `${location.pathname}?user=${id}#${dialog}`);
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
  const named = decodeURIComponent(location.hash.slice(1));
  if (named === store.current && store.dialogs.has(named)) return loadHistory(named);
  if (store.current) takeCurrent(store, null);
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
mountHead(store);
mountNotices(store, deeds);
mountLines(store);
const conversation = mountConversation(store, deeds);
const composer = mountComposer(store, {
  send: (words, files) => send({ dialog: store.current, ...words }, files),
  change: (message, text) => post('edit', { message: message.id, text }),
  type: () => store.dialogs.has(store.current) && act('typing', { user, dialog: store.current }).catch(() => {}),
});
const openApp = mountChatApps(store, deeds, {
  load: (dialog) => readApps(user, dialog).catch(() => []), // they come with the next dialog
  address: (question) => attempt(readAppAddress(user, question)),
});
const openFind = mountFind(store, {
  search: async (words) => (await attempt(search(user, words, store.current))) ?? [],
  show: (id) => showMessage(id),
  write: () => composer.focus(),
});
const here = { host: location.host, secure: location.protocol === 'https:' };
const placedItems = mountPlacements(store, deeds, { prepare: (question) => post('place', { ...here, ...question }) });
Object.assign(deeds, messageDeeds(store, { post, deeds, composer, placedItems }));
mountShortcuts({ search: openSearch, find: openFind, step: stepDialog });
mountJournal(store, deeds);
mountJournalToggle();
byId('back').addEventListener('click', () => {
  takeCurrent(store, null);
  remember();
});
for (const topic of ['state', 'dialogs', 'current']) store.on(topic, drawTitle);
store.on('dialogs', readCurrent);
document.addEventListener('visibilitychange', readCurrent);
addEventListener('hashchange', () => resume());
join(user);
