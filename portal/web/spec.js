// What the spec says of a method or an event: parameters, errors, rules, and where the documentation is.

import { readSpec } from './api.js';
import { el, outsideLink } from './dom.js';

/** A card for the developer's pane; a name that the spec does not have gives a card that says so. */
export async function specCard(name) {
  const known = await readSpec(name).catch((error) => ({ summary: error.message }));
  const facts = [
    known.scope !== undefined && `scope ${known.scope || 'any'}`,
    known.since && `since ${known.since}`,
    known.status,
    known.only && `by ${known.only} only`,
    known.admin && 'administrators only',
  ];
  return el(
    'div',
    { class: 'spec-card', 'data-testid': 'spec-card' },
    el('p', {}, known.summary),
    el('p', { class: 'entry-note' }, facts.filter(Boolean).join(' · ')),
    table(known.kind === 'event' ? 'Data' : 'Parameters', known.params, ({ name, required, type, doc, ...more }) => [
      el('code', {}, name, required && el('b', { title: 'required' }, '*')),
      el('small', {}, [type, more.limit, more.since, preset(more)].filter(Boolean).join(' · ')),
      doc,
    ]),
    table('Errors', known.errors, ({ code, meaning }) => [el('code', {}, code), null, meaning]),
    known.rules?.length > 0 && [
      el('h3', {}, 'Rules'),
      el(
        'ul',
        {},
        known.rules.map((rule) => el('li', {}, rule)),
      ),
    ],
    known.docs && outsideLink(known.docs, {}, 'Documentation'),
  );
}

const preset = (field) => (field.default === null ? '' : `default ${JSON.stringify(field.default)}`);

function table(title, rows, cells) {
  if (!rows?.length) return null;
  const row = (entry) => {
    const [term, note, text] = cells(entry);
    return [el('dt', {}, term, note), el('dd', {}, text)];
  };
  return [el('h3', {}, title), el('dl', {}, rows.map(row))];
}
