// The notifications of whoever speaks: a column in the place of the dialogs. Some ask for a decision, some for an answer.

import { attachments } from './attach.js';
import { bbText } from './bbcode.js';
import { fullDate, shortDate } from './clock.js';
import { byId, el, emptyState, iconButton } from './dom.js';
import { icon } from './icons.js';
import { avatar, nameOf } from './people.js';

/** Draws the bell with its count, and the column when it is open. */
export function mountNotices(store, deeds) {
  const bell = byId('bell');
  const column = byId('notices');
  const list = byId('notice-list');

  const isOpen = () => !column.hidden;
  const draw = () => {
    const waiting = store.notices.filter(({ read }) => !read).length;
    byId('bell-count').textContent = waiting > 99 ? '99+' : waiting || '';
    bell.setAttribute('aria-label', waiting ? `Notifications, ${waiting} unread` : 'Notifications');
    byId('read-notices').disabled = !waiting;
    if (!isOpen()) return;
    const typed = answersIn(list);
    list.replaceChildren(
      ...(store.notices.length
        ? store.notices.map((notice) => drawNotice(store, notice, deeds))
        : [emptyState('bell', 'No notifications', 'What a bot sends by im.notify appears here.')]),
    );
    for (const [id, text] of typed) restore(list, id, text);
  };
  const show = (wanted) => {
    column.hidden = !wanted;
    byId('sidebar').dataset.view = wanted ? 'notices' : 'dialogs';
    bell.setAttribute('aria-expanded', String(wanted));
    draw();
    if (wanted) byId('close-notices').focus();
    else bell.focus();
  };

  store.on('state', draw);
  store.on('notices', draw);
  store.on('people', draw);
  bell.addEventListener('click', () => show(!isOpen()));
  byId('close-notices').addEventListener('click', () => show(false));
  byId('read-notices').addEventListener('click', () => deeds.readNotices());
  column.addEventListener('keydown', (event) => event.key === 'Escape' && show(false));
  column.addEventListener('click', (event) => {
    const source = event.target.closest('[data-deed]');
    if (source) deeds[source.dataset.deed]?.(source.dataset.value);
  });
}

function drawNotice(store, notice, deeds) {
  const author = store.users.get(notice.author);
  const head = el(
    'header',
    {},
    el('b', {}, notice.title || (author ? author.name : 'System')),
    el('time', { datetime: notice.date, title: fullDate(notice.date) }, shortDate(notice.date)),
    iconButton('close', 'Delete', { on: { click: () => deeds.deleteNotice(notice.id) } }),
  );
  return el(
    'article',
    {
      class: `notice-row ${notice.read ? '' : 'fresh'}`,
      'data-testid': 'notice',
      'data-notice': String(notice.id),
      on: { click: () => notice.read || deeds.readNotice(notice.id) },
    },
    author ? avatar(author, 'small') : el('span', { class: 'avatar small of-system' }, icon('bell')),
    el(
      'div',
      {},
      head,
      notice.text && bbText(notice.text),
      attachments(notice.attach, author?.color),
      notice.buttons?.length > 0 && buttons(notice, deeds),
      notice.can_answer && answerForm(store, notice, deeds),
    ),
  );
}

function buttons(notice, deeds) {
  return el(
    'div',
    { class: 'notice-buttons' },
    notice.buttons.map(({ title, value, type }) => {
      const run = (event) => {
        event.stopPropagation();
        deeds.pressNotice(notice.id, value);
      };
      return el(
        'button',
        { type: 'button', class: type === 'cancel' ? 'quiet' : 'primary', on: { click: run } },
        title,
      );
    }),
  );
}

function answerForm(store, notice, deeds) {
  const box = el('input', {
    type: 'text',
    placeholder: 'Answer',
    'aria-label': `Answer ${nameOf(store, notice.author)}`,
  });
  const send = el(
    'button',
    { type: 'submit', class: 'icon-button', 'aria-label': 'Send', title: 'Send' },
    icon('send'),
  );
  const submit = async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text && (await deeds.answerNotice(notice.id, text))) box.value = '';
  };
  return el('form', { class: 'notice-answer', on: { submit } }, box, send);
}

/** What is being typed survives that the list is drawn anew. */
function answersIn(list) {
  const boxes = [...list.querySelectorAll('.notice-answer input')].filter(({ value }) => value);
  return boxes.map((box) => [box.closest('[data-notice]').dataset.notice, box.value]);
}

function restore(list, id, text) {
  const box = list.querySelector(`[data-notice="${id}"] .notice-answer input`);
  if (!box) return;
  box.value = text;
  box.focus();
}
