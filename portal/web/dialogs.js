// The left column: who is speaking, the search box, the dialogs, and the people nobody has written to yet.

import { plain } from './bbtree.js';
import { shortDate } from './clock.js';
import { byId, el, emptyState } from './dom.js';
import { openMenu } from './floating.js';
import { avatar, face, nameOf, partner } from './people.js';
import { dialogsByRecency } from './store.js';

/** Draws the column and keeps it up to date. `deeds` says what a click does. */
export function mountDialogs(store, deeds) {
  const list = byId('dialogs');
  const search = byId('search');
  const me = byId('me');

  const draw = () => {
    const focused = list.contains(document.activeElement) && document.activeElement.dataset.dialog;
    list.replaceChildren(...sections(store, search.value.trim().toLowerCase()));
    if (focused) list.querySelector(`[data-dialog="${focused}"]`)?.focus();
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

  store.on('state', drawAll);
  store.on('people', drawAll);
  store.on('dialogs', draw);
  store.on('current', draw);
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') search.value = '';
    if (event.key === 'Enter') list.querySelector('[data-dialog]')?.click();
    draw();
  });
  list.addEventListener('click', (event) => {
    const row = event.target.closest('[data-dialog]');
    if (!row) return;
    search.value = '';
    deeds.dialog(row.dataset.dialog);
  });
  list.addEventListener('keydown', (event) => walk(event, list));
  me.addEventListener('click', () => openMenu(me, speakers(store, deeds), 'Speak as'));
  byId('new-chat').addEventListener('click', () => deeds.newChat());
}

/** How many messages wait unread, the open dialog aside. */
export function unreadTotal(store) {
  return [...store.dialogs.values()].reduce((sum, { id, unread }) => sum + (id === store.current ? 0 : unread), 0);
}

function sections(store, wanted) {
  const matches = (name) => !wanted || name.toLowerCase().includes(wanted);
  const dialogs = dialogsByRecency(store).filter(({ title }) => matches(title));
  const strangers = [...store.users.values()].filter(
    ({ id, name }) => id !== store.me && !store.dialogs.has(String(id)) && matches(name),
  );
  const newcomers = strangers.sort(
    (one, other) => Number(other.bot) - Number(one.bot) || one.name.localeCompare(other.name),
  );

  if (!dialogs.length && !newcomers.length) {
    return wanted
      ? [emptyState('search', 'Nobody by that name', 'Try a part of a name, or clear the search box.')]
      : [emptyState('chat', 'No conversations yet', 'A bot appears here as soon as it calls imbot.register.')];
  }
  return [
    ...dialogs.map((dialog) => dialogRow(store, dialog)),
    newcomers.length > 0 && el('h2', { class: 'section' }, 'People and bots'),
    ...newcomers.map(strangerRow),
  ].filter(Boolean);
}

function dialogRow(store, dialog) {
  const isOpen = dialog.id === store.current;
  const unread = isOpen ? 0 : dialog.unread;
  const label = unread ? `${dialog.title}, ${unread} unread` : dialog.title;
  return row(
    dialog.id,
    { 'aria-current': isOpen ? 'true' : null, 'aria-label': label },
    avatar(face(store, dialog)),
    el('b', {}, dialog.title),
    el('time', {}, dialog.last ? shortDate(dialog.last.date) : ''),
    el('span', { class: 'preview' }, preview(store, dialog)),
    unread > 0 && el('span', { class: 'unread' }, unread > 99 ? '99+' : String(unread)),
  );
}

function strangerRow(user) {
  const about = user.position || (user.bot ? 'Bot' : 'No messages yet');
  return row(String(user.id), {}, avatar(user), el('b', {}, user.name), el('span', { class: 'preview' }, about));
}

function row(id, props, ...children) {
  return el(
    'button',
    { type: 'button', class: 'dialog', 'data-testid': 'dialog', 'data-dialog': id, ...props },
    children,
  );
}

function preview(store, dialog) {
  const { last } = dialog;
  if (!last) return partner(store, dialog)?.bot ? 'Say hello to begin' : 'No messages yet';
  if (last.deleted) return 'Message deleted';
  const words = plain(last.text) || (last.attach ? 'Attachment' : '');
  if (last.system || !last.author) return words;
  if (last.author === store.me) return `You: ${words}`;
  return dialog.type === 'P' ? words : `${nameOf(store, last.author)}: ${words}`;
}

function speakers(store, deeds) {
  const people = [...store.users.values()].filter(({ bot }) => !bot);
  return people.map((user) => ({
    label: user.name,
    note: user.position,
    picture: avatar(user, 'small'),
    checked: user.id === store.me,
    run: () => deeds.speakAs(user.id),
  }));
}

function walk(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const rows = [...list.querySelectorAll('[data-dialog]')];
  rows.at(rows.indexOf(document.activeElement) + step)?.focus();
  event.preventDefault();
}
