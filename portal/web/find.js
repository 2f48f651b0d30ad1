// The bar that searches in the open conversation: Enter goes on to the next older message that was found.

import { byId } from './dom.js';

const SEARCHED_FROM = 3; // letters; the platform searches messages for no less

/** `search(words)` gives the messages that were found, newest first; `show(id)` leads to one of them. */
export function mountFind(store, { search, show, write }) {
  const bar = byId('find');
  const input = byId('find-input');
  const count = byId('find-count');
  let found = [];
  let at = 0;

  const draw = () => {
    const isShort = input.value.trim().length < SEARCHED_FROM;
    count.textContent = isShort
      ? 'three letters or more'
      : found.length
        ? `${at + 1} of ${found.length}`
        : 'nothing found';
  };
  const go = (step) => {
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    draw();
    show(found[at].id);
  };
  const look = async () => {
    const words = input.value.trim();
    found = [];
    at = 0;
    if (words.length >= SEARCHED_FROM) {
      const messages = await search(words);
      if (input.value.trim() !== words) return;
      found = messages;
    }
    draw();
    go(0);
  };
  const close = () => {
    bar.hidden = true;
    input.value = '';
    found = [];
  };

  input.addEventListener('input', look);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowUp') go(1);
    else if (event.key === 'ArrowDown') go(-1);
    else if (event.key === 'Escape') {
      close();
      write();
    } else return;
    event.preventDefault();
  });
  byId('find-older').addEventListener('click', () => go(1));
  byId('find-newer').addEventListener('click', () => go(-1));
  byId('find-close').addEventListener('click', close);
  store.on('current', close);

  return () => {
    if (!store.current) return;
    bar.hidden = false;
    draw();
    input.focus();
    input.select();
  };
}
