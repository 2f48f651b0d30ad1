// The right pane: every REST call a bot made and every event the portal sent, the newest first.

import { byId, emptyState } from './dom.js';
import { drawEntry, isFailed, words } from './entry.js';

const KINDS = {
  all: () => true,
  calls: ({ kind }) => kind === 'call',
  events: ({ kind }) => kind === 'event',
  errors: isFailed,
};

/** Draws the pane and keeps it up to date. Of the deeds it does `copy(text)` and `resend(entry)`. */
export function mountJournal(store, deeds) {
  const list = byId('entries');
  const filter = byId('journal-filter');
  const tabs = byId('journal-kinds');
  const nodes = new Map(); // entry id → its node
  let kind = 'all';
  let clearedAt = 0; // id of the newest entry when the list was cleared

  const isShown = (entry) => {
    const wanted = filter.value.trim().toLowerCase();
    return entry.id > clearedAt && KINDS[kind](entry) && (!wanted || words(entry).includes(wanted));
  };
  const drawEmpty = () => {
    list.querySelector('.empty')?.remove();
    if (nodes.size) return;
    const isFiltered = filter.value.trim() || kind !== 'all';
    list.append(
      isFiltered
        ? emptyState('search', 'Nothing matches', 'Clear the filter to see every call and event.')
        : emptyState(
            'code',
            'Quiet so far',
            'REST calls your bot makes and events the portal sends it appear here as they happen.',
          ),
    );
  };
  const add = (entry) => {
    const node = drawEntry(entry, deeds);
    nodes.set(entry.id, node);
    return node;
  };
  const drawAll = () => {
    nodes.clear();
    const newestFirst = [...store.journal.values()].reverse().filter(isShown);
    list.replaceChildren(...newestFirst.map(add));
    drawEmpty();
  };

  store.on('state', drawAll);
  store.on('entry', (entry) => {
    const old = nodes.get(entry.id);
    if (old) {
      const isOpen = old.open;
      old.replaceWith(add(entry));
      nodes.get(entry.id).open = isOpen;
    } else if (isShown(entry)) {
      // The browser's scroll anchoring keeps the place of whoever reads further down.
      list.prepend(add(entry));
    }
    const oldest = Number(list.lastElementChild?.dataset.entry);
    if (oldest && !store.journal.has(oldest)) {
      list.lastElementChild.remove();
      nodes.delete(oldest);
    }
    drawEmpty();
  });
  filter.addEventListener('input', drawAll);
  filter.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !filter.value) return;
    event.stopPropagation();
    filter.value = '';
    drawAll();
  });
  tabs.addEventListener('change', (event) => {
    kind = event.target.value;
    drawAll();
  });
  byId('clear-journal').addEventListener('click', () => {
    clearedAt = Math.max(0, ...store.journal.keys());
    drawAll();
  });
}

const OPEN_KEY = 'b24-portal-journal';
const WIDE = matchMedia('(min-width: 1100px)');

/** Shows and hides the pane: a column on a wide window (remembered), a drawer over the page on others. */
export function mountJournalToggle() {
  const app = byId('app');
  const button = byId('toggle-journal');
  const show = (isOpen) => {
    app.dataset.journal = isOpen ? 'open' : 'closed';
    button.setAttribute('aria-expanded', String(isOpen));
  };
  const toggle = () => {
    const isOpen = app.dataset.journal !== 'open';
    show(isOpen);
    if (WIDE.matches) localStorage.setItem(OPEN_KEY, isOpen ? 'open' : 'closed');
    else if (isOpen) byId('journal-filter').focus();
    else button.focus();
  };
  const settle = () => show(WIDE.matches && localStorage.getItem(OPEN_KEY) !== 'closed');

  button.addEventListener('click', toggle);
  byId('close-journal').addEventListener('click', toggle);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !WIDE.matches && app.dataset.journal === 'open') toggle();
  });
  WIDE.addEventListener('change', settle);
  settle();
}
