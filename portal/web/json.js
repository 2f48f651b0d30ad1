// JSON as a person reads it: indented, with keys, texts and numbers told apart.

import { el } from './dom.js';

/** A `<pre>` for any value; text that holds JSON is unfolded, other text is shown as it is. */
export function jsonView(value) {
  const known = unfolded(value);
  if (typeof known === 'string') return el('pre', { class: 'json' }, known || '(empty)');
  return el('pre', { class: 'json' }, draw(known, ''));
}

/** The same as text, for the clipboard. */
export function jsonText(value) {
  const known = unfolded(value);
  return typeof known === 'string' ? known : JSON.stringify(known, null, 2);
}

function unfolded(value) {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function draw(value, indent) {
  if (value === null || typeof value !== 'object')
    return [el('span', { class: `json-${kind(value)}` }, JSON.stringify(value))];
  const isList = Array.isArray(value);
  const [opening, closing] = isList ? '[]' : '{}';
  const entries = Object.entries(value);
  if (!entries.length) return [opening + closing];

  const deeper = `${indent}  `;
  const lines = entries.map(([key, item], at) => [
    deeper,
    isList ? [] : [el('span', { class: 'json-key' }, JSON.stringify(key)), ': '],
    draw(item, deeper),
    at < entries.length - 1 ? ',\n' : '\n',
  ]);
  return [`${opening}\n`, lines, `${indent}${closing}`].flat(Infinity);
}

const kind = (value) => (value === null ? 'null' : typeof value);
