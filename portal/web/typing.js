// What others are doing in a dialog right now, in words.

import { nameList, nameOf } from './people.js';
import { typists } from './store.js';

const PREFIX = 'IMBOT_AGENT_ACTION_';
/** What a bot may say it is at, by the codes of the platform without their common beginning. */
const ACTIONS = {
  THINKING: 'is thinking',
  SEARCHING: 'is looking it up',
  GENERATING: 'is preparing an answer',
  ANALYZING: 'is looking into it',
  PROCESSING: 'is working through the data',
  TRANSLATING: 'is translating',
  CONNECTING: 'is connecting',
  CHECKING: 'is checking',
  CALCULATING: 'is calculating',
  READING_DOCS: 'is reading documents',
  COMPOSING: 'is writing an answer',
};

/** `Ann Lee is typing…`, or nothing. */
export function whatTheyDo(store, dialog = store.current) {
  const all = typists(store, dialog);
  const busy = all.find(({ action }) => action);
  if (busy) return `${nameOf(store, busy.user)} ${ACTIONS[busy.action.replace(PREFIX, '')] ?? 'is at work'}…`;
  const names = all.map(({ user }) => nameOf(store, user));
  return names.length ? `${nameList(names, 2)} ${names.length > 1 ? 'are' : 'is'} typing…` : '';
}
