// How users and chats are shown: a picture, or initials on their colour.

import { el } from './dom.js';
import { icon } from './icons.js';
import { inkOn, safeColor, safeImage } from './safe.js';

const FALLBACK = '#7d8896';

/** The circle that stands for a user or a dialog. `size`: `small`, `large` or nothing. */
export function avatar(subject, size = '') {
  const source = safeImage(subject?.avatar);
  const color = safeColor(subject?.color) ?? FALLBACK;
  const name = subject?.name ?? subject?.title ?? '?';
  const image = source && el('img', { src: source, alt: '', referrerpolicy: 'no-referrer' });
  image?.addEventListener('error', () => image.replaceWith(initials(name)));
  return el(
    'span',
    { class: `avatar ${size}`, 'aria-hidden': 'true', vars: { '--face': color, '--ink': inkOn(color) } },
    image ?? initials(name),
    subject?.bot && el('span', { class: 'bot-mark' }, icon('bot')),
  );
}

/** A user the page may not know (removed, or not announced yet) still has a name. */
export function nameOf(store, id) {
  return store.users.get(id)?.name ?? (id ? `User ${id}` : 'System');
}

/** `Ann Lee, EchoBot and 3 more` */
export function nameList(names, most = 3) {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** The user behind a private dialog: it carries the user's id. */
export function partner(store, dialog) {
  return dialog?.type === 'P' ? store.users.get(Number(dialog.id)) : undefined;
}

/** What stands for the dialog in lists: the other person, or the chat itself. */
export function face(store, dialog) {
  return partner(store, dialog) ?? { name: dialog.title, color: dialog.color, avatar: dialog.avatar };
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length > 1) return letter(words[0]) + letter(words.at(-1));
  const capitals = words[0]?.match(/\p{Lu}/gu) ?? []; // "EchoBot" has two letters of its own
  return capitals.length > 1 ? capitals.slice(0, 2).join('') : letter(words[0] ?? '?');
}

const letter = (word) => (word.match(/[\p{L}\p{N}]/u)?.[0] ?? word[0]).toUpperCase();
