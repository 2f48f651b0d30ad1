// The head of the conversation: whose it is, who is in it, and its buttons.

import { byId, el, iconButton } from './dom.js';
import { avatar, face, nameList, nameOf, partner } from './people.js';

const STATUS = { dnd: 'Do not disturb', away: 'Away', break: 'On a break' };

/** Draws the head and keeps it up to date. */
export function mountHead(store) {
  const draw = () => {
    const dialog = store.dialogs.get(store.current);
    const person = dialog ? partner(store, dialog) : store.users.get(Number(store.current));
    byId('app').dataset.pane = store.current ? 'talk' : 'list';
    byId('nothing-open').hidden = Boolean(store.current);
    const title = el('h1', {}, dialog?.title ?? person?.name ?? '');
    byId('talk-title').replaceChildren(
      ...(store.current
        ? [
            avatar(dialog ? face(store, dialog) : person),
            el('div', {}, title, el('small', {}, about(store, dialog, person))),
          ]
        : []),
    );
    byId('talk-tools').replaceChildren(
      ...[
        dialog && iconButton('search', 'Search in this conversation', { 'data-deed': 'find' }),
        dialog && dialog.type !== 'P' && iconButton('people', 'Members', { 'data-deed': 'members' }),
      ].filter(Boolean),
    );
  };
  for (const topic of ['state', 'people', 'dialogs', 'current']) store.on(topic, draw);
}

function about(store, dialog, person) {
  if (person) return STATUS[person.status] ?? (person.position || (person.bot ? 'Bot' : 'Private conversation'));
  if (!dialog) return '';
  return nameList(dialog.members.map((id) => (id === store.me ? 'You' : nameOf(store, id))));
}
