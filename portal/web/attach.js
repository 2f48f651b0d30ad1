// Attachments: a coloured bar and the blocks beside it, in the order the bot gave them.

import { bbInline, bbText } from './bbcode.js';
import { deedButton, el, outsideLink, picture } from './dom.js';
import { fileSize } from './files.js';
import { icon } from './icons.js';
import { avatar } from './people.js';
import { safeColor, safeImage, safePixels, safeUrl } from './safe.js';

const TOKENS = {
  primary: 'var(--accent)',
  secondary: 'var(--muted)',
  alert: 'var(--danger)',
  base: 'var(--line-strong)',
};
const DEFAULT_DELIMITER = 200; // pixels, as the platform's own messenger draws it
/** COLUMN is what the course calls ROW. */
const DISPLAYS = { BLOCK: 'block', LINE: 'line', ROW: 'column', COLUMN: 'column', TABLE: 'table' };

/** Every attachment of a message. `fallback`: the colour of the chat, for those that name none. */
export function attachments(list, fallback) {
  return (list ?? []).map((attach) => {
    const bar = safeColor(attach.COLOR) ?? TOKENS[attach.COLOR_TOKEN] ?? safeColor(fallback);
    return el('div', { class: 'attach', vars: { '--bar': bar } }, listed(attach.BLOCKS).flatMap(drawBlock));
  });
}

/** A block is an object with one key that names its kind; an unknown kind is shown by its name, not dropped. */
function drawBlock(block) {
  return Object.entries(block ?? {}).map(([kind, content]) => {
    const drawn = draw[kind.toUpperCase()]?.(content);
    return drawn ?? el('p', { class: 'attach-unknown' }, `unknown block ${kind}`);
  });
}

const draw = {
  MESSAGE: (text) => bbText(text),
  USER: (content) => listed(content).map(drawUser),
  LINK: (content) => listed(content).map(drawLink),
  RICH_LINK: (content) => listed(content).map((link) => el('div', { class: 'attach-rich' }, drawLink(link))),
  IMAGE: (content) => el('div', { class: 'attach-images' }, listed(content).map(drawImage)),
  FILE: (content) => listed(content).map(drawFile),
  GRID: (content) => runs(listed(content)).map(({ display, rows }) => drawGrid(display, rows)),
  DELIMITER: (content) =>
    el('hr', {
      class: 'attach-delimiter',
      vars: { '--given': safeColor(content?.COLOR), '--width': `${safePixels(content?.SIZE) ?? DEFAULT_DELIMITER}px` },
    }),
};

function drawUser(user) {
  const kind = String(user.AVATAR_TYPE ?? (user.BOT_ID ? 'BOT' : 'USER')).toLowerCase();
  const face = { name: user.NAME ?? '', avatar: user.AVATAR, bot: kind === 'bot' };
  return el('div', { class: 'attach-user' }, avatar(face, `small of-${kind}`), linked(user, el('b', {}, face.name)));
}

function drawLink(link) {
  const preview = safeImage(link.PREVIEW);
  return el(
    'div',
    { class: 'attach-link' },
    linked(link, el('span', {}, link.NAME || link.LINK || '')),
    (link.HTML || link.DESC) && el('p', { class: 'attach-note' }, link.HTML ? wordsOf(link.HTML) : bbInline(link.DESC)),
    preview && linked(link, picture(preview, link.NAME ?? '', sized(link))),
  );
}

function drawImage(image) {
  const source = safeImage(image.PREVIEW) ?? safeImage(image.LINK);
  const name = image.NAME || image.LINK || 'picture';
  const drawn = source ? picture(source, name, sized(image)) : el('span', { class: 'no-picture' }, icon('file'), name);
  return el('figure', {}, linked(image, drawn), image.NAME && el('figcaption', {}, image.NAME));
}

function drawFile(file) {
  const name =
    file.NAME ||
    String(file.LINK ?? '')
      .split('/')
      .at(-1) ||
    'file';
  const href = safeUrl(file.LINK);
  return el(
    'div',
    { class: 'attach-file' },
    icon('file'),
    href ? outsideLink(href, {}, name) : el('span', {}, name),
    Number(file.SIZE) > 0 && el('span', { class: 'attach-note' }, fileSize(Number(file.SIZE))),
    href && outsideLink(href, { class: 'attach-download', download: name }, 'Download'),
  );
}

/** Rows of one display stand together; the platform forbids mixing but its own examples do it. */
function runs(rows) {
  const found = [];
  for (const row of rows) {
    const display = DISPLAYS[String(row.DISPLAY ?? 'BLOCK').toUpperCase()] ?? 'column';
    if (found.at(-1)?.display === display) found.at(-1).rows.push(row);
    else found.push({ display, rows: [row] });
  }
  return found;
}

function drawGrid(display, rows) {
  const hasColumns = display === 'column' || display === 'table';
  const first = hasColumns && rows.map(({ WIDTH }) => safePixels(WIDTH, 400)).find(Boolean);
  return el(
    'dl',
    { class: `grid grid-${display}`, vars: { '--first': first && `${first}px` } },
    rows.map((row) => drawRow(row, hasColumns)),
  );
}

function drawRow(row, isOfColumns) {
  const width = isOfColumns ? null : safePixels(row.WIDTH);
  const height = safePixels(row.HEIGHT, 400);
  const color = safeColor(row.COLOR) ?? TOKENS[row.COLOR_TOKEN] ?? null;
  const value = row.VALUE === undefined || row.VALUE === null ? '' : String(row.VALUE);
  const only = !value || !row.NAME ? 'alone' : '';
  return el(
    'div',
    { class: `grid-row ${only}`, vars: { '--width': width && `${width}px`, '--height': height && `${height}px` } },
    row.NAME && el('dt', {}, row.NAME),
    value && el('dd', { class: color ? 'tinted' : '', vars: { '--given': color } }, linked(row, bbInline(value))),
  );
}

/** The content as a link to wherever the block leads: a user, a bot, a chat or an address; else as it is. */
function linked(block, content) {
  const person = block.USER_ID ?? block.BOT_ID;
  if (/^\d+$/.test(person ?? '')) return deedButton('dialog', person, { class: 'text-link' }, content);
  if (/^\d+$/.test(block.CHAT_ID ?? '')) return deedButton('chat', block.CHAT_ID, { class: 'text-link' }, content);
  const href = safeUrl(block.LINK);
  return href ? outsideLink(href, {}, content) : content;
}

/** Width and height let the page keep the room before the picture has come. */
function sized({ WIDTH, HEIGHT }) {
  const width = safePixels(WIDTH, 4000);
  const height = safePixels(HEIGHT, 4000);
  return width && height ? { width, height } : {};
}

/** Markup from a bot is never parsed: its tags are cut out and the words stay. */
function wordsOf(html) {
  return String(html)
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '');
}

/** PHP writes a list as an object with number keys, and one item may come without its list. */
function listed(content) {
  if (Array.isArray(content)) return content;
  if (content && typeof content === 'object') {
    return Object.keys(content).every((key) => /^\d+$/.test(key)) ? Object.values(content) : [content];
  }
  return [];
}
