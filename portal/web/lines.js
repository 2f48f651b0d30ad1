// Open lines: the bar over a conversation with a client, and the windows to set up a line and to come to one.

import { byId, deedButton, el } from './dom.js';
import { openMenu } from './floating.js';
import { icon } from './icons.js';
import { nameOf } from './people.js';
import { reaction } from './reactions.js';
import { openWindow } from './windows.js';

/** Draws the bar and keeps it up to date: for an operator, or for the client on the other side. */
export function mountLines(store) {
  const bar = byId('line');
  const draw = () => {
    const dialog = store.dialogs.get(store.current);
    const parts = dialog?.kind === 'livechat' ? clientBar() : operatorBar(store, dialog);
    bar.hidden = !parts;
    bar.replaceChildren(...(parts ?? []));
  };
  for (const topic of ['state', 'lines', 'dialogs', 'current', 'people']) store.on(topic, draw);
}

/** The newest conversation in a dialog, and its line. */
export function sessionIn(store, dialog) {
  for (const line of store.lines) {
    const session = line.sessions.find((one) => one.dialog === dialog);
    if (session) return { line, session };
  }
  return null;
}

/** What operators can do besides what the bar shows. */
export function openLineMenu(store, anchor, deeds) {
  const { line, session } = sessionIn(store, store.current) ?? {};
  if (!session) return;
  const dialog = session.dialog;
  const others = store.lines.filter(({ id, active }) => id !== line.id && active);
  const people = [...store.users.values()].filter(({ id, kind }) => kind === 'employee' && id !== session.user);
  const item = (label, symbol, run) => ({ label, symbol, run });
  openMenu(
    anchor,
    [
      item(session.pinned ? 'Let it close by itself' : 'Keep it open', 'pin', () =>
        deeds.line('pin_session', { dialog, on: !session.pinned }),
      ),
      item(session.silent ? 'Speak to the client again' : 'Speak among operators', 'muted', () =>
        deeds.line('hush', { dialog, on: !session.silent }),
      ),
      item('Mark as spam', 'trash', () => deeds.line('spam', { dialog })),
      { heading: 'Hand it to' },
      ...people.map((user) => item(user.name, 'person', () => deeds.line('transfer', { dialog, to: user.id }))),
      ...others.map((one) => item(one.name, 'chat', () => deeds.line('transfer', { dialog, line: one.id }))),
      ...(line.answers.length ? [{ heading: 'Saved answers' }] : []),
      ...line.answers.map((text) => item(text, 'quote', () => deeds.put(text))),
    ],
    'What to do with the conversation',
  );
}

/** Asks for a name and who answers; `create({name, operators})` says whether the portal took it. */
export function askNewLine(store, create) {
  const name = el('input', { required: true, maxlength: '100', placeholder: 'Support', autocomplete: 'off' });
  const people = [...store.users.values()].filter(({ kind }) => kind === 'employee');
  const choice = (user) => {
    const box = { type: 'checkbox', name: 'operator', value: String(user.id), checked: user.id === store.me };
    return el('label', { class: 'choice' }, el('input', box), user.name);
  };
  const window_ = openWindow(
    'New open line',
    [
      el('label', { class: 'field' }, el('span', {}, 'Name'), name),
      el(
        'fieldset',
        { class: 'field' },
        el('legend', {}, 'Operators'),
        el('div', { class: 'choices' }, people.map(choice)),
      ),
    ],
    {
      confirm: 'Create line',
      submit() {
        const operators = [...window_.querySelectorAll(':checked')].map(({ value }) => Number(value));
        return create({ name: name.value.trim(), operators });
      },
    },
  );
  name.focus();
}

/** Asks who comes to which line; `visit({line, name})` says whether the portal let them in. */
export function askVisit(store, visit) {
  const name = el('input', { required: true, maxlength: '100', placeholder: 'Carl Client', autocomplete: 'off' });
  const choice = (line, at) =>
    el(
      'label',
      { class: 'choice' },
      el('input', { type: 'radio', name: 'line', value: String(line.id), checked: at === 0 }),
      line.name,
    );
  const lines = store.lines.filter(({ active }) => active);
  const window_ = openWindow(
    'Write to an open line',
    [
      el('label', { class: 'field' }, el('span', {}, 'Name of the client'), name),
      el(
        'fieldset',
        { class: 'field' },
        el('legend', {}, 'Open line'),
        el('div', { class: 'choices' }, lines.map(choice)),
      ),
    ],
    {
      confirm: 'Begin',
      submit: () => visit({ line: Number(window_.querySelector(':checked').value), name: name.value.trim() }),
    },
  );
  name.focus();
}

function clientBar() {
  const vote = (liked, kind, label) =>
    deedButton('rate', liked, { class: 'icon-button', 'aria-label': label, title: label }, reaction(kind));
  return [
    icon('chat'),
    el('span', {}, 'You write as a client. How was the conversation?'),
    vote('yes', 'like', 'It was good'),
    vote('no', 'dislike', 'It was bad'),
  ];
}

function operatorBar(store, dialog) {
  const found = dialog && sessionIn(store, dialog.id);
  if (!found) return null;
  const { line, session } = found;
  const button = (deed, label, isMain = false) =>
    deedButton('line', deed, { class: isMain ? 'primary small' : 'quiet small' }, label);
  const isMine = session.user === store.me;
  const choices = {
    queue: () => [button('take', 'Answer', true), button('skip', 'Skip')],
    bot: () => [button('take', 'Answer', true)],
    operator: () =>
      isMine ? [button('finish', 'Finish'), button('skip', 'Hand back')] : [button('intercept', 'Take over')],
    closed: () => [button('start', 'Begin again', true)],
  };
  return [
    icon('chat'),
    el('span', {}, el('b', {}, line.name), ` · ${stageOf(store, session)}`),
    ...choices[session.stage](),
    deedButton('lineMenu', '', { class: 'icon-button', 'aria-label': 'More', 'aria-haspopup': 'menu' }, icon('more')),
  ];
}

function stageOf(store, session) {
  const vote = { true: ', the client liked it', false: ', the client did not like it' }[session.vote] ?? '';
  const extras = [session.pinned && 'kept open', session.silent && 'among operators'].filter(Boolean);
  const who = session.user === store.me ? 'you' : nameOf(store, session.user);
  const words = {
    queue: session.asked ? 'the client waits for you' : 'the client waits',
    bot: `${who} answers`,
    operator: session.user === store.me ? 'you answer' : `${who} answers`,
    closed: session.spam ? 'spam' : 'closed',
  };
  return [words[session.stage] + vote, ...extras].join(', ');
}
