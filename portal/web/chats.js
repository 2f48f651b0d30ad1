// Windows about chats: making a new one, looking after the open one, and choosing one to send something to.

import { el, iconButton } from './dom.js';
import { openMenu } from './floating.js';
import { avatar, face } from './people.js';
import { dialogsByRecency } from './store.js';
import { drawWhileOpen, openWindow } from './windows.js';

/** Asks for a title and members; `create({title, open, members})` says whether the portal took it. */
export function askNewChat(store, create) {
  const title = titleField('For example: Release team');
  const open = el('input', { type: 'checkbox', name: 'open' });
  const others = [...store.users.values()].filter(({ id, kind }) => id !== store.me && kind !== 'client');
  const window_ = openWindow(
    'New group chat',
    [
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
    ],
    {
      confirm: 'Create chat',
      submit() {
        const members = [...window_.querySelectorAll('[name=member]:checked')].map(({ value }) => Number(value));
        return create({ title: title.value.trim(), open: open.checked, members });
      },
    },
  );
  title.focus();
}

/** Asks for a name; `create(name)` says whether the portal took it. */
export function askNewPerson(create) {
  const name = el('input', { required: true, maxlength: '100', placeholder: 'Ann Lee', autocomplete: 'off' });
  const field = el('label', { class: 'field' }, el('span', {}, 'Name'), name);
  openWindow('New person', [field], { confirm: 'Add', submit: () => create(name.value.trim()) });
  name.focus();
}

/** The members of a chat and what one may do with each; the owner and managers can rename it. */
export function showMembers(store, id, deeds) {
  const body = el('div', { class: 'member-list' });
  const title = titleField();
  title.addEventListener('change', () => title.value.trim() && deeds.rename(id, title.value.trim()));
  const name = el('label', { class: 'field' }, el('span', {}, 'Title'), title);
  const window_ = openWindow('Members', [name, body]);

  drawWhileOpen(window_, store, 'dialogs', () => {
    const dialog = store.dialogs.get(id);
    if (!dialog) return window_.close();
    const inside = dialog.members.map((member) => store.users.get(member)).filter(Boolean);
    const outside = [...store.users.values()].filter(({ id: user }) => !dialog.members.includes(user));
    if (document.activeElement !== title || !title.value) title.value = dialog.title;
    name.hidden = !isManager(dialog, store.me);
    body.replaceChildren(
      ...inside.map((user) => memberRow(user, roleOf(dialog, user), memberButton(store, dialog, user, deeds))),
      ...(outside.length ? [el('h3', {}, 'Not in this chat')] : []),
      ...outside.map((user) => memberRow(user, about(user), inviteButton(dialog, user, deeds))),
    );
  });
}

/** Lists the dialogs and everybody else; `choose(id)` is told where to. */
export function chooseDialog(store, title, choose) {
  const list = el('div', { class: 'choices' });
  const filter = el('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search', autocomplete: 'off' });
  const window_ = openWindow(title, [el('label', { class: 'field' }, filter), list]);
  const dialogs = dialogsByRecency(store).map((dialog) => ({ ...face(store, dialog), id: dialog.id }));
  const others = [...store.users.values()].filter(({ id }) => id !== store.me && !store.dialogs.has(String(id)));
  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const found = [...dialogs, ...others].filter(({ name }) => name.toLowerCase().includes(wanted));
    const run = (id) => () => {
      window_.close();
      choose(String(id));
    };
    list.replaceChildren(
      ...found.map((one) =>
        el('button', { type: 'button', class: 'choice', on: { click: run(one.id) } }, avatar(one, 'small'), one.name),
      ),
    );
  };
  filter.addEventListener('input', draw);
  draw();
  filter.focus();
}

const isManager = (dialog, user) => dialog.owner === user || dialog.managers.includes(user);

function titleField(placeholder = '') {
  return el('input', { name: 'title', required: true, maxlength: '255', placeholder, autocomplete: 'off' });
}

function memberChoice(user) {
  const box = el('input', { type: 'checkbox', name: 'member', value: String(user.id) });
  const note = about(user) && el('small', {}, about(user));
  return el('label', { class: 'choice' }, box, avatar(user, 'small'), el('span', {}, user.name, note));
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

function memberButton(store, dialog, user, deeds) {
  const isMe = user.id === store.me;
  if (dialog.owner !== store.me || isMe) {
    return isMe && action('Leave', 'quiet danger', () => deeds.leave(dialog.id, user.id));
  }
  const isAppointed = dialog.managers.includes(user.id);
  const items = [
    {
      label: isAppointed ? 'No longer a manager' : 'Make a manager',
      symbol: 'person',
      run: () => deeds.manager(dialog.id, user.id, !isAppointed),
    },
    { label: 'Make the owner', symbol: 'crown', run: () => deeds.owner(dialog.id, user.id) },
    { label: 'Remove', symbol: 'leave', danger: true, run: () => deeds.leave(dialog.id, user.id) },
  ];
  const label = `What to do with ${user.name}`;
  const open = ({ currentTarget }) => openMenu(currentTarget, items, label);
  return iconButton('more', label, { 'aria-haspopup': 'menu', on: { click: open } });
}

function inviteButton(dialog, user, deeds) {
  return action('Invite', 'quiet', () => deeds.invite(dialog.id, user.id));
}

function roleOf(dialog, user) {
  if (user.id === dialog.owner) return 'Owner';
  return dialog.managers.includes(user.id) ? 'Manager' : about(user);
}

function about(user) {
  const kinds = { bot: 'Bot', extranet: 'Extranet', client: 'Client' };
  return user.position || (kinds[user.kind] ?? '');
}

function action(label, className, run) {
  return el('button', { type: 'button', class: className, on: { click: run } }, label);
}
