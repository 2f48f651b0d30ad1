// The panel in which the page of an application runs: a frame of its own, which talks by messages and sees nothing else.

import { byId, el, iconButton } from './dom.js';

const MARGIN = 24; // pixels of the window that stay visible around the panel
let shut = () => {};

/**
 * Opens a page: `src`, or `post: {url, fields}` for one that is sent a form. `hear(data, answer)` is called with what
 * it says, `loaded(answer)` when it has come. `stays`: another dialog does not close it. Gives `{close, resize, rename}`.
 */
export function openFrame({ title, note, src, post, name, width, height, stays, hear, loaded }) {
  shut();
  const frame = el('iframe', {
    name,
    title,
    src,
    referrerpolicy: 'unsafe-url', // applications are told to look where they were opened from
  });
  const panel = el(
    'section',
    { class: 'frame', role: 'dialog', 'aria-label': title, 'data-stays': stays ? '' : null },
    el('header', {}, el('h2', {}, title), iconButton('close', 'Close', { on: { click: () => shut() } })),
    frame,
    note && el('footer', {}, note),
  );
  const answer = (data) => frame.contentWindow?.postMessage(data, '*'); // to that frame alone, wherever it went
  const listen = (event) => event.source === frame.contentWindow && hear(event.data, answer);
  const resize = (wide, high) => {
    if (wide > 0) panel.style.setProperty('--wide', `${Math.min(wide, innerWidth - MARGIN)}px`);
    if (high > 0) panel.style.setProperty('--high', `${Math.min(high, innerHeight - MARGIN)}px`);
  };
  shut = () => {
    shut = () => {};
    removeEventListener('message', listen);
    panel.remove();
    byId('input').focus();
  };

  addEventListener('message', listen);
  frame.addEventListener('load', () => loaded?.(answer));
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && shut());
  resize(Number(width), Number(height));
  byId('talk').append(panel);
  if (post) submit(name, post);
  frame.focus();
  const rename = (words) => panel.querySelector('h2').replaceChildren(words);
  return { close: () => shut(), resize, rename };
}

/** The dialog changes: what belongs to the old one goes. */
export function closeFrame() {
  if (!document.querySelector('.frame[data-stays]')) shut();
}

function submit(target, { url, fields }) {
  const inputs = Object.entries(fields).map(([name, value]) => el('input', { type: 'hidden', name, value }));
  const form = el('form', { method: 'post', action: url, target, hidden: true }, inputs);
  document.body.append(form);
  form.submit();
  form.remove();
}
