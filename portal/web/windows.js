// The one window over the page: a title, something inside, and at most one button that does something.

import { byId, el } from './dom.js';

/**
 * Shows it; `submit()` runs when its button, named `confirm`, is pressed, and the window stays open while it says
 * false. Without it there is only a button to close.
 */
export function openWindow(title, children, { confirm = null, submit = null } = {}) {
  const node = byId('window');
  const close = el(
    'button',
    { type: 'button', class: 'quiet', on: { click: () => node.close() } },
    confirm ? 'Cancel' : 'Close',
  );
  const form = el(
    'form',
    { method: 'dialog' },
    el('h2', { id: 'window-title' }, title),
    children,
    el('footer', {}, close, confirm && el('button', { type: 'submit', class: 'primary' }, confirm)),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit && (await submit())) node.close();
  });
  node.replaceChildren(form);
  if (!node.open) node.showModal();
  return node;
}

/** Keeps what a window shows up to date: draws it now and whenever the topic is told, until the window closes. */
export function drawWhileOpen(node, store, topic, draw) {
  const stop = store.on(topic, draw);
  node.addEventListener('close', stop, { once: true });
  draw();
}
