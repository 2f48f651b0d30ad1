// What a page of a chat application says to the messenger around it, once that has told how to be answered.
const messenger = (() => {
  const portal = new URL(new URLSearchParams(location.search).get('DOMAIN') ?? location.href).origin;
  const waiting = [];
  let answer = null;
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || origin !== portal) return;
    let said = {};
    try {
      said = JSON.parse(data);
    } catch {
      return;
    }
    if (said?.action !== 'init') return;
    answer = (words) => parent.postMessage(JSON.stringify({ ...words, uniqueLoadId: said.uniqueLoadId }), portal);
    waiting.splice(0).forEach(answer);
  });
  const say = (words) => (answer ? answer(words) : waiting.push(words));
  return {
    send: (message) => say({ action: 'send', message }),
    put: (message) => say({ action: 'put', message }),
    call: (number) => say({ action: 'call', number }),
    support: (code) => say({ action: 'support', code }),
    close: () => say({ action: 'close' }),
  };
})();
