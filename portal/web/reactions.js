// Reactions and smiles as pictures, drawn here because not every machine has a font with them. A picture is a list of
// layers, the lowest first: `[paint, path]` on a 24×24 grid; a paint that begins with `-` is a stroke, of a width.

import { BLUSH, EYES, MOUTHS, STREAMS, TEAR, TEARS_OF_JOY, disc, face, heart, pair } from './faces.js';

const COLORS = {
  yellow: '#ffc83d',
  amber: '#d9982a',
  orange: '#f4900c',
  red: '#e8394b',
  pink: '#ff9a8b',
  ruddy: '#f2674e',
  violet: '#9b63d9',
  blue: '#5aa9f0',
  green: '#3ba55c',
  brown: '#a9714b',
  pale: '#fff0d6',
  grey: '#a9b4c2',
  dark: '#46351a',
  white: '#ffffff',
};

/** A hand is strokes; all the edges come first, so that the fingers grow together. */
function hand(...strokes) {
  const edges = strokes.map(([path, width]) => ['-amber', path, width + 1.6]);
  return [...edges, ...strokes.map(([path, width]) => ['-yellow', path, width])];
}
const crease = (path) => ['-amber', path, 1.1];
const finger = (x, top) => [`M${x} 13V${top}`, 2.4];
const palm = ['M9.4 16.4h5.4', 7];
const thumbUp = [
  ['blue', 'M2 11.5h4.4v9H2z'],
  ...hand(['M10.6 13.5L12.6 4.8', 3], ['M10.6 16h7', 8]),
  crease('M14.5 14.6h6M14.5 17.4h5.6'),
];
const eyelids = 'M2 12q0-8 4.8-8t4.8 8-4.8 8T2 12zM12.4 12q0-8 4.8-8T22 12t-4.8 8-4.8-8z';

/** By the codes of the platform, in the order in which the messenger offers them. */
const PICTURES = {
  like: thumbUp,
  dislike: thumbUp,
  faceWithTearsOfJoy: face('happy', 'grin', TEARS_OF_JOY),
  redHeart: [['red', heart(12, 12.5, 9)]],
  neutralFace: face('dots', 'flat'),
  fire: [
    ['orange', 'M12.5 1.5q1 4 4.2 7t3.3 6.5a8 8 0 0 1-16 0q0-4 3-6.8q.2 2.6 1.8 3.3q-1-5.6 3.7-10z'],
    ['yellow', 'M12.3 12q3.7 3 3.7 6a4 4 0 0 1-8 0q0-1.8 1.4-3.2q.3 1.2 1.3 1.6q-.4-2.4 1.6-4.4z'],
  ],
  cry: face('dots', 'frown', TEAR),
  slightlySmilingFace: face('dots', 'smile'),
  winkingFace: face('wink', 'smile'),
  laugh: face('squeezed', 'grin'),
  kiss: face('calm', 'kiss', ['red', heart(17.5, 15.5, 2.7)]),
  wonder: face('wide', 'round'),
  slightlyFrowningFace: face('dots', 'frown'),
  loudlyCryingFace: face('calm', 'wail', STREAMS),
  faceWithStuckOutTongue: face('dots', 'tongue'),
  faceWithStuckOutTongueAndWinkingEye: face('wink', 'tongue'),
  smilingFaceWithSunglasses: face('shades', 'smile'),
  confusedFace: face('dots', 'skew'),
  flushedFace: face('wide', 'flat', BLUSH),
  thinkingFace: face('dots', 'skew', ...hand(['M6 18.5l3.5 1.5', 3.6], ['M9.5 19.5l5-1.5', 1.9])),
  angry: [['ruddy', disc(12, 12, 10)], ...EYES.sly, ...MOUTHS.frown],
  smilingFaceWithHorns: [
    ['violet', 'M3.5 1.5q.5 3 3.5 4.5l-3 3q-2.5-4-.5-7.5zM20.5 1.5q-.5 3-3.5 4.5l3 3q2.5-4 .5-7.5z'],
    ['violet', disc(12, 12.5, 9.5)],
    ...EYES.sly,
    ...MOUTHS.smile,
  ],
  faceWithThermometer: face('calm', 'flat', ['-grey', 'M12.5 15.8l7 3.4', 2.4], ['red', disc(12.6, 15.8, 1.7)]),
  facepalm: face(
    'calm',
    'frown',
    ...hand(['M8 6.5l7.5 1.2', 1.9], ['M7.5 9l8 .8', 1.9], ['M7.5 11.5l7 .4', 1.9], ['M7 13.5L4.5 21', 5]),
  ),
  poo: [
    [
      'brown',
      'M12 2.5q4 2 3 4.7q3.5.8 2.5 4q3.5.8 3 4.3q1.5 5.5-4 5.5h-9q-5.5 0-4-5.5q-.5-3.5 3-4.3q-.8-3.6 2.5-4.2q2-.7 3-4.5z',
    ],
    ['white', disc(9.4, 12.8, 1.8) + disc(14.6, 12.8, 1.8)],
    ['dark', disc(9.4, 13, 0.9) + disc(14.6, 13, 0.9)],
    ['-white', 'M8.8 17q3.2 2.2 6.4 0', 1.5],
  ],
  flexedBiceps: [
    ...hand(['M6.5 5.5L4.5 14', 3.6], ['M5 16q2.5 3 6.5 3h8', 4.6], ['M9.5 16q4-4.5 8 0', 4], ['M7 5.5h2.6', 4.2]),
    crease('M10 15q3.4-2.8 7 0'),
  ],
  clappingHands: [
    ...hand(['M9 8.5l7 7.5', 3], ['M12.5 7l6 7', 3], ['M7 11.5l7 7', 3], ['M12.5 15l3 3', 6]),
    crease('M11 9.8l5 5.4M8.7 12.6l5 5.2'),
    ['-blue', 'M4 8.5l-2-1M5.5 5.5L4 3.5M8.5 4.5l-.3-2.5', 1.4],
  ],
  raisedHand: hand(finger(6.6, 7.5), finger(10.2, 4.5), finger(13.8, 4.5), finger(17.3, 7.5), palm, [
    'M16.5 18.5l4-4',
    2.5,
  ]),
  smilingFaceWithHeartEyes: face('hearts', 'grin'),
  smilingFaceWithHearts: face('happy', 'smile', BLUSH, [
    'red',
    heart(4.5, 5.5, 3.4) + heart(19.8, 8, 2.8) + heart(18, 19.5, 3),
  ]),
  pleadingFace: face('big', 'frown', ['-dark', 'M5 6.6l3.6-1.2M19 6.6l-3.6-1.2', 1.4]),
  relievedFace: face('calm', 'smile'),
  foldedHands: [
    ...hand(['M10.8 14V4.5', 3], ['M13.2 14V4.5', 3], ['M10.5 14l-2.5 4', 4.5], ['M13.5 14l2.5 4', 4.5]),
    crease('M12 4v12'),
    ['blue', 'M3.5 16.5l6 2-.6 4H4zM20.5 16.5l-6 2 .6 4H20z'],
  ],
  okHand: [
    ...hand(['M13 13V3.8', 2.4], ['M15.6 13.5L17.4 5.5', 2.4], ['M17 15.5l3.4-6.5', 2.4], ['M12.8 17.4h2.6', 6.4]),
    ['-amber', disc(7.8, 11.8, 3.3), 3.8],
    ['-yellow', disc(7.8, 11.8, 3.3), 2.3],
  ],
  signHorns: [
    ...hand(finger(7, 3.5), finger(17, 4.5), finger(10.4, 10.5), finger(13.7, 10.5), palm),
    crease('M8 14.5q3.5 1.5 6.5 0'),
  ],
  loveYouGesture: hand(finger(8, 3.5), finger(17.4, 4.5), finger(11.2, 10.5), finger(14.4, 10.5), palm, [
    'M7.5 17.5l-3.5-4',
    2.5,
  ]),
  clownFace: [
    ['red', disc(3.6, 9, 3.3) + disc(20.4, 9, 3.3)],
    ['pale', disc(12, 12.5, 9)],
    ...EYES.dots,
    ['blue', pair((x) => `M${x} 5.6l1 2.2h-2z`)],
    ['red', `${disc(12, 13, 2.3)}M6.5 15.5q5.5 3 11 0q-1 5.2-5.5 5.2t-5.5-5.2z`],
  ],
  partyingFace: [
    ...face('happy', 'smile'),
    ['violet', 'M6 6.2L12.5.5l2.8 6.3q-4-2.6-9.3-.6z'],
    ['-grey', 'M14.5 16.2l6.5 2.3', 2.4],
    ['-blue', 'M20 4l1.5-1.5M18.5 2.5l.3-1.5M21.5 7l1.5-.3', 1.4],
  ],
  questionMark: [
    ['-red', 'M7.5 8a4.5 4.5 0 1 1 6.7 4Q12 13.2 12 15.5', 3.4],
    ['red', disc(12, 20.5, 1.9)],
  ],
  exclamationMark: [
    ['-red', 'M12 3.8v11', 3.8],
    ['red', disc(12, 20.2, 2)],
  ],
  lightBulb: [
    ['yellow', 'M12 1.5a7 7 0 0 1 4.2 12.6q-1.2 1-1.2 3.2H9q0-2.2-1.2-3.2A7 7 0 0 1 12 1.5z'],
    ['grey', 'M9 18.4h6v2.2l-1.5 2h-3l-1.5-2z'],
    crease('M9.8 10l2.2 2 2.2-2M12 12v5'),
  ],
  bomb: [
    ['dark', disc(10.5, 14.5, 8)],
    ['grey', 'M14.5 5.8l4.2 4.2-1.8 1.8-4.2-4.2z'],
    ['-brown', 'M17 7q2-3.5 4-3', 1.5],
    ['orange', disc(21, 3.6, 2)],
    ['-grey', 'M6 13q.8-3 3.5-4', 1.4],
  ],
  sleepingSymbol: [['-blue', 'M3.5 11.5H10L3.5 20H10M13.5 3.5H20L13.5 12H20', 2.6]],
  crossMark: [['-red', 'M5 5l14 14M19 5L5 19', 3.8]],
  whiteHeavyCheckMark: [
    ['green', 'M6 2h12a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z'],
    ['-white', 'M6.8 12.4l3.7 3.8 6.7-8', 2.6],
  ],
  eyes: [
    ['white', eyelids],
    ['-grey', eyelids, 1],
    ['dark', 'M3 13.5q0-4.5 2.5-4.5T8 13.5 5.5 18 3 13.5zM13.4 13.5q0-4.5 2.5-4.5t2.5 4.5-2.5 4.5-2.5-4.5z'],
  ],
  handshake: [
    ...hand(['M7 11l5-1.5 6 6', 4], ['M17 11l-5-1-3.5 3.5', 3.4], ['M8.5 13.5l4 4', 3.6]),
    crease('M12.5 17.7l1.5 1M14.5 15.7l2 1.8M16.2 13.7l1.8 1.8'),
    ['blue', 'M1 7l4.5-1L7 15.5l-4.5 1z'],
    ['grey', 'M23 7l-4.5-1L17 15.5l4.5 1z'],
  ],
  hundredPoints: [
    [
      '-red',
      'M3 8l2.5-1.5V15M11 6q2.2 0 2.2 4.5T11 15t-2.2-4.5T11 6zM18.5 5q2.2 0 2.2 4.5T18.5 14t-2.2-4.5T18.5 5z',
      2.2,
    ],
    ['-red', 'M4 20q8-2.5 16-2.5', 1.8],
  ],
};

/** What people write as `:)`; each is drawn as one of the pictures. */
export const SMILES = {
  ':)': 'slightlySmilingFace',
  ';)': 'winkingFace',
  ':D': 'laugh',
  '8)': 'smilingFaceWithSunglasses',
  ':(': 'slightlyFrowningFace',
  ':|': 'neutralFace',
  ':O': 'wonder',
  ':P': 'faceWithStuckOutTongue',
  ':*': 'kiss',
  ':{}': 'kiss',
  ':~(': 'loudlyCryingFace',
  ':cry:': 'loudlyCryingFace',
  ':evil:': 'angry',
  ':oops:': 'flushedFace',
  ':facepalm:': 'facepalm',
  ':idea:': 'lightBulb',
  ':like:': 'like',
  ':dislike:': 'dislike',
  ':!:': 'exclamationMark',
  ':?:': 'questionMark',
};
const CODE = /(^|[\s(>])(:[a-z]+:|:[!?]:|:\{\}|:~\(|[:;8]-?[)(|DOP*])(?=$|[\s.,!?)<])/gi;
const SVG = 'http://www.w3.org/2000/svg';

export const REACTIONS = Object.keys(PICTURES);

/** `faceWithTearsOfJoy` → `Face with tears of joy` */
export function reactionName(code) {
  const words = code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The picture of a reaction; one that a newer portal knows and this page does not is a question mark. */
export function reaction(code) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `reaction reaction-${code}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', reactionName(code));
  svg.append(...(PICTURES[code] ?? PICTURES.questionMark).map(layer));
  return svg;
}

/** Text with its smiles as pictures: strings and nodes. */
export function withSmiles(text) {
  const drawn = [];
  let from = 0;
  for (const match of text.matchAll(CODE)) {
    const [, before, code] = match;
    const known = SMILES[code] ?? SMILES[code.toLowerCase()] ?? SMILES[code.replace('-', '').toUpperCase()];
    if (!known) continue;
    const at = match.index + before.length;
    drawn.push(text.slice(from, at), reaction(known));
    from = at + code.length;
  }
  return [...drawn, text.slice(from)].filter((piece) => piece !== '');
}

function layer([paint, path, width]) {
  const drawn = document.createElementNS(SVG, 'path');
  const isStroke = paint.startsWith('-');
  const color = COLORS[paint.slice(Number(isStroke))];
  drawn.setAttribute('d', path);
  drawn.setAttribute('fill', isStroke ? 'none' : color);
  if (isStroke) {
    drawn.setAttribute('stroke', color);
    drawn.setAttribute('stroke-width', width);
    drawn.setAttribute('stroke-linecap', 'round');
    drawn.setAttribute('stroke-linejoin', 'round');
  }
  return drawn;
}
