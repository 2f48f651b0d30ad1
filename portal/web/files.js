// Files of a message: pictures as they are, sound and film to play, anything else to load.

import { deedButton, el } from './dom.js';
import { icon } from './icons.js';

const UNITS = ['B', 'KB', 'MB', 'GB'];
const MOST = 360; // pixels that a picture may take in either direction

/** Where a file of the portal is, for the person who looks. */
export const fileAddress = (store, id) => `/portal/file/${id}?user=${store.me}`;

/** Everything that a message brings. */
export function drawFiles(store, files) {
  if (!files?.length) return null;
  const pictures = files.filter(({ type }) => type === 'image');
  const others = files.filter(({ type }) => type !== 'image');
  return [
    pictures.length > 0 &&
      el(
        'div',
        { class: `shots ${pictures.length > 1 ? 'many' : ''}` },
        pictures.map((file) => drawPicture(store, file)),
      ),
    others.map((file) => drawOther(store, file)),
  ];
}

/** `1.4 MB` */
export function fileSize(bytes) {
  const step = bytes > 0 ? Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), UNITS.length - 1) : 0;
  return `${Number((bytes / 1024 ** step).toFixed(step ? 1 : 0))} ${UNITS[step]}`;
}

/** The room for it is kept before it has come. */
function drawPicture(store, file) {
  const { width, height } = file.image || { width: 4, height: 3 };
  const scale = Math.min(1, MOST / Math.max(width, height));
  const image = el('img', { src: fileAddress(store, file.id), alt: file.name, loading: 'lazy' });
  const vars = { '--ratio': `${width} / ${height}`, '--wide': `${Math.max(48, Math.round(width * scale))}px` };
  return deedButton('look', file.id, { class: 'shot', title: file.name, vars }, image);
}

function drawOther(store, file) {
  const source = fileAddress(store, file.id);
  const player = { audio: 'audio', video: 'video' }[file.type];
  return el(
    'div',
    { class: 'file-block' },
    player && el(player, { src: source, controls: true, preload: 'metadata' }),
    el(
      'a',
      { class: 'file', href: source, download: file.name },
      el('span', { class: 'file-kind', 'aria-hidden': 'true' }, file.extension?.slice(0, 4) || icon('file')),
      el('span', {}, el('b', {}, file.name), el('small', {}, fileSize(file.size))),
      icon('down'),
    ),
  );
}
