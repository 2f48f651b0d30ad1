// The only file that talks to the portal: requests under /portal/ and the stream of what changes.

const KINDS = [
  'message',
  'dialog',
  'dialog_gone',
  'typing',
  'busy',
  'user',
  'user_gone',
  'offers',
  'notices',
  'lines',
  'placements',
  'journal',
  'blocked',
];
const RETRY = { first: 500, most: 8000 }; // milliseconds

/** The portal's whole state as this user sees it. */
export const readState = (user) => get('state', { user });

/** `{messages, more}`: the newest of a dialog, oldest first, which makes them read; or those before a message. */
export const readHistory = (user, dialog, before) => get('history', { user, dialog, ...(before && { before }) });

/** What the spec says of a method or an event. */
export const readSpec = (name) => get('spec', { name });

/** The newest messages that hold the words, in a dialog or in all of them. */
export const search = (user, words, dialog) =>
  get('search', { user, words, ...(dialog && { dialog }) }).then(({ messages }) => messages);

/** Does a deed of the user, such as `say`: portal/src/web/deeds lists them. */
export function act(deed, body) {
  const headers = { 'Content-Type': 'application/json' };
  return request(deed, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Sends files into a dialog, with what is said about them. */
export function upload({ user, dialog, text, reply }, files) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ user, dialog, text, reply })) if (value) body.append(name, value);
  for (const file of files) body.append('file', file, file.name);
  return request('upload', { method: 'POST', body });
}

/** The chat applications of a dialog, and where the page of one is. */
export const readApps = (user, dialog) => get('apps', { user, dialog }).then(({ apps }) => apps);
export const readAppAddress = (user, question) => get('app', { user, ...question }).then(({ url }) => url);

/**
 * Follows the stream until `close()`. `opened` is called on every (re)connection: what happened meanwhile is unknown,
 * so the caller reads the state anew. `lost` is called once for each loss.
 */
export function follow(user, { opened, lost, changed }) {
  let source = null;
  let timer = 0;
  let wait = RETRY.first;

  const connect = () => {
    source = new EventSource(`/portal/stream?user=${encodeURIComponent(user)}`);
    source.onopen = () => {
      wait = RETRY.first;
      opened();
    };
    source.onerror = () => {
      // The browser's own retry gives up on an HTTP error and keeps its own pace: one retry of ours covers every case.
      source.close();
      lost();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, RETRY.most);
    };
    for (const kind of KINDS) source.addEventListener(kind, (event) => changed(kind, JSON.parse(event.data)));
  };

  connect();
  return {
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}

const get = (path, params) => request(`${path}?${new URLSearchParams(params)}`);

/** The answer's JSON; a refusal or a silent portal is an error in words for a person. */
async function request(path, options) {
  const response = await fetch(`/portal/${path}`, options).catch(() => {
    throw new Error('the portal does not answer: is it still running?');
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const words = body.error ?? `the portal answered ${response.status}`;
    throw Object.assign(new Error(words), { isRefusal: response.status < 500 });
  }
  return body;
}
