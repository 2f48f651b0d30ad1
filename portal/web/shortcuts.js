// Keys that work anywhere in the page, and the window that lists all there are.

import { byId, el } from './dom.js';
import { openWindow } from './windows.js';

const KEYS = [
  ['Ctrl K', 'Search people, chats and messages'],
  ['Ctrl Shift F', 'Search in this conversation'],
  ['Alt ↑ ↓', 'The conversation above or below'],
  ['Enter', 'Send'],
  ['Shift Enter', 'A new line'],
  ['↑ in an empty box', 'Edit your last message'],
  ['Esc', 'Stop editing or answering, close what is open'],
  ['↑ ↓ among messages', 'Walk them; Enter opens what can be done with one'],
  ['Shift F10', 'The menu of a conversation or a message'],
  ['Ctrl /', 'This list'],
];

/** `deeds`: what each key does. */
export function mountShortcuts({ search, find, step }) {
  document.addEventListener('keydown', (event) => {
    const isControl = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isControl && key === 'k') search();
    else if (isControl && event.shiftKey && key === 'f') find();
    else if (isControl && key === '/') showShortcuts();
    else if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) step(key === 'arrowup' ? -1 : 1);
    else return;
    event.preventDefault();
  });
}

export function showShortcuts() {
  if (byId('window').open) return;
  const rows = KEYS.map(([keys, does]) => [el('dt', {}, el('kbd', {}, keys)), el('dd', {}, does)]);
  openWindow('Keys', [el('dl', { class: 'keys' }, rows)]);
}
