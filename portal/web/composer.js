// The box one writes in: drafts by dialog, editing one's own message, suggestions after "/" and "@".

import { byId } from './dom.js';
import { nameOf } from './people.js';
import { mountSuggest } from './suggest.js';

const TALLEST = 180; // pixels

/** `send(text)` and `change(message, text)` say whether the portal took it; refused text comes back into the box. */
export function mountComposer(store, { send, change }) {
  const input = byId('input');
  const bar = byId('editing');
  const drafts = new Map(); // dialog → text
  let shown = null; // dialog whose draft the box holds
  let edited = null; // message being edited

  const fill = (text) => {
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const focus = () => {
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  };
  const stopEditing = () => {
    edited = null;
    bar.hidden = true;
  };
  const submit = async () => {
    const text = input.value;
    if (!text.trim() || !store.current) return;
    const message = edited;
    stopEditing();
    fill('');
    const isTaken = message ? await change(message, text) : await send(text);
    if (!isTaken && !input.value) fill(text);
  };
  const composer = {
    focus,
    /** Fills the box; a command gets a space so that its parameters can be typed at once. */
    put(text) {
      fill(text.startsWith('/') && !text.endsWith(' ') ? `${text} ` : text);
      focus();
    },
    add(text) {
      fill(input.value + text);
      focus();
    },
    edit(message) {
      edited = message;
      bar.hidden = false;
      fill(message.text);
      focus();
    },
  };

  const suggest = mountSuggest(input, byId('suggest'), (text, caret) => suggestions(store, text, caret));
  input.addEventListener('input', () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
    byId('send').disabled = !input.value.trim();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || suggest.hears(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && edited) {
      stopEditing();
      fill('');
    } else if (event.key === 'ArrowUp' && !input.value) {
      const last = lastOwn(store);
      if (last) {
        event.preventDefault();
        composer.edit(last);
      }
    }
  });
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  byId('stop-editing').addEventListener('click', () => {
    stopEditing();
    fill('');
    focus();
  });
  store.on('current', (dialog) => {
    if (shown && !edited) drafts.set(shown, input.value);
    stopEditing();
    shown = dialog;
    fill(drafts.get(dialog) ?? '');
  });
  return composer;
}

function lastOwn(store) {
  return [...store.messages.values()].findLast(({ author, deleted }) => author === store.me && !deleted);
}

/** `/ec` at the start offers commands, `@ec` anywhere offers people: `{from, items: [{label, hint, note, insert}]}`. */
function suggestions(store, text, caret) {
  const before = text.slice(0, caret);
  const slash = before.match(/^\/\S*$/);
  if (slash)
    return { from: 0, items: commandsHere(store).filter(({ insert }) => insert.startsWith(before.toLowerCase())) };
  const at = before.match(/(?:^|\s)@([\p{L}\p{N}_]*)$/u);
  if (!at) return { from: 0, items: [] };
  const wanted = at[1].toLowerCase();
  return {
    from: caret - at[1].length - 1,
    items: people(store).filter(({ label }) => label.toLowerCase().includes(wanted)),
  };
}

/** A bot's commands work in its own dialog and in chats it is a member of; common ones everywhere. */
function commandsHere(store) {
  const members = store.dialogs.get(store.current)?.members ?? [Number(store.current)];
  const usable = store.commands.filter(({ bot, common }) => common || members.includes(bot));
  return usable.map(({ bot, command, title, params }) => ({
    label: command,
    hint: params,
    note: [title, nameOf(store, bot)].filter(Boolean).join(' · '),
    insert: `${command.toLowerCase()} `,
  }));
}

function people(store) {
  const members = store.dialogs.get(store.current)?.members ?? [];
  return members
    .filter((id) => id !== store.me && store.users.has(id))
    .map((id) => store.users.get(id))
    .map(({ id, name, bot }) => ({
      label: name,
      hint: '',
      note: bot ? 'Bot' : '',
      insert: `[USER=${id}]${name}[/USER] `,
    }));
}
