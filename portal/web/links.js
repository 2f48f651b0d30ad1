// Addresses in text: links of their own, pictures, and a card for the page that a message is about.

import { inline, letters, blocks } from './bbtree.js';
import { el, outsideLink, picture } from './dom.js';
import { isImageUrl, safeImage, safeUrl } from './safe.js';

const BARE = /\b(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"]+/gi;

/** Text with its addresses as links, those of pictures as pictures; `drawWords` draws what lies between. */
export function withLinks(text, drawWords) {
  const drawn = [];
  let from = 0;
  for (const { at, written, href } of addresses(text)) {
    drawn.push(...drawWords(text.slice(from, at)));
    drawn.push(isImageUrl(href) ? framed(href, written) : outsideLink(href, {}, written));
    from = at + written.length;
  }
  return [...drawn, ...drawWords(text.slice(from))];
}

/** A picture that opens in full when it is clicked; null when the address is none a picture may have. */
export function framed(address, name, vars = {}) {
  const source = safeImage(address);
  return source && outsideLink(source, { class: 'framed', vars }, picture(source, name));
}

/**
 * The card of the first page that a message links to, or null. It is made of the address alone: the portal asks
 * nobody outside what stands there.
 */
export function linkCard(source) {
  const texts = blocks(source).filter(({ kind }) => kind === 'text');
  const href = texts.map(({ text }) => firstPage(inline(text))).find(Boolean);
  if (!href) return null;
  const { host, pathname } = new URL(href);
  const site = host.replace(/^www\./, '');
  const steps = pathname.split('/').filter(Boolean).map(readable);
  return outsideLink(
    href,
    { class: 'link-card' },
    el('span', { class: 'favicon', 'aria-hidden': 'true', vars: { '--hue': hue(site) } }, site[0].toUpperCase()),
    el('span', {}, el('b', {}, titleOf(steps) ?? site), el('small', {}, [site, ...steps].join(' › '))),
  );
}

function firstPage(nodes) {
  for (const node of nodes) {
    const href = typeof node === 'string' ? addresses(node)[0]?.href : inTag(node);
    if (href && /^https?:/.test(href) && !isImageUrl(href)) return href;
  }
  return null;
}

function inTag({ tag, value, children }) {
  if (tag === 'url') return safeUrl(value || letters(children));
  return ['b', 'u', 'i', 's', 'size', 'color'].includes(tag) ? firstPage(children) : null;
}

function addresses(text) {
  return [...text.matchAll(BARE)].flatMap((match) => {
    const written = withoutTail(match[0]);
    const href = safeUrl(/^www\./i.test(written) ? `https://${written}` : written);
    return href ? [{ at: match.index, written, href }] : [];
  });
}

/** A sentence's full stop or closing bracket is not part of the address. */
function withoutTail(address) {
  const cut = address.replace(/[.,;:!?'"»]+$/, '');
  return cut.endsWith(')') && !cut.includes('(') ? withoutTail(cut.slice(0, -1)) : cut;
}

/** `release-notes.html` in an address is `release notes`. */
function readable(step) {
  const words = step.replace(/\.[a-z]{2,5}$/i, '').replace(/[-_+]+/g, ' ');
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

function titleOf(steps) {
  const words = steps.findLast((step) => /\p{L}{3}/u.test(step));
  return words && words[0].toUpperCase() + words.slice(1);
}

/** The same colour for the same site, another for another. */
function hue(site) {
  return [...site].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
}
