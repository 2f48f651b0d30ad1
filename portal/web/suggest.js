// The list that opens over a text box while one types: arrows walk it, Tab and Enter take, Esc closes.

import { el } from './dom.js';

const MOST = 8;

/**
 * `source(text, caret)` → `{from, items}`: what to offer, and where in the text the part to replace begins.
 * The answer's `hears(event)` is asked about each key first and says whether the list has used it.
 */
export function mountSuggest(input, list, source) {
  let items = [];
  let from = 0;
  let chosen = 0;

  const draw = () => {
    list.hidden = items.length === 0;
    list.replaceChildren(...items.map(option));
    if (items.length) input.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
    else input.removeAttribute('aria-activedescendant');
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  };
  const option = ({ label, hint, note }, index) =>
    el(
      'li',
      {
        id: `suggestion-${index}`,
        role: 'option',
        'aria-selected': String(index === chosen),
        data: { index: String(index) },
      },
      el('b', {}, label),
      hint && el('span', { class: 'suggest-hint' }, hint),
      note && el('span', { class: 'suggest-note' }, note),
    );
  const refresh = () => {
    const found = source(input.value, input.selectionStart);
    items = found.items.slice(0, MOST);
    from = found.from;
    chosen = 0;
    draw();
  };
  const close = () => {
    items = [];
    draw();
  };
  const take = (index) => {
    const { insert } = items[index];
    const caret = input.selectionStart;
    input.setRangeText(insert, from, caret, 'end');
    input.dispatchEvent(new Event('input'));
    close();
    input.focus();
  };

  input.addEventListener('input', refresh);
  input.addEventListener('click', refresh);
  input.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); // the box keeps the focus
    const row = event.target.closest('li');
    if (row) take(Number(row.dataset.index));
  });

  return {
    hears(event) {
      if (!items.length) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      // Enter on a command already typed in full sends it: one press less for commands without parameters.
      const isTyped = items[chosen].insert.trim() === input.value.trim().toLowerCase();
      if (step) {
        chosen = (chosen + step + items.length) % items.length;
        draw();
      } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !isTyped)) take(chosen);
      else if (event.key === 'Escape') close();
      else {
        if (event.key === 'Enter') close();
        return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
