// One line of the journal, and what a click unfolds from it.

import { fullDate, timeWithSeconds } from './clock.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { jsonText, jsonView } from './json.js';
import { specCard } from './spec.js';

/** A call refused by the portal, or an event the bot's handler did not take. */
export function isFailed({ error, status }) {
  return Boolean(error) || status >= 400;
}

/** Everything the filter box looks through. */
export function words(entry) {
  return [entry.name, entry.who, entry.error, entry.status, jsonText(entry.request), jsonText(entry.response)]
    .join(' ')
    .toLowerCase();
}

/** A `<details>`: its inside is built when it is first unfolded, for most entries are never looked into. */
export function drawEntry(entry, deeds) {
  const node = el(
    'details',
    { class: 'entry', 'data-testid': 'entry', 'data-entry': String(entry.id), 'data-name': entry.name },
    summary(entry),
  );
  node.addEventListener('toggle', () => {
    if (node.open && node.children.length === 1) node.append(inside(entry, deeds));
  });
  return node;
}

function summary(entry) {
  const isCall = entry.kind === 'call';
  return el(
    'summary',
    { title: `${isCall ? 'The bot called the portal' : 'The portal told the bot'}: ${entry.name}` },
    el(
      'span',
      { class: `entry-kind ${entry.kind}`, 'aria-label': isCall ? 'call' : 'event', role: 'img' },
      icon(isCall ? 'incoming' : 'outgoing'),
    ),
    el('span', { class: 'entry-name' }, entry.name),
    el('span', { class: `status ${tone(entry)}` }, statusText(entry)),
    el('span', { class: 'entry-who' }, entry.error ? el('b', {}, entry.error) : entry.who),
    el(
      'span',
      { class: 'entry-time' },
      duration(entry.ms),
      el('time', { title: fullDate(entry.at) }, timeWithSeconds(entry.at)),
    ),
  );
}

function inside(entry, deeds) {
  const isCall = entry.kind === 'call';
  const button = (label, click) => el('button', { type: 'button', class: 'quiet small', on: { click } }, label);
  const part = (title, value) => [
    el(
      'header',
      {},
      el('h3', {}, title),
      button('Copy', () => deeds.copy(jsonText(value))),
    ),
    jsonView(value),
  ];
  return el(
    'div',
    { class: 'entry-inside' },
    el('p', { class: 'entry-note' }, `#${entry.id} · ${fullDate(entry.at)} · ${entry.who ?? ''}`),
    part(isCall ? 'Request' : 'Sent', entry.request),
    entry.response === null || entry.response === undefined
      ? el('p', { class: 'entry-note' }, 'No answer yet')
      : part('Answer', entry.response),
    el(
      'footer',
      {},
      isCall
        ? button('Copy as curl', async () => deeds.copy(curl(entry, await deeds.entrance(entry.id))))
        : button('Send again', () => deeds.resend(entry.id)),
      specButton(entry.name),
    ),
  );
}

/** Unfolds what the spec says below the button, and folds it again. */
function specButton(name) {
  const button = el('button', { type: 'button', class: 'quiet small', 'aria-expanded': 'false' }, 'What the spec says');
  let card = null;
  button.addEventListener('click', async () => {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    card ??= await specCard(name);
    if (isOpen) card.remove();
    else button.parentNode.after(card);
  });
  return button;
}

/** The call as it came, with what opens the portal to it; without that where nobody knows who called. */
function curl({ name, request }, entrance) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const { path, token } = entrance ?? { path: `/rest/${name}` };
  const body = typeof request === 'string' ? request : JSON.stringify({ ...request, ...(token && { auth: token }) });
  return [
    `curl -X POST ${quote(location.origin + path)}`,
    "-H 'Content-Type: application/json'",
    `-d ${quote(body)}`,
  ].join(' \\\n  ');
}

function tone(entry) {
  if (isFailed(entry)) return entry.status >= 500 || entry.kind === 'event' ? 'bad' : 'warn';
  return entry.status ? 'good' : 'waiting';
}

function statusText({ status, error }) {
  return status ? String(status) : error ? 'failed' : '···';
}

function duration(ms) {
  if (typeof ms !== 'number') return '';
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
