// Applications that are placed in the messenger: beside the input field, in the menu of a message, in the head of a
// dialog. Their pages speak to the messenger as they do on the platform, by commands in messages.

import { byId, el, iconButton } from './dom.js';
import { notice } from './floating.js';
import { openFrame } from './frame.js';
import { avatar } from './people.js';
import { openWindow } from './windows.js';

/** The kinds of dialogs that `context` names; what is none of them is a group chat. */
const CONTEXTS = { private: 'USER', lines: 'LINES', crm: 'CRM' };

/**
 * Shows the icons of placed applications; `prepare(question)` gives what the portal has for a page: `{sid, url, fields,
 * init}`. Gives `items(message)` for the menu of a message.
 */
export function mountPlacements(store, deeds, { prepare }) {
  const open = async (placed, context = {}) => {
    const question = { placement: placed.id, dialog: store.current, ...context };
    const told = await prepare(question);
    if (!told) return;
    const { sid, url, fields, init } = told;
    const page = openFrame({
      title: placed.title,
      post: { url, fields },
      name: `${init.DOMAIN}|${init.PROTOCOL}|${sid}`,
      width: percent(placed.options.width, innerWidth) ?? 720,
      height: percent(placed.options.height, innerHeight) ?? 480,
      hear: (data, answer) => {
        const said = parsed(data, sid);
        if (!said) return;
        const reply = (result) => said.callback && answer(`${said.callback}:${JSON.stringify(result ?? [])}`);
        COMMANDS[said.command]?.({ ...said, reply, told, page, placed, store, deeds, prepare, question, open });
      },
    });
  };
  const here = (place) => store.placements.filter((placed) => placed.place === place && fits(placed, store));
  const draw = () => {
    byId('placed').replaceChildren(...here('IM_TEXTAREA').map((placed) => placedButton(placed, () => open(placed))));
    byId('placed-side').replaceChildren(
      ...here('IM_SIDEBAR').map((placed) => placedButton(placed, () => open(placed))),
    );
    byId('placed-navigation').replaceChildren(
      ...here('IM_NAVIGATION').map((placed) => placedButton(placed, () => open(placed, { dialog: null }))),
    );
  };
  for (const topic of ['state', 'placements', 'current', 'dialogs']) store.on(topic, draw);

  return (message) =>
    here('IM_CONTEXT_MENU').map((placed) => ({
      label: placed.title,
      note: placed.app,
      symbol: 'apps',
      run: () => open(placed, { message }),
    }));
}

/** An icon is a letter on the colour that the application chose. */
function placedButton({ title, color }, run) {
  const letter = el('span', { class: 'placed-icon', vars: { '--face': color } }, title.trim().charAt(0).toUpperCase());
  const button = iconButton('apps', title, { on: { click: run } });
  button.replaceChildren(letter);
  return button;
}

function fits({ place, options }, store) {
  if (place === 'IM_NAVIGATION') return true;
  const dialog = store.dialogs.get(store.current);
  if (!dialog) return false;
  const contexts = String(options.context || 'ALL').split(';');
  if (contexts.includes('ALL')) return true;
  const isWithBot = dialog.type === 'P' && store.users.get(Number(dialog.id))?.bot;
  return !isWithBot && contexts.includes(CONTEXTS[dialog.kind] ?? 'CHAT');
}

/** The platform takes width and height as shares of the window. */
function percent(share, whole) {
  return Number(share) > 0 ? Math.round((Math.min(Number(share), 100) * whole) / 100) : null;
}

/** A command is `NAME:JSON:callback:sid`, or an object for those whose names have a colon. */
function parsed(data, sid) {
  if (data && typeof data === 'object') {
    const { method, params, callback, appSid } = data;
    return appSid === sid ? { command: method, params, callback } : null;
  }
  const parts = String(data).split(':');
  const [command, whose, callback] = [parts.shift(), parts.pop(), parts.pop()];
  if (whose !== sid) return null;
  try {
    return { command, callback, params: parts.length ? JSON.parse(parts.join(':') || 'null') : null };
  } catch {
    return null;
  }
}

const COMMANDS = {
  getInitData: ({ reply, told }) => reply(told.init),
  async refreshAuth({ reply, prepare, question }) {
    const { init } = await prepare(question);
    reply({ AUTH_ID: init.AUTH_ID, REFRESH_ID: init.REFRESH_ID, AUTH_EXPIRES: init.AUTH_EXPIRES });
  },
  setInstallFinish: ({ reply, deeds, placed }) => deeds.finishInstallation(placed).then(reply),
  setInstall: ({ reply }) => reply(true),
  setAppOption: ({ reply, params, told }) => setOption('app', params, told).then(reply),
  setUserOption: ({ reply, params, told }) => setOption('user', params, told).then(reply),

  resizeWindow({ reply, params, page }) {
    page.resize(Number.parseInt(params.width, 10) || 0, Number.parseInt(params.height, 10) || 0);
    reply(params);
  },
  setTitle({ reply, params, page }) {
    page.rename(String(params.title ?? ''));
    reply(params);
  },
  setScroll: ({ reply }) => reply([]),
  reloadWindow: ({ open, placed, question }) => open(placed, question),
  closeApplication: ({ page }) => page.close(),
  openApplication: ({ open, placed, question, params }) => open(placed, { ...question, options: params }),
  openPath({ reply, params, deeds }) {
    const dialog = String(params?.path ?? '').match(/IM_DIALOG=((?:chat)?\d+)/i)?.[1];
    if (dialog) deeds.dialog(dialog);
    else notice(`${params?.path} would open here: a local portal has the messenger alone`);
    reply({ result: dialog ? 'open' : 'error' });
  },

  imCallTo: ({ params, deeds }) => deeds.call(params?.userId ?? ''),
  imPhoneTo: ({ params, deeds }) => deeds.call(params?.phone ?? ''),
  imOpenMessenger: ({ params, deeds }) => openDialog(deeds, params),
  imOpenHistory: ({ params, deeds }) => openDialog(deeds, params),
  selectUser: ({ reply, params, store }) => selectUsers(store, params ?? {}, reply),
  selectAccess: ({ reply }) => reply([]),
  selectCRM: ({ reply }) => reply({}),
  getInterface: ({ reply }) => reply({ command: [], event: [] }),
};

function openDialog(deeds, params) {
  const dialog = String(params?.dialogId ?? '').toLowerCase();
  if (/^(?:chat)?\d+$/.test(dialog)) deeds.dialog(dialog);
}

/** Options are kept by the portal, where REST finds them too. */
async function setOption(kind, { name, value }, { init }) {
  const body = JSON.stringify({ auth: init.AUTH_ID, options: { [name]: value } });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`/rest/${kind}.option.set`, { method: 'POST', headers, body });
  return answer.ok;
}

function selectUsers(store, { mult, title }, reply) {
  const people = [...store.users.values()].filter(({ bot, kind }) => !bot && kind !== 'client');
  const told = ({ id, name, avatar: photo, position }) => ({
    id: String(id),
    name,
    photo,
    position,
    sub: false,
    sup: false,
  });
  const choice = (user) => {
    const box = el('input', { type: mult ? 'checkbox' : 'radio', name: 'user', value: String(user.id) });
    return el('label', { class: 'choice' }, box, avatar(user, 'small'), el('span', {}, user.name));
  };
  const window_ = openWindow(title || 'Choose', el('div', { class: 'choices' }, people.map(choice)), {
    confirm: 'Choose',
    submit() {
      const chosen = [...window_.querySelectorAll(':checked')].map(({ value }) => told(store.users.get(Number(value))));
      if (chosen.length) reply(mult ? chosen : chosen[0]);
      return chosen.length > 0;
    },
  });
}
