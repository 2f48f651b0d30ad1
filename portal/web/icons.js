// The page's own line icons on a 20×20 grid, drawn with strokes so that they take the colour of the text around them.

const SHAPES = {
  apps: 'M4 4h4.5v4.5H4zM11.5 4H16v4.5h-4.5zM4 11.5h4.5V16H4zM13.75 11.5v4.5M11.5 13.75H16',
  back: 'M12 4l-6 6 6 6',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5H3.5zM8.5 17.5h3',
  bolt: 'M11 2.5L4.5 11H9l-1 6.5L15.5 9H11z',
  bot: 'M5 8h10a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM10 8V4.5M10 4.4v.1M7.5 11.5v1M12.5 11.5v1',
  caret: 'M6 8l4 4 4-4',
  chat: 'M4 4h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  checks: 'M2 10.5l3.5 3.5 7-8M9.5 13.2l.8.8 7-8',
  close: 'M5 5l10 10M15 5L5 15',
  code: 'M7 6l-4 4 4 4M13 6l4 4-4 4',
  crown: 'M3.5 15.5h13M3.5 13l-.5-7 4 3 3-5 3 5 4-3-.5 7z',
  dot: 'M10 10h.1',
  copy: 'M8 7h8v9H8zM5 13H4V4h8v1',
  down: 'M10 4v11M5 10.5l5 5 5-5',
  edit: 'M4 16l.7-3.4L13 4.3l2.7 2.7-8.3 8.3zM11.5 6l2.5 2.5',
  file: 'M5 3h7l3 3v11H5zM12 3v3h3',
  forward: 'M11 5l5 5-5 5M16 10H9a5 5 0 0 0-5 5',
  gear: 'M4 6h7M15 6h1M4 14h1M9 14h7M13 4v4M7 12v4',
  heart: 'M10 16.5s-6.5-3.8-6.5-8.3A3.4 3.4 0 0 1 10 6.6a3.4 3.4 0 0 1 6.5 1.6c0 4.5-6.5 8.3-6.5 8.3z',
  incoming: 'M15 5L5 15M5 8v7h7',
  keys: 'M3 5.5h14v9H3zM6 8.5h.1M9 8.5h.1M12 8.5h.1M15 8.5h-.1M7 11.5h6',
  like: 'M3.5 9.5h2.5v7H3.5zM6 9.5l3-6.5c1.5 0 2 1 1.7 2.5L10.2 8h4.8c1.2 0 1.7.9 1.5 2l-1 5c-.2 1-.9 1.5-1.8 1.5H6',
  leave: 'M8 4H4v12h4M12 7l3 3-3 3M7.5 10H15',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
  muted: 'M6 14.5H3.5L5 13V9a5 5 0 0 1 .7-2.6M8 4.4A5 5 0 0 1 15 9v3M8.5 17.5h3M3.5 3l13 14M10 14.5h2',
  outgoing: 'M5 15L15 5M8 5h7v7',
  people:
    'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.3a2.6 2.6 0 0 1 0 5M14.5 11.8c1.9.5 3 2 3 4.2',
  person: 'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10zM4 17c0-3.2 2.6-5 6-5s6 1.8 6 5',
  paperclip: 'M14.5 9.5l-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.8a1 1 0 0 1-1.5-1.5l5-5',
  phone: 'M4 3.5h3l1.5 4-2 1.3a9 9 0 0 0 4.7 4.7l1.3-2 4 1.5v3A13 13 0 0 1 4 3.5z',
  pin: 'M8 3h4M9 3v5l-3 3.5h8L11 8V3M10 11.5V17',
  plus: 'M10 4v12M4 10h12',
  quote: 'M8.5 6C6 6.5 4 8.5 4 11.5V14h4.5v-4H6M16 6c-2.5.5-4.5 2.5-4.5 5.5V14H16v-4h-2.5',
  reply: 'M9 5l-5 5 5 5M4 10h7a5 5 0 0 1 5 5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  send: 'M3 10L17 4l-4.5 13-3-5.5zM9.5 11.5L17 4',
  smile: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 11.5c1.5 2 4.5 2 6 0M7.5 8h.1M12.5 8h.1',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6',
  up: 'M10 16V5M5 9.5l5-5 5 5',
};

const SVG = 'http://www.w3.org/2000/svg';

/** A decorative icon: screen readers take the words of the button that holds it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[name]);
  svg.append(path);
  return svg;
}
