// Carries what a reader has done to a page over a reload: where it is scrolled to, what is typed, which
// parts are open, where the caret is. What the site keeps itself is there already and left alone.

const KEY = 'scenarist:reload';

// Scripts that make parts of the page are done after this.
const PATIENCE = 2000;

// What is put in its place may make scripts change something; they are given time for it.
const PAUSE = 20;

const FIELDS = 'input:not([type="password"], [type="file"], [type="hidden"]), textarea, select';

// A selector that finds an element again: an id, or the way to it from one. Ids that scripts count up may
// be another's next time.
function pathOf(element) {
  const parts = [];
  let at = element;
  for (; at.parentElement && at !== document.body && !isNamed(at); at = at.parentElement) {
    const alike = [...at.parentElement.children].filter((child) => child.localName === at.localName);
    parts.unshift(`${at.localName}:nth-of-type(${alike.indexOf(at) + 1})`);
  }
  return [isNamed(at) ? `#${CSS.escape(at.id)}` : at.localName, ...parts].join(' > ');
}

function isNamed(element) {
  return element.id && !/-\d+$/.test(element.id) && document.getElementById(element.id) === element;
}

function valueOf(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked;
  return field.value;
}

function isTouched(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.localName === 'select') return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

// What stands at the top of the window, and how far down: pages may have grown above it.
function anchor() {
  for (const element of document.querySelectorAll('main [id], main p, main li, main pre, main h2, main h3')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > 0 && top >= 0 && bottom > top) return { path: pathOf(element), top };
  }
  return null;
}

// To be called right before the page is loaded again.
export function keepState() {
  const focused = document.activeElement;
  const state = {
    page: location.pathname,
    at: Date.now(),
    scroll: { top: scrollY, anchor: scrollY > 0 ? anchor() : null },
    open: [...document.querySelectorAll('details[open]')].map(pathOf),
    fields: [...document.querySelectorAll(FIELDS)].filter(isTouched).map((field) => [pathOf(field), valueOf(field)]),
    focus: focused && focused !== document.body ? { path: pathOf(focused), caret: caretOf(focused) } : null,
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Storage is full or blocked: then the page begins anew.
  }
}

function caretOf(field) {
  try {
    const { selectionStart, selectionEnd, selectionDirection } = field;
    return typeof selectionStart === 'number' ? [selectionStart, selectionEnd, selectionDirection] : null;
  } catch {
    return null;
  }
}

function readState() {
  try {
    const state = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return state?.page === location.pathname && Date.now() - state.at < 30_000 ? state : null;
  } catch {
    return null;
  }
}

// To be called when the page is there. Parts that scripts make come later, so everything is put in its
// place again whenever they have changed something, until the reader does something.
export function restoreState() {
  const state = readState();
  if (!state) return;
  history.scrollRestoration = 'manual';
  const events = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
  const stop = () => {
    clearTimeout(end);
    clearTimeout(pause);
    observer.disconnect();
    removeEventListener('load', put);
    for (const name of events) removeEventListener(name, stop);
    history.scrollRestoration = 'auto';
  };
  const put = () => {
    for (const path of state.open) use(path, (details) => { details.open = true; });
    for (const [path, value] of state.fields) use(path, (field) => fill(field, value));
    scrollBack(state.scroll);
    if (state.focus) use(state.focus.path, (element) => focus(element, state.focus.caret));
  };
  const end = setTimeout(stop, PATIENCE);
  let pause;
  const observer = new MutationObserver(() => {
    clearTimeout(pause);
    pause = setTimeout(put, PAUSE);
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
  addEventListener('load', put);
  for (const name of events) addEventListener(name, stop, { passive: true });
  put();
}

// While scripts are still at work the same way may lead to another element.
function use(path, what) {
  const found = document.querySelector(path);
  if (found && pathOf(found) === path) what(found);
}

function fill(field, value) {
  if (valueOf(field) === value) return;
  if (typeof value === 'boolean') field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function scrollBack({ top, anchor: kept }) {
  const element = kept && document.querySelector(kept.path);
  const to = element ? element.getBoundingClientRect().top + scrollY - kept.top : top;
  if (Math.abs(scrollY - to) > 1) scrollTo({ top: to, behavior: 'instant' });
}

function focus(element, caret) {
  if (document.activeElement === element) return;
  element.focus({ preventScroll: true });
  try {
    if (caret) element.setSelectionRange(...caret);
  } catch {
    // Not every field has a caret.
  }
}
