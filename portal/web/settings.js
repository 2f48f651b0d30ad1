// Two menus of the left column: who speaks, and how the page looks.

import { avatar } from './people.js';
import { showShortcuts } from './shortcuts.js';
import { themeItems } from './theme.js';

/** Everybody who can be spoken as. */
export function speakers(store, deeds) {
  const people = [...store.users.values()].filter(({ bot, active }) => !bot && active !== false);
  return people.map((user) => ({
    label: user.name,
    note: user.kind === 'client' ? 'Client' : user.position,
    picture: avatar(user, 'small'),
    checked: user.id === store.me,
    run: () => deeds.speakAs(user.id),
  }));
}

/** Colours, languages and keys. */
export function settings(store, deeds) {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
  const languages = store.offers.languages.map((code) => ({
    label: nameOfLanguage(names, code),
    checked: code === store.language,
    run: () => deeds.language(code),
  }));
  return [
    { heading: 'Colours' },
    ...themeItems(),
    ...(languages.length > 1 ? [{ heading: 'Language of commands' }, ...languages] : []),
    '-',
    { label: 'Keys', note: 'Ctrl /', symbol: 'keys', run: showShortcuts },
  ];
}

/** The platform has codes that are countries (`ua`, `br`): those stay as they are. */
function nameOfLanguage(names, code) {
  try {
    return names.of(code);
  } catch {
    return code;
  }
}
