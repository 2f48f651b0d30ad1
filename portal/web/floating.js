// What floats above the page: a menu or a panel beside a button, and a short notice at the bottom.

import { byId, el } from './dom.js';
import { icon } from './icons.js';

const NOTICE_STAYS = 4000; // milliseconds
const GAP = 6; // pixels between what floats and its button
const UP_AND_DOWN = { ArrowDown: 1, ArrowUp: -1 };

let shut = () => {};
let noticeTimer = 0;

/**
 * Floats `node` beside `anchor`, or at a `point` of the window, until Esc, Tab or a click elsewhere. `steps` says how
 * far a key moves among its buttons. Gives the function that closes it.
 */
export function float(anchor, node, { steps = UP_AND_DOWN, point = null } = {}) {
  const wasMine = anchor.getAttribute('aria-expanded') === 'true';
  shut(false);
  if (wasMine && !point) return; // a second click on the same button closes

  shut = (isFocusReturned) => {
    shut = () => {};
    anchor.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', elsewhere, true);
    node.remove();
    if (isFocusReturned) anchor.focus();
  };
  const elsewhere = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) shut(false);
  };
  node.addEventListener('keydown', (event) => walk(event, node, steps));
  document.addEventListener('pointerdown', elsewhere, true);
  (anchor.closest('dialog') ?? document.body).append(node); // what lies outside a window is dead while it is open
  anchor.setAttribute('aria-expanded', 'true');
  place(node, point ? new DOMRect(point.x, point.y) : anchor.getBoundingClientRect());
  node.querySelector('button:not(:disabled)')?.focus();
}

/** Closes what floats; the focus goes back to its button. */
export function closeFloat() {
  shut(true);
}

/**
 * Opens a menu. An item: `{label, note, symbol, picture, checked, danger, disabled, run}`, `'-'` for a line between
 * groups, `{heading}`, or a node of its own.
 */
export function openMenu(anchor, items, label, point = null) {
  float(anchor, el('div', { class: 'menu', role: 'menu', 'aria-label': label }, items.map(drawItem)), { point });
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

function drawItem(item) {
  if (item === '-') return el('hr', {});
  if (item instanceof Node) return item;
  if (item.heading) return el('h3', {}, item.heading);
  const isChoice = item.checked !== undefined;
  const run = () => {
    closeFloat(); // first: what runs may open a menu of its own
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

function walk(event, node, steps) {
  const buttons = [...node.querySelectorAll('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement);
  const goal = { Home: 0, End: -1 }[event.key] ?? (at + steps[event.key]) % buttons.length;
  if (!Number.isNaN(goal)) buttons.at(goal)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') closeFloat();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Below the button when there is room, above it otherwise; never past an edge of the window. */
function place(node, beside) {
  const { width, height } = node.getBoundingClientRect();
  const below = beside.bottom + GAP;
  const top = below + height < innerHeight ? below : beside.top - height - GAP;
  const left = beside.left + width < innerWidth - GAP ? beside.left : beside.right - width;
  node.style.top = `${Math.max(GAP, top)}px`;
  node.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
}
