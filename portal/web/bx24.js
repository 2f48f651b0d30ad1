// The library that applications in a frame load as `/api/v1/`: it speaks to the messenger around the frame by messages
// and to the portal by REST. No module, because applications load it with a plain script.

(() => {
  const [domain = '', protocol = '0', sid = ''] = window.name.split('|');
  const portal = `${protocol === '1' ? 'https' : 'http'}://${domain}`;
  const callbacks = new Map(); // id → what to call with the answer
  const queue = []; // what waits for the first answer of the messenger
  const installers = [];
  let known = null; // that first answer: tokens, options, where the application was opened
  let expires = 0;
  let isInstalling = false;

  // Messages

  /** A command of the messenger; its answer, if it has one, goes to `callback`. */
  function ask(command, params, callback) {
    const id = callback ? keep(callback) : '';
    const words = params === undefined || params === null ? '' : JSON.stringify(params);
    const message = command.includes(':')
      ? { method: command, params: params ?? '', callback: id, appSid: sid }
      : `${command}:${words}:${id}:${sid}`;
    window.parent.postMessage(message, portal);
  }

  function keep(callback) {
    const id = Math.random().toString(36).slice(2);
    callbacks.set(id, callback);
    return id;
  }

  window.addEventListener('message', ({ origin, data }) => {
    if (origin !== portal || typeof data !== 'string') return;
    const at = data.indexOf(':');
    const callback = callbacks.get(at < 0 ? data : data.slice(0, at));
    callback?.(at < 0 || at === data.length - 1 ? undefined : JSON.parse(data.slice(at + 1)));
  });

  function takeAuth(told) {
    known = { ...known, ...told };
    expires = Date.now() + Number(told.AUTH_EXPIRES) * 1000;
  }

  function whenReady(run) {
    if (known && !isInstalling) run();
    else queue.push(run);
  }

  function begin() {
    isInstalling = false;
    while (queue.length) queue.shift()();
  }

  // REST

  /** What a callback of a call gets. */
  class Result {
    constructor(answer, status, again) {
      Object.assign(this, { answer, status, again });
    }
    data() {
      return this.answer.result;
    }
    error() {
      return this.answer.error
        ? { status: this.status, ex: this.answer, toString: () => this.answer.error }
        : undefined;
    }
    error_description() {
      return this.answer.error_description;
    }
    more() {
      return this.answer.next !== undefined;
    }
    total() {
      return this.answer.total;
    }
    time() {
      return this.answer.time;
    }
    next(callback) {
      return this.more() && this.again(this.answer.next, callback);
    }
  }

  async function call(method, params, callback, isRepeated = false) {
    const address = `${portal}${known.PATH ?? '/rest'}/${method.toLowerCase()}.json`;
    const body = JSON.stringify({ ...plain(params), auth: known.AUTH_ID });
    const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const response = await fetch(address, request).catch(() => null);
    const failed = { error: 'NETWORK_ERROR', error_description: 'the portal does not answer' };
    const answer = (await response?.json().catch(() => null)) ?? failed;
    if (/^(?:expired|invalid)_token$/.test(answer.error) && !isRepeated) {
      return BX24.refreshAuth(() => call(method, params, callback, true));
    }
    const again = (start, other) => call(method, { ...params, start }, other ?? callback);
    callback?.(new Result(answer, response?.status ?? 0, again));
  }

  /** Fields of a form may stand in for their values. */
  function plain(params) {
    const value = (one) => (one instanceof Element ? one.value : one);
    return Object.fromEntries(Object.entries(params ?? {}).map(([name, one]) => [name, value(one)]));
  }

  function query(params, prefix = '') {
    return Object.entries(params ?? {}).flatMap(([name, value]) => {
      const path = prefix ? `${prefix}[${name}]` : name;
      if (value !== null && typeof value === 'object') return query(value, path);
      return [`${encodeURIComponent(path)}=${encodeURIComponent(value)}`];
    });
  }

  function batch(calls, callback, halts) {
    const commands = Object.entries(calls).map(([key, one]) => {
      const [method, params] = Array.isArray(one) ? one : [one.method, one.params];
      return [key, `${method}?${query(params).join('&')}`];
    });
    call('batch', { cmd: Object.fromEntries(commands), halt: halts ? 1 : 0 }, (done) => {
      const parts = done.error() ? {} : done.data();
      const one = (key) => ({
        result: parts.result?.[key],
        total: parts.result_total?.[key],
        next: parts.result_next?.[key],
        ...(parts.result_error?.[key] ?? (done.error() ? done.answer : {})),
      });
      const results = commands.map(([key]) => [key, new Result(one(key), done.status, () => false)]);
      callback?.(Array.isArray(calls) ? results.map(([, result]) => result) : Object.fromEntries(results));
    });
  }

  const option = (kind, command) => ({
    get: (name) => known?.[kind]?.[name],
    set(name, value, callback) {
      known[kind] = { ...known[kind], [name]: value };
      ask(command, { name, value }, callback);
    },
  });

  const BX24 = {
    init: (run) => whenReady(run),
    install: (run) => installers.push(typeof run === 'string' ? () => BX24.loadScript(run, BX24.installFinish) : run),
    installFinish() {
      ask('setInstallFinish', {}, () => {});
      if (isInstalling) begin();
    },
    getAuth() {
      if (!known || Date.now() > expires) return false;
      const { AUTH_ID, REFRESH_ID, MEMBER_ID } = known;
      return { access_token: AUTH_ID, refresh_token: REFRESH_ID, expires_in: expires, domain, member_id: MEMBER_ID };
    },
    refreshAuth(callback) {
      ask('refreshAuth', {}, (told) => {
        takeAuth(told);
        callback?.(BX24.getAuth());
      });
    },
    callMethod: (method, params, callback) => whenReady(() => call(method, params, callback)),
    callBatch: (calls, callback, halts = false) => whenReady(() => batch(calls, callback, halts)),
    callBind: (event, handler, type, callback) =>
      BX24.callMethod('event.bind', { event, handler, auth_type: type ?? 0 }, callback),
    callUnbind: (event, handler, type, callback) =>
      BX24.callMethod('event.unbind', { event, handler, auth_type: type ?? 0 }, callback),

    isAdmin: () => Boolean(known?.IS_ADMIN),
    getLang: () => known?.LANG,
    getDomain: () => domain,
    userOption: option('USER_OPTIONS', 'setUserOption'),
    appOption: option('APP_OPTIONS', 'setAppOption'),

    placement: {
      info: () => ({ placement: known?.PLACEMENT ?? 'DEFAULT', options: known?.PLACEMENT_OPTIONS ?? {} }),
      getInterface: (callback) => ask('getInterface', null, callback),
      call: (command, params, callback) => ask(command, params, callback),
      bindEvent: (event, callback) => ask('placementBindEvent', { event }, callback),
    },
    im: {
      callTo: (userId, video) => ask('imCallTo', { userId, video }),
      phoneTo: (phone) => ask('imPhoneTo', { phone }),
      openMessenger: (dialogId) => ask('imOpenMessenger', { dialogId }),
      openHistory: (dialogId) => ask('imOpenHistory', { dialogId }),
    },

    selectUser: (title, callback) => select('selectUser', { mult: false }, title, callback),
    selectUsers: (title, callback) => select('selectUser', { mult: true }, title, callback),
    selectAccess: (title, value, callback) => ask('selectAccess', { value: value ?? [] }, callback ?? title),
    selectCRM: (params, callback) => ask('selectCRM', params, callback),

    resizeWindow: (width, height, callback) => ask('resizeWindow', { width, height }, callback),
    fitWindow: (callback) => BX24.resizeWindow('100%', BX24.getScrollSize().scrollHeight, callback),
    reloadWindow: (callback) => ask('reloadWindow', {}, callback),
    setTitle: (title, callback) => ask('setTitle', { title: String(title) }, callback),
    scrollParentWindow: (scroll, callback) => ask('setScroll', { scroll: Number(scroll) }, callback),
    openApplication: (params, callback, settings) =>
      ask('openApplication', { ...params, ...prefixed(settings) }, callback ?? (() => {})),
    closeApplication: () => ask('closeApplication', {}),
    openPath: (path, callback) => ask('openPath', { path }, callback),
    getScrollSize() {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    },
    loadScript(address, callback) {
      const [next, ...rest] = [address].flat();
      const script = Object.assign(document.createElement('script'), { src: next });
      script.onload = () => (rest.length ? BX24.loadScript(rest, callback) : callback?.());
      document.head.append(script);
    },
    ready(run) {
      if (BX24.isReady()) run();
      else document.addEventListener('DOMContentLoaded', () => run());
    },
    isReady: () => document.readyState !== 'loading',
    bind: (node, event, run) => node.addEventListener(event, run),
    unbind: (node, event, run) => node.removeEventListener(event, run),
    proxy: (run, self) => run.bind(self),
    proxyContext: () => known,
  };

  /** The title may be left out. */
  function select(command, params, title, callback) {
    const [words, run] = typeof title === 'function' ? ['', title] : [title, callback];
    ask(command, { ...params, title: words }, run);
  }

  function prefixed(settings) {
    return Object.fromEntries(Object.entries(settings ?? {}).map(([name, value]) => [`bx24_${name}`, value]));
  }

  window.BX24 = BX24;
  if (!sid) return; // opened outside the portal: nobody would answer
  ask('getInitData', {}, (told) => {
    takeAuth(told);
    isInstalling = Boolean(told.FIRST_RUN || told.INSTALL) && installers.length > 0;
    if (isInstalling) for (const run of installers) run();
    else begin();
  });
})();
