// Runs only under `scenarist serve`: hears of every compilation, brings the page up to date and hands
// the findings to their box.
import { showFindings, tell } from './findings.js';
import { keepState, restoreState } from './keep.js';
import { copyPage } from './patch.js';

// Firefox gives up on a server that refuses connections, so we try ourselves.
const RETRY = 500;

// A connection that ends is no news: pages are left and servers restarted. This long one is.
const AWAY = 1500;

// A hidden page lets go of its connection after this: a browser has only six for a host.
const HIDDEN = 2000;

const SELF = 'script[data-version][src$="/.scenarist/live.js"]';
const { version, status, assets } = document.querySelector(SELF).dataset;

let shown = Number(version);
let wanted = shown;
let isFollowing = false;
let stream;
let timer;
let away;

const copy = copyPage(SELF);
restoreState();

function connect() {
  clearTimeout(timer);
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource('/.scenarist/events');
  stream.addEventListener('open', () => {
    clearTimeout(away);
    away = undefined;
    tell('away', '');
  });
  stream.addEventListener('error', () => {
    away ??= setTimeout(() => tell('away', 'scenarist does not answer any more. This page goes on when it does.'), AWAY);
    if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY);
  });
  stream.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
}

function disconnect() {
  clearTimeout(timer);
  clearTimeout(away);
  away = undefined;
  stream?.close();
  stream = undefined;
}

function hear(notice) {
  // A page that stands in for all others says itself what is wrong.
  if (status !== '503') showFindings(notice);
  wanted = notice.version;
  follow();
}

async function follow() {
  if (isFollowing) return;
  isFollowing = true;
  try {
    while (wanted !== shown) {
      const aim = wanted;
      const answer = await fetchPage();
      // The server has gone. The stream tells when it is back.
      if (!answer) break;
      shown = take(...answer) ?? aim;
    }
  } finally {
    isFollowing = false;
  }
}

async function fetchPage() {
  try {
    const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
    return [await answer.text(), String(answer.status)];
  } catch {
    return null;
  }
}

// Brings the page up to date; gives back the version that it has now, if it can tell.
function take(text, now) {
  // Where there is no page for now, the last one stays.
  const isGone = now !== '200' && status === '200';
  tell('gone', isGone && now === '404' ? 'The course has no such page any more. This is the last that was there.' : '');
  if (isGone) return undefined;
  const next = new DOMParser().parseFromString(text, 'text/html');
  const self = next.querySelector(SELF);
  const isAlike = now === status && self?.dataset.assets === assets;
  self?.remove();
  if (!isAlike || !copy.patch(next)) {
    keepState();
    location.reload();
  }
  return self ? Number(self.dataset.version) : undefined;
}

connect();
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) timer = setTimeout(disconnect, HIDDEN);
  else connect();
});
