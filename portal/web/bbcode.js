// BB text → nodes of the page. Every word becomes a text node; `white-space: pre-wrap` keeps line breaks and tabs.

import { attributes, blocks, inline, letters } from './bbtree.js';
import { fullDate } from './clock.js';
import { deedButton, el, outsideLink, picture } from './dom.js';
import { isImageUrl, safeColor, safeImage, safePixels, safeUrl } from './safe.js';

const BARE_LINK = /\b(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"]+/gi;
const PICTURE_WIDTHS = { small: '120px', medium: '240px', large: '420px' };

/** The whole message: paragraphs, quotes and code. */
export function bbText(source) {
  return el('div', { class: 'bb' }, blocks(source).map(drawBlock));
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
  if (kind === 'code') return el('pre', { class: 'code' }, el('code', {}, text));
  if (kind === 'text') return el('p', {}, drawAll(inline(text), false));
  const byline = author && el('span', { class: 'quote-byline' }, el('b', {}, author), ' ', el('span', {}, at));
  return el('blockquote', {}, byline, el('p', {}, drawAll(inline(text), false)));
}

/** `isInLink`: a link holds no other link, so addresses inside stay words. */
function drawAll(nodes, isInLink) {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return isInLink ? [node] : withLinks(node);
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
  (name, className, accepts = () => true) =>
  ({ value, children }) => {
    const given = value || letters(children);
    return accepts(given) && deedButton(name, given, { class: className }, drawAll(children, true));
  };

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
    return /^\d+$/.test(value ?? '') && deedButton('chat', value, { class: 'text-link' }, drawAll(children, true));
  },

  context({ value, children }) {
    const dialog = value?.match(/^(chat\d+|\d+)\/\d+$/)?.[1];
    return dialog && deedButton('dialog', dialog, { class: 'text-link' }, drawAll(children, true));
  },

  call: deed('call', 'text-link', (number) => /\d/.test(number)),
  send: deed('send', 'text-link deed'),
  put: deed('put', 'text-link deed'),

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
    return framed(address, address, { '--most': PICTURE_WIDTHS[attributes(value).size?.toLowerCase()] ?? null });
  },

  icon({ value }) {
    const { first, size, width, height, title } = attributes(value);
    const source = safeImage(first);
    const vars = { '--icon-width': pixels(width ?? size), '--icon-height': pixels(height ?? size) };
    return source && picture(source, title || 'icon', { class: 'inline-icon', title: title || null, vars });
  },

  timestamp({ value }) {
    const seconds = Number(attributes(value).first);
    return seconds > 0 && el('time', {}, fullDate(new Date(seconds * 1000).toISOString()));
  },
};

function pixels(value) {
  const known = safePixels(value, 200);
  return known && `${known}px`;
}

function framed(address, name, vars = {}) {
  const source = safeImage(address);
  return source && outsideLink(source, { class: 'framed', vars }, picture(source, name));
}

function withLinks(text) {
  const drawn = [];
  let from = 0;
  for (const match of text.matchAll(BARE_LINK)) {
    const written = withoutTail(match[0]);
    const href = safeUrl(/^www\./i.test(written) ? `https://${written}` : written);
    if (!href) continue;
    drawn.push(text.slice(from, match.index));
    drawn.push(isImageUrl(href) ? framed(href, written) : outsideLink(href, {}, written));
    from = match.index + written.length;
  }
  return [...drawn, text.slice(from)].filter((piece) => piece !== '');
}

/** A sentence's full stop or closing bracket is not part of the address. */
function withoutTail(address) {
  const cut = address.replace(/[.,;:!?'"»]+$/, '');
  return cut.endsWith(')') && !cut.includes('(') ? withoutTail(cut.slice(0, -1)) : cut;
}
