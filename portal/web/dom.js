// Building nodes: text only ever becomes text nodes, so nothing a bot writes can become markup.

import { icon } from './icons.js';

/** The one element with this id; the skeleton in index.html promises it. */
export const byId = (id) => document.getElementById(id);

const isGiven = (value) => value !== null && value !== undefined && value !== false;

/**
 * An element. `props`: `class`, `data` (dataset), `on` (listeners), `vars` (CSS custom properties), booleans and
 * attributes by their names. Children: nodes, strings, lists. What is null, undefined or false is left out anywhere.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (!isGiven(value)) continue;
    if (key === 'class') node.className = value;
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (key === 'on') for (const [name, heard] of Object.entries(value)) node.addEventListener(name, heard);
    else if (key === 'vars') {
      for (const [name, text] of Object.entries(value)) if (isGiven(text)) node.style.setProperty(name, text);
    } else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(3).filter(isGiven));
  return node;
}

/** A square button with an icon; its words are for screen readers and the tooltip. */
export function iconButton(name, label, props = {}) {
  return el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, ...props },
    icon(name),
  );
}

/** Something to click that names its deed; conversation.js hears every one of them in one place. */
export function deedButton(deed, value, props = {}, ...children) {
  return el('button', { type: 'button', ...props, data: { ...props.data, deed, value: String(value) } }, ...children);
}

/** A link that opens apart from the messenger and tells the other side nothing about it. */
export function outsideLink(href, props = {}, ...children) {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer', ...props }, ...children);
}

/** A picture from outside; when it cannot be loaded its name takes the place, never a broken frame. */
export function picture(src, name, props = {}) {
  const image = el('img', { src, alt: name, loading: 'lazy', referrerpolicy: 'no-referrer', ...props });
  image.addEventListener('error', () => {
    image.replaceWith(
      el('span', { class: 'no-picture', title: 'This picture could not be loaded' }, icon('file'), name),
    );
  });
  return image;
}

/** A sentence and a hint where there is nothing to list yet. */
export function emptyState(symbol, title, hint) {
  return el('div', { class: 'empty' }, icon(symbol), el('strong', {}, title), el('p', {}, hint));
}
