// What floats above the page: a menu beside a button, and a short notice at the bottom.

import { byId, el } from './dom.js';
import { icon } from './icons.js';

const NOTICE_STAYS = 4000; // milliseconds
const GAP = 6; // pixels between a menu and its button

let shut = () => {};
let noticeTimer = 0;

/**
 * Opens a menu beside `anchor` and moves the focus into it. An item: `{label, note, symbol, picture, checked, danger,
 * disabled, run}` or `'-'` for a line between groups. Arrows walk, Esc and a click elsewhere close.
 */
export function openMenu(anchor, items, label) {
  const wasMine = anchor.getAttribute('aria-expanded') === 'true';
  shut();
  if (wasMine) return; // a second click on the same button closes

  const close = (isFocusReturned) => {
    anchor.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    menu.remove();
    shut = () => {};
    if (isFocusReturned) anchor.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const menu = el(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label },
    items.map((item) => drawItem(item, close)),
  );

  menu.addEventListener('keydown', (event) => walk(event, menu, close));
  document.addEventListener('pointerdown', outside, true);
  document.body.append(menu);
  anchor.setAttribute('aria-expanded', 'true');
  place(menu, anchor.getBoundingClientRect());
  shut = close;
  menu.querySelector('button:not(:disabled)')?.focus();
}

/** Says something for a few seconds; `tone` is `good`, `bad` or nothing. */
export function notice(text, tone = '') {
  const place = byId('notice');
  place.className = `notice ${tone}`;
  place.textContent = text;
  place.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => {
    place.hidden = true;
  }, NOTICE_STAYS);
}

function drawItem(item, close) {
  if (item === '-') return el('hr', {});
  const isChoice = item.checked !== undefined;
  const run = () => {
    close(true); // first: what runs may open a menu of its own
    item.run();
  };
  return el(
    'button',
    {
      type: 'button',
      class: item.danger ? 'danger' : '',
      role: isChoice ? 'menuitemradio' : 'menuitem',
      'aria-checked': isChoice ? String(item.checked) : null,
      disabled: item.disabled,
      on: { click: run },
    },
    item.picture ?? (item.symbol && icon(item.symbol)),
    el('span', { class: 'menu-label' }, item.label),
    item.note && el('span', { class: 'menu-note' }, item.note),
    item.checked && icon('check'),
  );
}

function walk(event, menu, close) {
  const buttons = [...menu.querySelectorAll('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement);
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key in goals) buttons.at(goals[event.key] % buttons.length)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Below the button when there is room, above it otherwise; never past an edge of the window. */
function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + GAP;
  const top = below + height < innerHeight ? below : beside.top - height - GAP;
  const left = beside.left + width < innerWidth - GAP ? beside.left : beside.right - width;
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
}
