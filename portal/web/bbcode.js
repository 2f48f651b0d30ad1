// BB text → nodes of the page. Every word becomes a text node; `white-space: pre-wrap` keeps line breaks and tabs.

import { attributes, blocks, inline, letters } from './bbtree.js';
import { fullDate, namedDate } from './clock.js';
import { deedButton, el, outsideLink, picture } from './dom.js';
import { icon } from './icons.js';
import { framed, withLinks } from './links.js';
import { withSmiles } from './reactions.js';
import { safeColor, safeImage, safePixels, safeUrl } from './safe.js';

const PICTURE_WIDTHS = { small: '120px', medium: '240px', large: '420px' };
const FEW_SMILES = 3; // so many alone in a message are drawn large

/** The whole message: paragraphs, quotes and code. */
export function bbText(source) {
  const drawn = el('div', { class: 'bb' }, blocks(source).map(drawBlock));
  const smiles = drawn.querySelectorAll('.reaction').length;
  if (smiles > 0 && smiles <= FEW_SMILES && !drawn.textContent.trim()) drawn.classList.add('smiles-only');
  return drawn;
}

/** One value, such as a cell of a grid. */
export function bbInline(source) {
  return drawAll(inline(String(source ?? '').replace(/\[br\s*\/?\]|#br#/gi, '\n')), false);
}

/** `text` quoted as the messenger does it, ready to be sent. */
export function quoted(author, date, text) {
  const dashes = '-'.repeat(54);
  return `${dashes}\n${author} [${fullDate(date)}]\n${text}\n${dashes}\n`;
}

function drawBlock({ kind, text, author, at }) {
  if (kind === 'code') return el('pre', { class: 'code', tabindex: '0' }, el('code', {}, text));
  if (kind === 'text') return el('p', {}, drawAll(inline(text), false));
  const byline = author && el('span', { class: 'quote-byline' }, el('b', {}, author), ' ', el('span', {}, at));
  return el('blockquote', {}, byline, el('p', {}, drawAll(inline(text), false)));
}

/** `isInLink`: a link holds no other link, so addresses inside stay words. */
function drawAll(nodes, isInLink) {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return isInLink ? withSmiles(node) : withLinks(node, withSmiles);
    const drawn = draw[node.tag](node, isInLink);
    // A code whose value makes no sense is shown as it was written: its author sees the mistake.
    return drawn ? [drawn] : [node.open, ...drawAll(node.children, isInLink), node.close];
  });
}

const styled =
  (tag) =>
  ({ children }, isInLink) =>
    el(tag, {}, drawAll(children, isInLink));
const deed =
  (name, className, accepts = () => true, symbol = null) =>
  ({ value, children }) => {
    const given = value || letters(children);
    const drawn = () => [symbol && icon(symbol), drawAll(children, true)];
    return accepts(given) && deedButton(name, given, { class: className }, drawn());
  };
const isNumber = (value) => /^\d+$/.test(value ?? '');
const hasDigit = (value) => /\d/.test(value);

const draw = {
  b: styled('b'),
  u: styled('u'),
  i: styled('i'),
  s: styled('s'),

  url({ value, children }) {
    const href = safeUrl(value || letters(children));
    return href && outsideLink(href, {}, drawAll(children, true));
  },

  user({ value, children }) {
    const words = drawAll(children, true);
    if (/^all$/i.test(value ?? '')) return el('span', { class: 'mention' }, words);
    const id = value?.match(/^(\d+)(?:\s+replace)?$/i)?.[1]; // the platform's own messenger adds REPLACE
    return id && deedButton('dialog', id, { class: 'text-link mention' }, words);
  },

  chat({ value, children }) {
    if (/^imol\|/i.test(value ?? '')) return el('span', { class: 'mention' }, drawAll(children, true));
    return isNumber(value) && deedButton('chat', value, { class: 'text-link' }, drawAll(children, true));
  },

  context({ value, children }) {
    const place = value?.match(/^((?:chat)?\d+)\/(\d+)$/i);
    return place && deedButton('context', value.toLowerCase(), { class: 'text-link' }, drawAll(children, true));
  },

  dialog: deed('dialog', 'text-link', (id) => /^(?:chat)?\d+$/i.test(id)),
  call: deed('call', 'text-link with-icon', hasDigit, 'phone'),
  pch: deed('record', 'text-link with-icon', hasDigit, 'phone'),
  send: deed('send', 'text-link deed'),
  put: deed('put', 'text-link deed'),

  disk({ value }) {
    return (
      isNumber(value) && deedButton('file', value, { class: 'text-link with-icon' }, icon('file'), `File ${value}`)
    );
  },

  color({ value, children }, isInLink) {
    const color = safeColor(value);
    return color && el('span', { class: 'tinted', vars: { '--given': color } }, drawAll(children, isInLink));
  },

  size({ value, children }, isInLink) {
    const size = Math.min(Math.max(Number.parseInt(value, 10), 8), 30); // the platform's own range
    return size && el('span', { class: 'sized', vars: { '--size': `${size}px` } }, drawAll(children, isInLink));
  },

  img({ value, children }) {
    const address = letters(children).trim();
    return framed(address, address, { '--most': PICTURE_WIDTHS[attributes(value).size?.toLowerCase()] });
  },

  icon({ value }) {
    const { first, size, width, height, title } = attributes(value);
    const source = safeImage(first);
    const vars = { '--icon-width': pixels(width ?? size), '--icon-height': pixels(height ?? size) };
    return source && picture(source, title || 'icon', { class: 'inline-icon', title: title || null, vars });
  },

  timestamp({ value }) {
    const { first, format } = attributes(value);
    const seconds = Number(first);
    if (!(seconds > 0) || seconds > 8e12) return null;
    const date = new Date(seconds * 1000).toISOString();
    return el('time', { datetime: date, title: fullDate(date) }, namedDate(date, format));
  },
};

function pixels(value) {
  const known = safePixels(value, 200);
  return known && `${known}px`;
}
