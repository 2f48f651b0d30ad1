// The rows of the left column: dialogs, people nobody has written to yet, and messages that were found.

import { plain } from './bbtree.js';
import { shortDate } from './clock.js';
import { el, emptyState, iconButton } from './dom.js';
import { icon } from './icons.js';
import { avatar, face, nameOf, partner } from './people.js';
import { dialogsByRecency } from './store.js';
import { whatTheyDo } from './typing.js';

/** What stands in the column when `wanted` is searched for and these messages were `found`. */
export function sections(store, wanted, found) {
  const matches = (name) => !wanted || name.toLowerCase().includes(wanted);
  const dialogs = dialogsByRecency(store).filter(({ title }) => matches(title));
  // Who writes from outside knows nobody here, and who has left is not written to.
  const isKnown = ({ id, kind, active }) => active && kind !== 'client' && id !== store.me;
  const isNew = ({ id, name }) => matches(name) && (!store.dialogs.has(String(id)) || isHidden(store, id));
  const isOutside = store.users.get(store.me)?.kind === 'client';
  const strangers = isOutside ? [] : [...store.users.values()].filter((user) => isKnown(user) && isNew(user));
  const newcomers = strangers.sort(
    (one, other) => Number(other.bot) - Number(one.bot) || one.name.localeCompare(other.name),
  );

  const waiting = store.lines.flatMap((line) =>
    line.sessions
      .filter(({ stage, joined, client }) => stage !== 'closed' && !joined && matches(nameOf(store, client)))
      .map((session) => ({ line, session })),
  );
  if (!dialogs.length && !newcomers.length && !found.length && !waiting.length) {
    return wanted
      ? [emptyState('search', 'Nothing found', 'Try a part of a name or a word of a message, or clear the search box.')]
      : [emptyState('chat', 'No conversations yet', 'A bot appears here as soon as it calls imbot.register.')];
  }
  return [
    ...dialogs.map((dialog) => dialogRow(store, dialog)),
    waiting.length > 0 && el('h2', { class: 'section' }, 'Waiting in open lines'),
    ...waiting.map(({ line, session }) => waitingRow(store, line, session)),
    newcomers.length > 0 && el('h2', { class: 'section' }, 'People and bots'),
    ...newcomers.map(strangerRow),
    found.length > 0 && el('h2', { class: 'section' }, 'Messages'),
    ...found.map((message) => foundRow(store, message)),
  ].filter(Boolean);
}

const isHidden = (store, user) => store.dialogs.get(String(user))?.hidden;

function dialogRow(store, dialog) {
  const isOpen = dialog.id === store.current;
  const unread = isOpen ? 0 : dialog.unread;
  const waits = unread > 0 || (dialog.marked && !isOpen);
  const label = unread ? `${dialog.title}, ${unread} unread` : dialog.title;
  const typing = whatTheyDo(store, dialog.id);
  return el(
    'div',
    { class: 'dialog-row', 'data-dialog': dialog.id },
    row(
      dialog.id,
      { 'aria-current': isOpen ? 'true' : null, 'aria-label': label },
      avatar(face(store, dialog)),
      el('b', {}, el('span', {}, dialog.title), dialog.muted && icon('muted')),
      el('time', {}, dialog.last ? shortDate(dialog.last.date) : ''),
      el('span', { class: `preview ${typing ? 'typing' : ''}` }, typing || preview(store, dialog)),
      waits && el('span', { class: `unread ${dialog.muted ? 'quiet' : ''}` }, unread > 99 ? '99+' : unread || ''),
      !waits && dialog.pinned && icon('pin'),
    ),
    iconButton('more', 'What to do with the conversation', { class: 'dialog-more', 'aria-haspopup': 'menu' }),
  );
}

function strangerRow(user) {
  const about = user.position || (user.bot ? 'Bot' : 'No messages yet');
  return row(String(user.id), {}, avatar(user), el('b', {}, user.name), el('span', { class: 'preview' }, about));
}

function waitingRow(store, line, session) {
  const client = store.users.get(session.client);
  return row(
    session.dialog,
    { 'data-line': String(line.id) },
    avatar(client),
    el('b', {}, nameOf(store, session.client)),
    el('time', {}, shortDate(session.created)),
    el('span', { class: 'preview' }, line.name),
  );
}

function foundRow(store, message) {
  const dialog = store.dialogs.get(message.dialog);
  const who = dialog?.type === 'P' ? '' : `${nameOf(store, message.author)}: `;
  return row(
    message.dialog,
    { 'data-found': String(message.id) },
    avatar(dialog ? face(store, dialog) : null),
    el('b', {}, dialog?.title ?? ''),
    el('time', {}, shortDate(message.date)),
    el('span', { class: 'preview' }, who + plain(message.text)),
  );
}

function row(id, props, ...children) {
  return el(
    'button',
    { type: 'button', class: 'dialog', tabindex: '-1', 'data-testid': 'dialog', 'data-dialog': id, ...props },
    children,
  );
}

function preview(store, dialog) {
  const { last } = dialog;
  if (!last) return partner(store, dialog)?.bot ? 'Say hello to begin' : 'No messages yet';
  if (last.deleted) return 'Message deleted';
  const words = plain(last.text) || (last.files?.length ? last.files[0].name : last.attach ? 'Attachment' : '');
  if (last.system || !last.author) return words;
  if (last.author === store.me) return `You: ${words}`;
  return dialog.type === 'P' ? words : `${nameOf(store, last.author)}: ${words}`;
}
