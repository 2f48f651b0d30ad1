// The left column: who is speaking, the search box, the dialogs, and the people nobody has written to yet.

import { byId, el } from './dom.js';
import { openMenu } from './floating.js';
import { avatar, nameOf } from './people.js';
import { sections } from './rows.js';
import { settings, speakers } from './settings.js';

const SEARCHED_FROM = 3; // letters; the platform searches messages for no less
const PAUSE = 200; // milliseconds without typing before the portal is asked

/** Draws the column and keeps it up to date. `deeds` says what a click does. */
export function mountDialogs(store, deeds) {
  const list = byId('dialogs');
  const search = byId('search');
  const me = byId('me');
  let found = []; // messages that hold what is searched for
  let pause = 0;

  const draw = () => {
    const active = list.contains(document.activeElement) && document.activeElement.closest('[data-dialog]');
    const focused = active && active.dataset.dialog;
    list.replaceChildren(...sections(store, search.value.trim().toLowerCase(), found));
    (list.querySelector('[aria-current]') ?? list.querySelector('.dialog'))?.setAttribute('tabindex', '0');
    if (focused) list.querySelector(`.dialog[data-dialog="${focused}"]`)?.focus();
  };
  const drawMe = () => {
    const user = store.users.get(store.me);
    me.replaceChildren(
      avatar(user),
      el('span', { class: 'me-name' }, el('b', {}, nameOf(store, store.me)), el('small', {}, 'Speaking as')),
    );
  };
  const drawAll = () => {
    drawMe();
    byId('portal').textContent = `${store.portal.name} · ${store.portal.domain} · revision ${store.portal.revision}`;
    draw();
  };
  const look = () => {
    const words = search.value.trim();
    found = [];
    draw();
    clearTimeout(pause);
    if (words.length < SEARCHED_FROM) return;
    pause = setTimeout(async () => {
      const messages = await deeds.search(words);
      if (search.value.trim() !== words) return;
      found = messages;
      draw();
    }, PAUSE);
  };
  const clear = () => {
    search.value = '';
    look();
  };

  store.on('state', drawAll);
  store.on('people', drawAll);
  for (const topic of ['dialogs', 'current', 'typing', 'lines']) store.on(topic, draw);
  search.addEventListener('input', look);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (search.value) clear();
      else deeds.write();
    } else if (event.key === 'Enter') list.querySelector('.dialog')?.click();
    else if (event.key === 'ArrowDown') list.querySelector('.dialog')?.focus();
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const row = event.target.closest('[data-dialog]');
    if (!row) return;
    const more = event.target.closest('.dialog-more');
    if (more) return openMenu(more, marks(store, row.dataset.dialog, deeds), 'What to do with the conversation');
    clear();
    if (row.dataset.line) deeds.stepIn(row.dataset.dialog);
    else if (row.dataset.found) deeds.jumpTo(row.dataset.dialog, Number(row.dataset.found));
    else deeds.dialog(row.dataset.dialog);
  });
  list.addEventListener('contextmenu', (event) => {
    const row = event.target.closest('.dialog');
    if (!store.dialogs.has(row?.dataset.dialog)) return;
    event.preventDefault();
    const point = event.clientX ? { x: event.clientX, y: event.clientY } : null;
    openMenu(row, marks(store, row.dataset.dialog, deeds), 'What to do with the conversation', point);
  });
  list.addEventListener('keydown', (event) => walk(event, list, search));
  me.addEventListener('click', () => openMenu(me, speakers(store, deeds), 'Speak as'));
  byId('settings').addEventListener('click', ({ currentTarget }) => {
    openMenu(currentTarget, settings(store, deeds), 'Settings');
  });
  byId('new-chat').addEventListener('click', ({ currentTarget }) => {
    openMenu(
      currentTarget,
      [
        { label: 'Group chat', symbol: 'people', run: () => deeds.newChat() },
        { label: 'Person', note: 'to speak as', symbol: 'person', run: () => deeds.newPerson() },
        { label: 'Open line', symbol: 'chat', run: () => deeds.newLine() },
        ...(store.lines.length
          ? [{ label: 'Client of a line', note: 'to speak as', symbol: 'person', run: () => deeds.visit() }]
          : []),
      ],
      'New',
    );
  });
}

/** How many messages wait unread, the open dialog and what is muted aside. */
export function unreadTotal(store) {
  const counted = [...store.dialogs.values()].filter(({ id, muted }) => id !== store.current && !muted);
  return counted.reduce((sum, { unread, marked }) => sum + (unread || Number(marked)), 0);
}

function marks(store, id, deeds) {
  const dialog = store.dialogs.get(id);
  const waits = dialog.unread > 0 || dialog.marked;
  const item = (mark, isOn, symbol, on, off) => ({
    label: isOn ? off : on,
    symbol,
    run: () => deeds.mark(id, mark, !isOn),
  });
  return [
    item('pinned', dialog.pinned, 'pin', 'Pin', 'Unpin'),
    item('muted', dialog.muted, dialog.muted ? 'bell' : 'muted', 'Mute', 'Unmute'),
    waits
      ? { label: 'Mark as read', symbol: 'checks', run: () => deeds.markRead(id) }
      : item('unread', false, 'dot', 'Mark as unread', ''),
    item('hidden', false, 'close', 'Hide until the next message', ''),
  ];
}

function walk(event, list, search) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') search.focus();
  else if (step) {
    const rows = [...list.querySelectorAll('.dialog')];
    const goal = rows.indexOf(document.activeElement) + step;
    (goal < 0 ? search : rows[goal])?.focus();
  } else return;
  event.preventDefault();
}
