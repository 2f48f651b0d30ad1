// Pictures over the whole window; the arrow keys lead to the others of the conversation.

import { byId, el, iconButton } from './dom.js';
import { fileAddress, fileSize } from './files.js';
import { icon } from './icons.js';

/** Shows one of the pictures of the open dialog. */
export function showPicture(store, id) {
  const all = [...store.messages.values()].flatMap(({ files }) => (files ?? []).filter(({ type }) => type === 'image'));
  let at = all.findIndex((file) => file.id === Number(id));
  if (at < 0) return;
  const viewer = byId('viewer');
  const draw = () => {
    const file = all[at];
    const source = fileAddress(store, file.id);
    viewer.replaceChildren(
      el(
        'header',
        {},
        el('b', { id: 'viewer-title' }, file.name),
        el('small', {}, `${at + 1} of ${all.length} · ${fileSize(file.size)}`),
        el('a', { class: 'icon-button', href: source, download: file.name, 'aria-label': 'Download' }, icon('down')),
        iconButton('close', 'Close', { on: { click: () => viewer.close() } }),
      ),
      el('img', { src: source, alt: file.name }),
    );
  };
  const step = (by) => {
    at = (at + by + all.length) % all.length;
    draw();
  };
  viewer.onkeydown = ({ key }) => {
    if (key === 'ArrowRight') step(1);
    if (key === 'ArrowLeft') step(-1);
  };
  viewer.onclick = ({ target }) => target === viewer && viewer.close();
  draw();
  viewer.showModal();
}
