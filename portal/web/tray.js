// The files that go with the next message: chosen, pasted or dropped.

import { byId, el, iconButton } from './dom.js';
import { fileSize } from './files.js';
import { icon } from './icons.js';

/** Keeps the files that wait; `changed()` is told when there are more or fewer. */
export function mountTray(store, changed) {
  const tray = byId('tray');
  const talk = byId('talk');
  const chooser = byId('chooser');
  let files = [];

  const draw = () => {
    for (const image of tray.querySelectorAll('img')) URL.revokeObjectURL(image.src);
    tray.hidden = !files.length;
    tray.replaceChildren(...files.map(chip));
    changed();
  };
  const chip = (file) => {
    const drop = () => {
      files = files.filter((one) => one !== file);
      draw();
      byId('input').focus();
    };
    return el(
      'div',
      { class: 'waiting-file' },
      file.type.startsWith('image/') ? el('img', { src: URL.createObjectURL(file), alt: '' }) : icon('file'),
      el('span', {}, el('b', {}, file.name), el('small', {}, fileSize(file.size))),
      iconButton('close', `Do not send ${file.name}`, { on: { click: drop } }),
    );
  };
  const add = (more) => {
    if (!store.current || !more.length) return;
    files = [...files, ...more];
    draw();
    byId('input').focus();
  };

  byId('attach').addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    add([...chooser.files]);
    chooser.value = '';
  });
  byId('input').addEventListener('paste', (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  });
  talk.addEventListener('dragover', (event) => {
    if (!store.current || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    talk.classList.add('dropping');
  });
  talk.addEventListener('dragleave', (event) => {
    if (!talk.contains(event.relatedTarget)) talk.classList.remove('dropping');
  });
  talk.addEventListener('drop', (event) => {
    talk.classList.remove('dropping');
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  const take = () => {
    const taken = files;
    files = [];
    draw();
    return taken;
  };
  store.on('current', take);
  return { take, add, isEmpty: () => !files.length };
}
