// One message: its bubble, attachments, keyboard, reactions and the tools that appear over it.

import { attachments } from './attach.js';
import { bbText } from './bbcode.js';
import { plain } from './bbtree.js';
import { fullDate, time } from './clock.js';
import { deedButton, el } from './dom.js';
import { drawFiles } from './files.js';
import { icon } from './icons.js';
import { keyboard } from './keyboard.js';
import { linkCard } from './links.js';
import { avatar, nameOf } from './people.js';
import { reaction, reactionName } from './reactions.js';

/** `isGrouped`: the same author wrote just before, so the name and picture are not repeated. */
export function drawMessage(store, message, isGrouped) {
  const isSystem = message.system || !message.author;
  if (isSystem) return frame(store, message, 'system', [el('div', { class: 'bubble' }, content(store, message))]);

  const isOwn = message.author === store.me;
  const author = store.users.get(message.author);
  const kinds = [isOwn ? 'own' : 'other', isGrouped && 'grouped', message.deleted && 'deleted'];
  return frame(store, message, kinds.filter(Boolean).join(' '), [
    !isOwn && (isGrouped ? el('span', { class: 'avatar-room' }) : avatar(author)),
    el(
      'div',
      { class: 'body' },
      !isOwn && !isGrouped && byline(store, message, author),
      el(
        'div',
        { class: 'bubble' },
        content(store, message),
        stamp(message, isOwn),
        !message.deleted && tools(message),
      ),
      !message.deleted && keyboard(message.keyboard, store.blocked.has(message.id)),
      !message.deleted && reactions(store, message),
    ),
  ]);
}

function frame(store, message, kinds, children) {
  const label = `${nameOf(store, message.author)}, ${time(message.date)}`;
  return el(
    'article',
    {
      class: `message ${kinds}`,
      tabindex: '-1', // the arrow keys lead here
      'data-testid': 'message',
      'data-message': String(message.id),
      'data-author': String(message.author),
      'aria-label': label,
    },
    children,
  );
}

function byline(store, message, author) {
  const name = deedButton(
    'dialog',
    message.author,
    { class: 'author', vars: { '--given': author?.color } },
    nameOf(store, message.author),
  );
  return el('header', { class: 'byline' }, name, author?.bot && el('span', { class: 'badge' }, 'bot'));
}

function content(store, message) {
  if (message.deleted) return el('p', { class: 'gone' }, 'This message was deleted');
  const dialog = store.dialogs.get(message.dialog);
  return el(
    'div',
    { class: 'content' },
    message.forward && origin(store, message.forward),
    message.reply && quote(store, message.reply),
    drawFiles(store, message.files),
    message.text && bbText(message.text),
    message.text && message.url_preview && linkCard(message.text),
    attachments(message.attach, dialog?.color),
  );
}

function origin(store, { author }) {
  return el('p', { class: 'origin' }, icon('forward'), 'Forwarded from ', el('b', {}, nameOf(store, author)));
}

/** What the message answers, in a line; a click leads there. */
function quote(store, { id, author, text }) {
  if (text === null) return el('p', { class: 'quote gone' }, 'The message was deleted');
  return deedButton(
    'jump',
    id,
    { class: 'quote', vars: { '--given': store.users.get(author)?.color }, 'aria-label': 'Go to the message' },
    el('b', {}, nameOf(store, author)),
    el('span', {}, plain(text) || 'Attachment'),
  );
}

function stamp(message, isOwn) {
  return el(
    'footer',
    { class: 'stamp' },
    message.edited && !message.deleted && el('span', {}, 'edited'),
    el('time', { datetime: message.date, title: fullDate(message.date) }, time(message.date)),
    isOwn && !message.deleted && [icon('check'), icon('checks')], // the sheet shows the one that is true
  );
}

/** Who thinks what of it: each kind once, with how many, and pressed where one of them is mine. */
function reactions(store, message) {
  const kinds = Map.groupBy(message.reactions ?? [], ({ kind }) => kind);
  if (!kinds.size) return null;
  return el(
    'div',
    { class: 'reactions', role: 'group', 'aria-label': 'Reactions' },
    [...kinds].map(([kind, given]) => {
      const names = given.map(({ user }) => nameOf(store, user)).join(', ');
      const isMine = given.some(({ user }) => user === store.me);
      const props = { 'aria-pressed': String(isMine), 'aria-label': `${reactionName(kind)}: ${names}`, title: names };
      return deedButton('react', kind, { class: 'given-reaction', ...props }, reaction(kind), String(given.length));
    }),
  );
}

function tools(message) {
  const tool = (deed, symbol, label, props = {}) =>
    deedButton(deed, message.id, { class: 'icon-button', 'aria-label': label, title: label, ...props }, icon(symbol));
  const opensMenu = { 'aria-haspopup': 'menu' };
  return el(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'Message actions' },
    tool('like', 'like', 'Like'),
    tool('reactions', 'smile', 'React', opensMenu),
    tool('reply', 'reply', 'Answer'),
    tool('menu', message.menu?.length ? 'bolt' : 'more', 'More actions', opensMenu),
  );
}
