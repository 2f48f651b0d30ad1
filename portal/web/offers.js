// What is offered while one types: commands after a slash, people after an at sign.

import { nameOf } from './people.js';

/** `/ec` at the start offers commands, `@ec` anywhere offers people: `{from, items: [{label, hint, note, insert}]}`. */
export function suggestions(store, text, caret) {
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
  const usable = store.offers.commands.filter(({ bot, common }) => common || members.includes(bot));
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
