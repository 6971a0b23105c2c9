// The box with the findings, in a tree of its own that the theme's styles cannot reach. Whoever makes it
// small or closes it is left alone until there is something else to say.

const KEY = 'scenarist:findings';

// Below this there is no room for a box beside the text.
const SMALL = '(max-width: 45rem)';

const STYLE = `
  :host { all: initial; color-scheme: inherit; }
  :host([hidden]) { display: none; }
  .box { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; display: flex; align-items: start; box-sizing: border-box;
    max-width: min(44rem, calc(100vw - 2rem)); font: 14px/1.45 system-ui, sans-serif;
    color: light-dark(#1f2937, #e5e7eb); background: light-dark(#fffbeb, #292317);
    border: 2px solid light-dark(#b45309, #d97706); border-radius: 8px; box-shadow: 0 4px 24px #0006; }
  .box.errors { background: light-dark(#fef2f2, #2b1a1c); border-color: light-dark(#b91c1c, #f87171); }
  .said { flex: 1; min-width: 0; }
  summary { padding: .4rem .2rem .4rem .8rem; cursor: pointer; font-weight: 600; }
  button { all: unset; box-sizing: border-box; padding: .4rem .75rem; font-size: 1.1em; line-height: 1.3; cursor: pointer; border-radius: 6px; }
  summary:focus-visible, a:focus-visible, button:focus-visible, ol:focus-visible { outline: 2px solid currentcolor; outline-offset: -2px; border-radius: 6px; }
  .note { margin: 0; padding: .4rem .2rem .4rem .8rem; }
  details:not([hidden]) + div > .note { padding-top: 0; }
  ol { margin: 0; padding: 0 .8rem .6rem; list-style: none; max-height: 50vh; overflow-y: auto; overscroll-behavior: contain; }
  li { padding: .5rem 0; border-top: 1px solid light-dark(#0002, #fff3); overflow-wrap: anywhere; }
  code, .place { font: 12.5px/1.45 ui-monospace, monospace; }
  a { color: light-dark(#1d4ed8, #93c5fd); }
  .error { color: light-dark(#b91c1c, #fca5a5); } .warning { color: light-dark(#92400e, #fcd34d); } .info { color: light-dark(#1d4ed8, #93c5fd); }
  li p { margin: .15rem 0 0; }
  @media ${SMALL} {
    .box { inset: auto .5rem .5rem auto; max-width: calc(100vw - 1rem); font-size: 13px; }
    ol { max-height: 40vh; }
  }
  @media print { .box { display: none; } }
`;

const notes = { away: '', gone: '' };
let notice = { items: [], summary: '', errors: 0, stale: false, left_out: 0 };
let parts;

export function showFindings(newer) {
  const isNew = keyOf(newer) !== keyOf(notice);
  notice = newer;
  if (isNew || !parts) draw();
  else drawNotes();
}

// Says something about the page itself, or takes it back.
export function tell(what, text) {
  if (notes[what] === text) return;
  notes[what] = text;
  if (text || parts) drawNotes();
}

// The version does not count: the same findings again are no news.
function keyOf({ summary, items }) {
  return JSON.stringify([summary, items]);
}

function draw() {
  parts ??= makeBox();
  const { details, text, list, box } = parts;
  box.classList.toggle('errors', notice.errors > 0);
  text.textContent = notice.summary;
  list.replaceChildren(...notice.items.map(entry));
  if (notice.left_out > 0) list.append(element('li', `${notice.left_out} more; the terminal lists all`));
  details.hidden = notice.items.length === 0;
  const chosen = choice();
  details.open = chosen ? chosen === 'open' : notice.errors > 0 && !matchMedia(SMALL).matches;
  drawNotes();
}

function drawNotes() {
  parts ??= makeBox();
  const stale = notice.stale && notice.items.length > 0 ? 'The page is the last one that could be made.' : '';
  const lines = [notes.away, notes.gone, stale].filter(Boolean);
  parts.notes.replaceChildren(...lines.map((line) => element('p', line, 'note')));
  const isEmpty = notice.items.length === 0 && lines.length === 0;
  const isClosed = choice() === 'closed' && !notes.away && !notes.gone;
  if (isEmpty || isClosed) parts.host.remove();
  else if (!parts.host.isConnected) document.body.append(parts.host);
}

function makeBox() {
  const host = document.createElement('scenarist-findings');
  const root = host.attachShadow({ mode: 'open' });
  // A style element would be against the page's content security policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const details = element('details');
  const summary = element('summary');
  const text = element('span');
  text.setAttribute('aria-live', 'polite');
  summary.append(text);
  const list = element('ol');
  list.tabIndex = 0;
  list.setAttribute('aria-label', 'Findings');
  details.append(summary, list);
  const close = element('button', '×');
  close.type = 'button';
  close.title = 'Close until there are other findings';
  close.setAttribute('aria-label', close.title);
  const notesBox = element('div');
  notesBox.setAttribute('role', 'status');
  const said = element('div', '', 'said');
  said.append(details, notesBox);
  const box = element('div', '', 'box');
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'scenarist serve');
  box.append(said, close);
  root.append(box);

  summary.addEventListener('click', () => choose(details.open ? 'small' : 'open'));
  close.addEventListener('click', () => {
    choose('closed');
    notes.gone = '';
    notes.away = '';
    drawNotes();
  });
  box.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !details.open) return;
    choose('small');
    details.open = false;
    summary.focus();
  });
  return { host, box, details, text, list, notes: notesBox };
}

// What has been done with the box since it says what it says.
function choice() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return kept?.key === keyOf(notice) ? kept.chosen : undefined;
  } catch {
    return undefined;
  }
}

function choose(chosen) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ key: keyOf(notice), chosen }));
  } catch {
    // Then it holds for this page.
  }
}

function entry({ severity, code, rule, message, help, place, editor }) {
  const item = element('li');
  const title = element('strong');
  title.append(element('span', severity, severity), ` ${message}`);
  const where = element('p');
  if (place) where.append(editor ? link(editor, place, 'place') : element('code', place));
  if (place && code) where.append(' · ');
  if (code) where.append(rule ? link(rule, code, 'place') : element('code', code));
  item.append(title, where);
  if (help) item.append(element('p', `help: ${help}`));
  return item;
}

function link(address, text, className) {
  const made = element('a', text, className);
  made.href = address;
  return made;
}

function element(name, text = '', className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
