// A panel of pictures to choose from: reactions for a message, smiles for what one writes.

import { el } from './dom.js';
import { closeFloat, float } from './floating.js';
import { REACTIONS, SMILES, reaction, reactionName } from './reactions.js';

const COLUMNS = 8;
const QUICK = ['like', 'redHeart', 'faceWithTearsOfJoy', 'wonder', 'cry', 'fire'];

/** Every reaction; `choose(code)` is told which. */
export function pickReaction(anchor, choose) {
  openPicker(
    anchor,
    'Reactions',
    REACTIONS.map((code) => [code, reactionName(code), code]),
    choose,
  );
}

/** Every smile; `choose(text)` is told how it is written. */
export function pickSmile(anchor, choose) {
  openPicker(
    anchor,
    'Smiles',
    Object.entries(SMILES).map(([written, code]) => [code, written, written]),
    choose,
  );
}

/** The few that are used most, in one row, and a way to the others. */
export function quickReactions(choose, more) {
  const all = { type: 'button', role: 'menuitem', 'aria-label': 'All reactions', on: { click: more } };
  const others = el('button', all, '•••');
  return el(
    'div',
    { class: 'quick-reactions', role: 'group', 'aria-label': 'React' },
    QUICK.map((code) => choice(code, reactionName(code), () => choose(code))),
    others,
  );
}

function openPicker(anchor, label, choices, choose) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
  const buttons = choices.map(([code, name, value]) => choice(code, name, () => choose(value)));
  float(anchor, el('div', { class: 'menu picker', role: 'menu', 'aria-label': label }, buttons), { steps });
}

function choice(code, name, choose) {
  const run = () => {
    closeFloat();
    choose();
  };
  const props = { type: 'button', role: 'menuitem', 'aria-label': name, title: name, on: { click: run } };
  return el('button', props, reaction(code));
}
