// One message: its bubble, attachments, keyboard, likes and the tools that appear over it.

import { attachments } from './attach.js';
import { bbText } from './bbcode.js';
import { fullDate, time } from './clock.js';
import { deedButton, el } from './dom.js';
import { icon } from './icons.js';
import { keyboard } from './keyboard.js';
import { linkCard } from './links.js';
import { avatar, nameOf } from './people.js';

/** `isGrouped`: the same author wrote just before, so the name and picture are not repeated. */
export function drawMessage(store, message, isGrouped) {
  const isSystem = message.system || !message.author;
  if (isSystem) return frame(store, message, 'system', [el('div', { class: 'bubble' }, bbText(message.text))]);

  const isOwn = message.author === store.me;
  const author = store.users.get(message.author);
  const kinds = [isOwn ? 'own' : 'other', isGrouped && 'grouped', message.deleted && 'deleted']
    .filter(Boolean)
    .join(' ');
  return frame(store, message, kinds, [
    !isOwn && (isGrouped ? el('span', { class: 'avatar-room' }) : avatar(author)),
    el(
      'div',
      { class: 'body' },
      !isOwn && !isGrouped && byline(store, message, author),
      el(
        'div',
        { class: 'bubble' },
        content(store, message),
        stamp(store, message),
        !message.deleted && tools(message, isOwn),
      ),
      !message.deleted && keyboard(message.keyboard, store.blocked.has(message.id)),
    ),
  ]);
}

function frame(store, message, kinds, children) {
  const label = `${nameOf(store, message.author)}, ${time(message.date)}`;
  return el(
    'article',
    {
      class: `message ${kinds}`,
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
    { class: 'author', vars: { '--given': author?.color ?? null } },
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
    message.text && bbText(message.text),
    message.text && message.url_preview && linkCard(message.text),
    attachments(message.attach, dialog?.color),
  );
}

function stamp(store, message) {
  const likes = message.deleted ? [] : (message.likes ?? []);
  return el(
    'footer',
    { class: 'stamp' },
    likes.length > 0 && likeButton(store, message, likes),
    message.edited && !message.deleted && el('span', {}, 'edited'),
    el('time', { datetime: message.date, title: fullDate(message.date) }, time(message.date)),
  );
}

function likeButton(store, message, likes) {
  const names = likes.map((id) => nameOf(store, id)).join(', ');
  const isMine = likes.includes(store.me);
  const props = { class: 'likes', 'aria-pressed': String(isMine), 'aria-label': `Liked by ${names}`, title: names };
  return deedButton('like', message.id, props, icon('heart'), String(likes.length));
}

function tools(message, isOwn) {
  const tool = (deed, symbol, label, props = {}) =>
    deedButton(deed, message.id, { class: 'icon-button', 'aria-label': label, title: label, ...props }, icon(symbol));
  return el(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'Message actions' },
    tool('like', 'heart', 'Like'),
    isOwn && tool('edit', 'edit', 'Edit'),
    isOwn && tool('remove', 'trash', 'Delete', { 'aria-haspopup': 'menu' }),
    tool('menu', message.menu?.length ? 'bolt' : 'more', 'More actions', { 'aria-haspopup': 'menu' }),
  );
}
