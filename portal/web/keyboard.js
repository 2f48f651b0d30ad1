// Keyboards under messages, and the items a bot adds to a message's menu.

import { deedButton, el, outsideLink } from './dom.js';
import { icon } from './icons.js';
import { inkOn, safeColor, safePixels, safeUrl } from './safe.js';

const TOKENS = new Set(['primary', 'secondary', 'alert']);
/** A window as narrow as this is a phone, for those who ask which of their buttons to show. */
export const PHONE = matchMedia('(max-width: 699.98px)');
const ACTIONS = { PUT: 'put', COPY: 'copy', CALL: 'call', DIALOG: 'dialog' };

/** The buttons in their rows, or null. `isBlocked`: one with BLOCK=Y was pressed and the bot has not answered yet. */
export function keyboard(buttons, isBlocked) {
  const rows = rowsOf(buttons ?? []);
  if (!rows.length) return null;
  const drawRow = (row) =>
    el(
      'div',
      { class: 'keyboard-row' },
      row.map(([button, index]) => drawButton(button, index, isBlocked)),
    );
  return el('div', { class: 'keyboard', role: 'group', 'aria-label': 'Buttons of this message' }, rows.map(drawRow));
}

/** What a menu shows for the bot's own items; a handler is called as `(value, item)`, `pick` with the item's index. */
export function menuItems(items, handlers) {
  return (items ?? []).flatMap((item, index) => {
    if (item.TYPE === 'NEWLINE' || !item.TEXT || !isHere(item)) return [];
    const { deed, value } = deedOf(item, index, 'pick');
    return [
      { label: item.TEXT, symbol: 'bolt', disabled: isSet(item.DISABLED) || !deed, run: () => handlers[deed](value, item) },
    ];
  });
}

/** Opens an address apart from the messenger, as a menu item with LINK does. */
export function openOutside(href) {
  window.open(href, '_blank', 'noopener,noreferrer');
}

function drawButton(button, index, isBlocked) {
  const { deed, value } = deedOf(button, index, 'press');
  const isOff = isBlocked || isSet(button.DISABLED) || !deed;
  const token = TOKENS.has(button.BG_COLOR_TOKEN) && `key-${button.BG_COLOR_TOKEN}`;
  const props = {
    class: ['key', !isLine(button) && 'key-block', token].filter(Boolean).join(' '),
    title: deed ? hint(button) : 'This button does nothing: it has no command, action or safe link',
    vars: look(button, isOff),
    'data-testid': 'button',
    'data-button': String(index),
    'data-params': button.APP_PARAMS,
  };
  if (deed === 'link' && !isOff) return outsideLink(value, props, button.TEXT ?? '', icon('outgoing'));
  return deedButton(deed ?? 'none', value ?? '', { ...props, disabled: isOff }, button.TEXT ?? '');
}

/** What a click does: a link, an action of the page, or something that the portal does by the index of the button. */
function deedOf(button, index, command) {
  if (button.LINK) {
    const href = safeUrl(button.LINK);
    return href ? { deed: 'link', value: href } : {};
  }
  const action = String(button.ACTION ?? '').toUpperCase();
  // The portal says what a button says, also where the input field is closed.
  if (action === 'SEND' || (button.COMMAND && !action)) return { deed: command, value: index };
  if (action) return { deed: ACTIONS[action], value: button.ACTION_VALUE ?? '' };
  if (button.APP_ID) return { deed: 'application', value: button.APP_ID };
  return {};
}

/** A button of DISPLAY=BLOCK (the default) has a row of its own; those of LINE share one until NEWLINE. */
function rowsOf(buttons) {
  const rows = [];
  let isOpen = false;
  buttons.forEach((button, index) => {
    if (button.TYPE === 'NEWLINE') isOpen = false;
    else if (isHere(button)) {
      if (isLine(button) && isOpen) rows.at(-1).push([button, index]);
      else rows.push([[button, index]]);
      isOpen = isLine(button);
    }
  });
  return rows;
}

function look(button, isOff) {
  const given = safeColor(isOff ? (button.OFF_BG_COLOR ?? button.BG_COLOR) : button.BG_COLOR);
  const ink = safeColor(isOff ? (button.OFF_TEXT_COLOR ?? button.TEXT_COLOR) : button.TEXT_COLOR);
  const width = safePixels(button.WIDTH, 600);
  return { '--face': given, '--ink': ink ?? (given && inkOn(given)), '--width': width && `${width}px` };
}

function hint(button) {
  if (button.LINK) return button.LINK;
  if (button.ACTION) return `${String(button.ACTION).toLowerCase()}: ${button.ACTION_VALUE ?? ''}`;
  if (button.COMMAND) return `/${String(button.COMMAND).replace(/^\//, '')} ${button.COMMAND_PARAMS ?? ''}`.trim();
  return `application ${button.APP_ID}`;
}

const isHere = ({ CONTEXT }) => String(CONTEXT ?? '').toUpperCase() !== (PHONE.matches ? 'DESKTOP' : 'MOBILE');
const isLine = ({ DISPLAY }) => String(DISPLAY ?? '').toUpperCase() === 'LINE';
const isSet = (value) => value === true || value === 'Y';
