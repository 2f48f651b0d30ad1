// The box one writes in: drafts by dialog, editing one's own message, answering another, suggestions after "/" and "@".

import { plain } from './bbtree.js';
import { byId } from './dom.js';
import { PHONE } from './keyboard.js';
import { nameOf } from './people.js';
import { pickSmile } from './picker.js';
import { suggestions } from './offers.js';
import { mountSuggest } from './suggest.js';
import { mountTray } from './tray.js';

const TALLEST = 180; // pixels
const TELLS_TYPING = 5000; // milliseconds between telling the others that one types

/**
 * `send(words, files)` and `change(message, text)` say whether the portal took it; refused text comes back into the box.
 * `type()` is called now and then while something is written.
 */
export function mountComposer(store, { send, change, type }) {
  const input = byId('input');
  const drafts = new Map(); // dialog → text
  let shown = null; // dialog whose draft the box holds
  let edited = null; // message being edited
  let answered = null; // message being answered
  let typedAt = 0;

  const fill = (text) => {
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const focus = () => {
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  };
  const drawBar = () => {
    const about = edited ?? answered;
    byId('about').hidden = !about;
    if (!about) return;
    byId('about-title').textContent = edited ? 'Editing your message' : `Answering ${nameOf(store, about.author)}`;
    byId('about-text').textContent = plain(about.text) || 'Attachment';
  };
  const stop = () => {
    if (edited) fill('');
    edited = null;
    answered = null;
    drawBar();
  };
  const submit = async () => {
    const text = input.value;
    if (!(text.trim() || !tray.isEmpty()) || !store.current) return;
    const [message, reply, files] = [edited, answered, edited ? [] : tray.take()];
    edited = null;
    answered = null;
    drawBar();
    fill('');
    const isTaken = message ? await change(message, text) : await send({ text, reply: reply?.id }, files);
    if (isTaken) return;
    if (!input.value) fill(text);
    tray.add(files);
  };
  const drawField = () => {
    const isOff = store.dialogs.get(store.current)?.text_field === false;
    byId('composer').hidden = !store.current;
    input.disabled = isOff;
    const invitation = PHONE.matches ? 'Message' : 'Write a message, / for commands';
    input.placeholder = isOff ? 'Only the buttons work here now' : invitation;
  };
  const composer = {
    focus,
    /** Fills the box; a command gets a space so that its parameters can be typed at once. */
    put(text) {
      fill(text.startsWith('/') && !text.endsWith(' ') ? `${text} ` : text);
      focus();
    },
    add(text) {
      input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
      input.dispatchEvent(new Event('input'));
      input.focus();
    },
    edit(message) {
      stop();
      edited = message;
      fill(message.text);
      drawBar();
      focus();
    },
    answer(message) {
      stop();
      answered = message;
      drawBar();
      focus();
    },
  };

  const drawSend = () => {
    byId('send').disabled = !input.value.trim() && tray.isEmpty();
  };
  const tray = mountTray(store, () => drawSend());
  const suggest = mountSuggest(input, byId('suggest'), (text, caret) => suggestions(store, text, caret));
  input.addEventListener('input', () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
    drawSend();
    if (!input.value || Date.now() - typedAt < TELLS_TYPING || document.activeElement !== input) return;
    typedAt = Date.now();
    type();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || suggest.hears(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) submit();
    else if (event.key === 'Escape' && (edited || answered)) stop();
    else if (event.key === 'ArrowUp' && !input.value && lastOwn(store)) composer.edit(lastOwn(store));
    else return;
    event.preventDefault();
  });
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  byId('about-stop').addEventListener('click', () => {
    stop();
    focus();
  });
  byId('smiles').addEventListener('click', ({ currentTarget }) => {
    pickSmile(currentTarget, (written) => composer.add(`${/\S$/.test(input.value) ? ' ' : ''}${written} `));
  });
  store.on('current', (dialog) => {
    if (shown && !edited) drafts.set(shown, input.value);
    stop();
    shown = dialog;
    fill(drafts.get(dialog) ?? '');
  });
  for (const topic of ['state', 'current', 'dialogs']) store.on(topic, drawField);
  PHONE.addEventListener('change', drawField);
  return composer;
}

function lastOwn(store) {
  return [...store.messages.values()].findLast(({ author, deleted }) => author === store.me && !deleted);
}
