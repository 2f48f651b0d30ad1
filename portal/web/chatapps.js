// The applications that bots put beside the input field: commands behind an icon, and pages in a frame.

import { byId, el, iconButton } from './dom.js';
import { openMenu } from './floating.js';
import { closeFrame, openFrame } from './frame.js';
import { safeImage } from './safe.js';

const ACTIONS = { SEND: 'send', PUT: 'put', CALL: 'call', SUPPORT: 'support' };

/**
 * Shows the icons of the open dialog. `load(dialog)` gives its applications, `address(question)` where a page of one
 * is. Gives `open(app, message, params)` for buttons that open an application.
 */
export function mountChatApps(store, deeds, { load, address }) {
  const strip = byId('apps');
  let apps = [];

  const open = async (id, opened = {}) => {
    const url = await address({ dialog: store.current, app: id, chrome: isChrome() ? 'Y' : 'N', ...opened });
    if (!url) return;
    const app = apps.find((one) => one.id === Number(id));
    const page = openFrame({
      title: app?.title ?? 'Application',
      note: app?.copyright,
      src: url,
      name: `app${id}`,
      width: app?.action.width,
      height: app?.action.height,
      stays: app?.action.popup,
      loaded: (answer) => answer(JSON.stringify({ action: 'init', uniqueLoadId })),
      hear: (data) => obey(data),
    });
    const uniqueLoadId = crypto.randomUUID();
    /** What the page of an application may ask the messenger for. */
    const obey = (data) => {
      const said = parsed(data);
      if (said?.uniqueLoadId !== uniqueLoadId) return;
      if (said.action === 'send') deeds.send(String(said.message ?? ''));
      else if (said.action === 'put') deeds.put(String(said.message ?? ''));
      else if (said.action === 'call') deeds.call(String(said.number ?? ''));
      else if (said.action === 'support') deeds.support(String(said.code ?? ''));
      else if (said.action === 'close') page.close();
    };
  };
  const run = (app) => {
    const deed = ACTIONS[app.action.method];
    return deed ? deeds[deed](app.action.param) : open(app.id);
  };
  const draw = () => {
    const [shown, plain] = [apps.filter(({ icon }) => icon), apps.filter(({ icon }) => !icon)];
    const items = plain.map((app) => ({
      label: app.title,
      note: app.description,
      symbol: 'apps',
      run: () => run(app),
    }));
    const openList = ({ currentTarget }) => openMenu(currentTarget, items, 'Applications');
    strip.replaceChildren(
      ...shown.map((app) => appButton(app, () => run(app))),
      ...(plain.length
        ? [iconButton('apps', 'Applications', { 'aria-haspopup': 'menu', on: { click: openList } })]
        : []),
    );
  };

  const reload = async () => {
    apps = [];
    draw();
    const dialog = store.current;
    const found = store.dialogs.has(dialog) ? await load(dialog) : [];
    if (store.current !== dialog) return;
    apps = found;
    draw();
  };
  store.on('current', closeFrame);
  store.on('messages', reload);
  store.on('offers', reload);
  return open;
}

/** The picture of an icon holds two: at rest on the left, under the pointer on the right. */
function appButton(app, run) {
  const title = [app.title, app.description].filter(Boolean).join(': ');
  const picture = el('img', { src: safeImage(app.icon), alt: '' });
  return el(
    'button',
    { type: 'button', class: 'icon-button app-icon', title, 'aria-label': app.title, on: { click: run } },
    picture,
  );
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

const isChrome = () => /Chrom(?:e|ium)\//.test(navigator.userAgent);
