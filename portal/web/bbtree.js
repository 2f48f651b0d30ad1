// BB text → a tree that says what was meant. Drawing it is bbcode.js; nothing here knows of the page.

const TAG = /\[(\/?)([a-z]+)((?:=|\s)[^\]\n]*)?\]/gi;
const PAIRED = new Set([
  'b',
  'u',
  'i',
  's',
  'url',
  'user',
  'chat',
  'dialog',
  'call',
  'pch',
  'send',
  'put',
  'context',
  'img',
  'color',
  'size',
]);
const LONE = new Set(['icon', 'timestamp', 'disk']);
const DEEPEST = 24; // codes inside codes; a message that nests more is not written for people
const DASHES = /^\s*(?:-{5,}|_{5,})\s*$/;
const BYLINE = /^\s*(\S.*?)\s*\[([^\]]+)\]\s*$/;

/**
 * The message as a list of blocks: `{kind: 'text' | 'quote' | 'code', text}`; a quote between dashes also has
 * `author` and `at` when its first line is `Name [time]`.
 */
export function blocks(source) {
  // Code comes first: what it holds is shown as written, quotes and line breaks included.
  return String(source ?? '')
    .split(/\[code\]\n?([\s\S]*?)\n?\[\/code\]/i)
    .flatMap((part, index) => (index % 2 ? [{ kind: 'code', text: part }] : paragraphs(broken(part))));
}

/** Inline codes as nodes: strings, or `{tag, value, children, open, close}` where `open` and `close` are as written. */
export function inline(text) {
  const stack = [{ children: [] }];
  const add = (child) => child && stack.at(-1).children.push(child);
  let from = 0;

  for (const match of text.matchAll(TAG)) {
    const [written, slash, name, rest] = match;
    const tag = name.toLowerCase();
    add(text.slice(from, match.index));
    from = match.index + written.length;

    if (slash) close(stack, tag, written);
    else if (LONE.has(tag)) add({ tag, value: valueOf(rest), children: [], open: written, close: '' });
    else if (PAIRED.has(tag) && stack.length < DEEPEST)
      stack.push({ tag, value: valueOf(rest), children: [], open: written, close: '' });
    else add(written);
  }
  add(text.slice(from));
  while (stack.length > 1) spill(stack);
  return stack[0].children;
}

/** The words alone, in one line: for previews and announcements. */
export function plain(source) {
  const words = blocks(source).map(({ text, kind }) => (kind === 'code' ? text : letters(inline(text))));
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

/** The words of some nodes, codes left out. */
export function letters(nodes) {
  return nodes.map((node) => (typeof node === 'string' ? node : letters(node.children))).join('');
}

/** `size=30 title=A unicorn` → `{size: '30', title: 'A unicorn'}`; what stands before the first name is `first`. */
export function attributes(value) {
  const [first, ...pairs] = String(value ?? '').split(/\s*\b(size|width|height|title|format)=/i);
  const found = { first: first.trim() };
  for (let at = 0; at < pairs.length; at += 2) found[pairs[at].toLowerCase()] = pairs[at + 1].trim();
  return found;
}

const broken = (text) => text.replace(/\r\n?/g, '\n').replace(/\[br\s*\/?\]|#br#/gi, '\n');
const valueOf = (rest) => (rest === undefined ? null : rest.replace(/^[=\s]/, '').trim());

function close(stack, tag, written) {
  if (!stack.some((node) => node.tag === tag)) {
    stack.at(-1).children.push(written);
    return;
  }
  while (stack.at(-1).tag !== tag) spill(stack);
  const node = stack.pop();
  node.close = written;
  stack.at(-1).children.push(node);
}

/** A code that never closes is no code: it goes back to being text. */
function spill(stack) {
  const { open, children } = stack.pop();
  stack.at(-1).children.push(open, ...children);
}

function paragraphs(text) {
  const found = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const end = DASHES.test(lines[at]) ? lines.findIndex((line, index) => index > at + 1 && DASHES.test(line)) : -1;
    if (end > 0) {
      found.push(dashedQuote(lines.slice(at + 1, end)));
      at = end;
    } else if (lines[at].startsWith('>>')) append(found, 'quote', lines[at].slice(2));
    else append(found, 'text', lines[at]);
  }
  if (found.length === 1) return found;
  // The blank lines that set a quote apart are its margin, not text.
  for (const block of found) if (block.kind === 'text') block.text = block.text.replace(/^\n+|\n+$/g, '');
  return found.filter(({ kind, text: words }) => kind === 'quote' || words.trim());
}

function append(found, kind, line) {
  const last = found.at(-1);
  if (last?.kind === kind && !last.author && !last.isDashed) last.text += `\n${line}`;
  else found.push({ kind, text: line });
}

function dashedQuote(lines) {
  const [first, ...rest] = lines.join('\n').trim().split('\n');
  const byline = first.match(BYLINE);
  const text = (byline ? rest : [first, ...rest]).join('\n').trim();
  return { kind: 'quote', isDashed: true, author: byline?.[1] ?? '', at: byline?.[2] ?? '', text };
}
