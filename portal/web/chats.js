// Two windows about group chats: making a new one, and looking after the members of the open one.

import { byId, el } from './dom.js';
import { avatar } from './people.js';

/** Asks for a title and members; `create({title, open, members})` says whether the portal took it. */
export function askNewChat(store, create) {
  const title = el('input', {
    name: 'title',
    required: true,
    maxlength: '255',
    placeholder: 'For example: Release team',
    autocomplete: 'off',
  });
  const open = el('input', { type: 'checkbox', name: 'open' });
  const others = [...store.users.values()].filter(({ id }) => id !== store.me);
  const submit = async () => {
    const members = [...window_.querySelectorAll('[name=member]:checked')].map(({ value }) => Number(value));
    if (await create({ title: title.value.trim(), open: open.checked, members })) window_.close();
  };
  const window_ = show('New group chat', submit, [
    el('label', { class: 'field' }, el('span', {}, 'Title'), title),
    el(
      'fieldset',
      { class: 'field' },
      el('legend', {}, 'Members'),
      el('div', { class: 'choices' }, others.map(memberChoice)),
    ),
    el(
      'label',
      { class: 'choice' },
      open,
      el('span', {}, 'Open chat', el('small', {}, 'Everyone in the portal can find and join it')),
    ),
    footer('Create chat'),
  ]);
  title.focus();
}

/** Lists the members of a chat: each can be removed, others invited. */
export function showMembers(store, dialogId, deeds) {
  const body = el('div', { class: 'member-list' });
  const window_ = show('Members', null, [body, footer(null)]);

  const draw = () => {
    const dialog = store.dialogs.get(dialogId);
    if (!dialog) {
      window_.close();
      return;
    }
    const inside = dialog.members.map((id) => store.users.get(id)).filter(Boolean);
    const outside = [...store.users.values()].filter(({ id }) => !dialog.members.includes(id));
    const remove = (user) =>
      action(user.id === store.me ? 'Leave' : 'Remove', 'quiet danger', () => deeds.leave(dialogId, user.id));
    const invite = (user) => action('Invite', 'quiet', () => deeds.invite(dialogId, user.id));
    body.replaceChildren(
      ...inside.map((user) => memberRow(user, user.id === dialog.owner ? 'Owner' : user.position, remove(user))),
      ...(outside.length ? [el('h3', {}, 'Not in this chat')] : []),
      ...outside.map((user) => memberRow(user, user.position || (user.bot ? 'Bot' : ''), invite(user))),
    );
  };
  const stop = store.on('dialogs', (id) => id === dialogId && draw());
  window_.addEventListener('close', stop, { once: true });
  draw();
}

function show(title, submit, children) {
  const window_ = byId('window');
  const form = el('form', { method: 'dialog' }, el('h2', { id: 'window-title' }, title), children);
  form.addEventListener('submit', (event) => {
    if (!submit) return; // a plain form closes its window by itself
    event.preventDefault();
    submit();
  });
  window_.replaceChildren(form);
  window_.showModal();
  return window_;
}

function footer(confirm) {
  const cancel = el(
    'button',
    { type: 'button', class: 'quiet', on: { click: () => byId('window').close() } },
    confirm ? 'Cancel' : 'Close',
  );
  return el('footer', {}, cancel, confirm && el('button', { type: 'submit', class: 'primary' }, confirm));
}

function memberChoice(user) {
  const box = el('input', { type: 'checkbox', name: 'member', value: String(user.id) });
  return el('label', { class: 'choice' }, box, avatar(user, 'small'), el('span', {}, user.name, about(user)));
}

function memberRow(user, note, button) {
  return el(
    'div',
    { class: 'member' },
    avatar(user, 'small'),
    el('span', {}, user.name, note && el('small', {}, note)),
    button,
  );
}

function about(user) {
  const words = user.position || (user.bot ? 'Bot' : '');
  return words && el('small', {}, words);
}

function action(label, className, run) {
  return el('button', { type: 'button', class: className, on: { click: run } }, label);
}
