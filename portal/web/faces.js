// Faces put together from eyes, a mouth and extras. A layer is `[paint, path]` on a 24×24 grid; reactions.js paints it.

/** Two arcs make a circle; a path knows no other way. */
export const disc = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
export const heart = (x, y, size) => {
  const lobe = `a${size * 0.6} ${size * 0.6} 0 0 1 ${size}`;
  return `M${x} ${y + size}l${-size} ${-size}${lobe} ${-size * 0.65}${lobe} ${size * 0.65}z`;
};
export const pair = (draw) => draw(8.2) + draw(15.8);
const drop = (x, y, size) =>
  `M${x} ${y}q${size} ${size * 1.4} 0 ${size * 1.8}q${-size} ${-size * 0.4} 0 ${-size * 1.8}z`;

const HEAD = ['yellow', disc(12, 12, 10)];

export const EYES = {
  dots: [['dark', pair((x) => disc(x, 9.8, 1.4))]],
  happy: [['-dark', pair((x) => `M${x - 2} 10.6q2-3.2 4 0`), 1.6]],
  calm: [['-dark', pair((x) => `M${x - 2} 9.4q2 2.4 4 0`), 1.6]],
  wink: [
    ['dark', disc(8.2, 9.8, 1.4)],
    ['-dark', 'M13.8 10.2q2-2.2 4 0', 1.6],
  ],
  wide: [
    ['white', pair((x) => disc(x, 9.6, 2.6))],
    ['dark', pair((x) => disc(x, 9.6, 1.2))],
  ],
  hearts: [['red', pair((x) => heart(x, 9.4, 2.8))]],
  squeezed: [['-dark', 'M6.4 8l3.2 1.9-3.2 1.9M17.6 8l-3.2 1.9 3.2 1.9', 1.6]],
  shades: [['dark', 'M3 7.4h18l-.4 2.2q-.6 3.4-4 3.4t-3.8-3.4h-1.6Q10.8 13 7.4 13t-4-3.4z']],
  big: [
    ['dark', pair((x) => disc(x, 10, 2.4))],
    ['white', pair((x) => disc(x - 0.8, 9, 0.9))],
  ],
  sly: [
    ['dark', pair((x) => disc(x, 10.6, 1.3))],
    ['-dark', 'M5.8 7.2l4 1.8M18.2 7.2l-4 1.8', 1.6],
  ],
};

export const MOUTHS = {
  smile: [['-dark', 'M7.4 14.2q4.6 4.4 9.2 0', 1.6]],
  grin: [
    ['dark', 'M6.8 13.2h10.4q-.4 6-5.2 6t-5.2-6z'],
    ['white', 'M7 13.2h10l-.4 1.8H7.4z'],
  ],
  flat: [['-dark', 'M8 15.6h8', 1.6]],
  frown: [['-dark', 'M8 16.8q4-3.6 8 0', 1.6]],
  round: [['dark', disc(12, 16.2, 2.1)]],
  skew: [['-dark', 'M8.4 16.6q3.4-2 7.2-1', 1.6]],
  wail: [['dark', 'M8 18.6q4-6.4 8 0z']],
  tongue: [
    ['dark', 'M7 13.4h10q-.4 5-5 5t-5-5z'],
    ['red', 'M9.8 15.6h4.4v3a2.2 2.2 0 0 1-4.4 0z'],
  ],
  kiss: [['-dark', 'M11.4 13.8q2.4.5.2 1.9q2.4.5 0 1.9', 1.6]],
};

export const TEAR = ['blue', drop(17, 11.5, 2.6)];
export const TEARS_OF_JOY = ['blue', drop(3.4, 9.5, 3) + drop(20.6, 9.5, 3)];
export const STREAMS = ['blue', 'M6.8 11.4h2.8v9.5l-2.8-1.4zM14.4 11.4h2.8v8.1l-2.8 1.4z'];
export const BLUSH = ['pink', disc(5.8, 13.4, 1.9) + disc(18.2, 13.4, 1.9)];

/** A face by the names of its parts; `extras` are layers that lie on top. */
export function face(eyes, mouth, ...extras) {
  return [HEAD, ...EYES[eyes], ...MOUTHS[mouth], ...extras];
}
