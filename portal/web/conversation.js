// The middle column: the messages of the open dialog, who is typing, and every click and key inside them.

import { plain } from './bbtree.js';
import { apart, dayName, isSameDay } from './clock.js';
import { byId, el, emptyState } from './dom.js';
import { PHONE } from './keyboard.js';
import { drawMessage } from './message.js';
import { nameOf } from './people.js';
import { whatTheyDo } from './typing.js';

const GROUP_WITHIN = 5 * 60_000; // milliseconds between messages of one author that stand as one
const NEAR_END = 80; // pixels from the bottom that still count as being there
const NEAR_START = 300; // pixels from the top at which older messages are asked for

/** Draws the conversation and keeps it up to date. `deeds` says what each click means. */
export function mountConversation(store, deeds) {
  const log = byId('log');
  const list = byId('messages');
  const toEnd = byId('to-end');
  const nodes = new Map(); // message id → its node
  let isAtEnd = true;
  let lastTop = 0;
  let unseen = 0;
  let firstUnread = null; // id of the first message the person has not seen, while this dialog stays open

  const scrollToEnd = () => {
    log.scrollTop = log.scrollHeight;
  };
  const see = () => {
    // Content that grows below moves the end away, but only a person scrolls up.
    if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END) isAtEnd = true;
    else if (log.scrollTop < lastTop) isAtEnd = false;
    lastTop = log.scrollTop;
    if (isAtEnd) unseen = 0;
    toEnd.hidden = isAtEnd;
    toEnd.lastChild.textContent = unseen ? `${unseen} new` : 'Latest';
    if (store.hasOlder && log.scrollTop < NEAR_START) deeds.older();
  };

  const drawAll = () => {
    nodes.clear();
    const messages = [...store.messages.values()];
    list.replaceChildren(...messages.flatMap((message, at) => place(message, messages[at - 1])));
    if (!messages.length) list.append(opening(store));
    markRead();
  };
  const drawFromEnd = () => {
    drawAll();
    isAtEnd = true;
    scrollToEnd();
    see();
  };
  /** What was read stays where it is on the screen while older messages appear above it. */
  const drawOlder = () => {
    const below = log.scrollHeight - log.scrollTop;
    drawAll();
    log.scrollTop = log.scrollHeight - below;
    see();
  };
  /** The node, after the line that must stand before it: a new day, or where the unread ones begin. */
  const place = (message, previous) => {
    const isNewDay = !previous || !isSameDay(previous.date, message.date);
    const isFirstUnread = message.id === firstUnread;
    const node = drawMessage(store, message, !isNewDay && !isFirstUnread && isFollowing(previous, message));
    nodes.set(message.id, node);
    return [
      isNewDay && el('div', { class: 'divider' }, el('span', {}, dayName(message.date))),
      isFirstUnread && el('div', { class: 'divider unread-line' }, el('span', {}, 'New messages')),
      node,
    ].filter(Boolean);
  };

  const redraw = (message) => {
    const old = nodes.get(message.id);
    const fresh = drawMessage(store, message, old.classList.contains('grouped'));
    fresh.classList.toggle('read', old.classList.contains('read'));
    if (old.contains(document.activeElement)) keepFocus(old, fresh);
    old.replaceWith(fresh);
    nodes.set(message.id, fresh);
  };
  const drop = (id) => {
    nodes.get(id)?.remove();
    nodes.delete(id);
    if (!nodes.size) list.replaceChildren(opening(store));
  };
  const markRead = () => {
    const upto = store.dialogs.get(store.current)?.read_by_others ?? 0;
    for (const [id, node] of nodes) node.classList.toggle('read', id <= upto);
  };

  store.on('people', (id) => {
    // A new name or picture shows on what its owner has already written, too.
    for (const message of store.messages.values()) if (message.author === id && nodes.has(message.id)) redraw(message);
  });
  store.on('dialogs', markRead);
  store.on('current', () => {
    list.replaceChildren();
    nodes.clear();
    firstUnread = null;
  });
  store.on('messages', () => {
    firstUnread = firstUnreadOf(store);
    drawFromEnd();
  });
  store.on('older', drawOlder);
  store.on('message', ({ message, isNew }) => {
    if (message.gone) drop(message.id);
    else if (nodes.has(message.id)) redraw(message);
    else if (isNew) {
      if (!nodes.size) list.replaceChildren();
      list.append(...place(message, [...store.messages.values()].at(-2)));
      if (message.author === store.me) isAtEnd = true;
      else {
        unseen += 1;
        byId('announcer').textContent = `${nameOf(store, message.author)}: ${plain(message.text) || 'attachment'}`;
      }
      if (!isAtEnd) see();
    }
  });
  store.on('typing', () => drawTyping(store));
  store.on('current', () => drawTyping(store));
  PHONE.addEventListener('change', drawAll);

  log.addEventListener('scroll', see, { passive: true });
  toEnd.addEventListener('click', scrollToEnd);
  // Pictures load and keyboards appear late: whoever was at the end stays there.
  const watch = new ResizeObserver(() => isAtEnd && scrollToEnd());
  watch.observe(list);
  watch.observe(log);
  hear(byId('talk'), log, deeds);

  return {
    /** Brings a message into view and lights it up; false when it is not among those that were loaded. */
    show(id) {
      const node = nodes.get(id);
      if (!node) return false;
      isAtEnd = false;
      node.scrollIntoView({ block: 'center' });
      node.classList.remove('found');
      requestAnimationFrame(() => node.classList.add('found'));
      return true;
    },
  };
}

/** Clicks go to the deed that the clicked thing names; the arrow keys walk the messages. */
function hear(talk, log, deeds) {
  talk.addEventListener('click', (event) => {
    const source = event.target.closest('[data-deed]');
    if (!source) return;
    const message = Number(source.closest('[data-message]')?.dataset.message);
    deeds[source.dataset.deed]?.(source.dataset.value, message, source);
  });
  log.addEventListener('contextmenu', (event) => {
    const message = event.target.closest('.message');
    const more = message?.querySelector('[data-deed=menu]');
    if (!more || event.target.closest('a, img') || !getSelection().isCollapsed) return;
    event.preventDefault();
    more.click();
  });
  log.addEventListener('keydown', (event) => {
    const here = document.activeElement;
    if (event.key === 'Escape') deeds.write();
    else if (here === log || here.matches('.message')) {
      const all = [...log.querySelectorAll('.message')];
      const at = all.indexOf(here);
      const goals = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 };
      if (event.key in goals) all[goals[event.key]]?.focus();
      else if (event.key === 'Enter') here.querySelector('[data-deed=menu]')?.click();
      else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function opening(store) {
  const person = store.users.get(Number(store.current));
  if (person?.bot)
    return emptyState('bot', `${person.name} is listening`, 'Write a message, or type / to see the commands it knows.');
  return emptyState(
    'chat',
    'Nothing here yet',
    'The first message is yours. In a group, type @ to mention a bot: it hears only what mentions it.',
  );
}

function drawTyping(store) {
  const words = whatTheyDo(store);
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
  byId('typing').replaceChildren(...(words ? [dots, words] : []));
}

function isFollowing(previous, message) {
  const isPlain = (one) => one && one.author && !one.system;
  return (
    isPlain(previous) &&
    isPlain(message) &&
    previous.author === message.author &&
    apart(previous.date, message.date) < GROUP_WITHIN
  );
}

function firstUnreadOf(store) {
  const unread = store.unreadAtOpening;
  const others = [...store.messages.values()].filter(({ author }) => author !== store.me);
  const first = unread > 0 ? others.at(-unread)?.id : null;
  return first && first !== store.messages.keys().next().value ? first : null; // above the very first it says nothing
}

/** A redrawn message keeps the focus on the same control, so that the keyboard user does not fall out of it. */
function keepFocus(old, fresh) {
  const controls = (node) => [node, ...node.querySelectorAll('button, a')];
  const at = controls(old).indexOf(document.activeElement);
  requestAnimationFrame(() => controls(fresh)[at]?.focus());
}
