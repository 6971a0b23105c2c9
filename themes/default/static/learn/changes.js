// What a fix changes: before and after side by side, as one text with marks, or the final code alone.
// The choice holds for all changes of the course. There is nothing to copy: learners type it.
import words from "../words.js";
import { button, idOf, make, unseen } from "./dom.js";
import { listen, read, write } from "./store.js";

const VIEWS = ["split", "unified", "after"];
const NAME = "@site/view/change";
const MAX_LINES = 1500;

export function startChanges() {
  for (const change of document.querySelectorAll(".change")) start(change);
}

function start(change) {
  const sides = ["before", "after"].map((side) => change.querySelector(`:scope > [data-side="${side}"]`));
  const codes = sides.map((side) => side?.querySelector("pre code"));
  if (!codes[0] || !codes[1]) return;
  const [a, b] = codes.map(splitLines);
  if (Math.max(a.length, b.length) > MAX_LINES) return;
  const rows = diffLines(a, b);

  const panel = make("div", { class: "change-panel", role: "tabpanel", tabindex: "-1" });
  const tabs = VIEWS.map((view) => button(words[`learn_view_${view}`], () => choose(view), {
    role: "tab", "data-view": view, "aria-controls": idOf(panel),
  }));
  const list = make("div", { class: "tabs", role: "tablist", "aria-label": `${words.learn_view}: ${change.dataset.file}` }, ...tabs);
  const file = make("p", { class: "change-file" }, make("code", {}, change.dataset.file));
  sides[0].before(make("div", { class: "change-head" }, file, list), panel);
  panel.append(makeSplit(rows), makeUnified(rows), ...sides);

  const show = (view) => {
    change.dataset.view = view;
    for (const tab of tabs) {
      const isChosen = tab.dataset.view === view;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) panel.setAttribute("aria-labelledby", idOf(tab));
    }
  };
  const choose = (view) => write(NAME, { choice: view, at: Date.now() });
  const stored = ({ choice }) => show(VIEWS.includes(choice) ? choice : "split");
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    choose(tab.dataset.view);
    tab.focus();
  });
  listen(NAME, stored);
  stored(read(NAME));
}

const SIGNS = { same: " ", removed: "−", added: "+" };

function signed(kind) {
  const sign = make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind]);
  return kind === "same" ? [sign] : [sign, unseen(`${words[`learn_line_${kind}`]}: `)];
}

function content(line) {
  return line.fragment.cloneNode(true);
}

function makeUnified(rows) {
  const code = make("code");
  for (const { kind, a, b } of rows) {
    const tag = { same: "span", removed: "del", added: "ins" }[kind];
    code.append(make(tag, { class: "line" }, ...signed(kind), content(kind === "removed" ? a : b), "\n"));
  }
  return make("div", { class: "code diff diff-unified", "data-use": "typed" }, make("pre", { tabindex: "0" }, code));
}

function makeSplit(rows) {
  const body = make("tbody");
  for (const [left, right] of pairRows(rows)) {
    const isSame = left && right && left.text === right.text;
    const cell = (line, kind) => {
      if (!line) return make("td", { class: "line-none" });
      const shown = isSame ? "same" : kind;
      return make("td", { class: `line-${shown}` }, make("code", {}, ...signed(shown), content(line)));
    };
    body.append(make("tr", {}, cell(left, "removed"), cell(right, "added")));
  }
  const head = ["before", "after"].map((side) => make("th", { scope: "col" }, words[`learn_${side}`]));
  return make("div", { class: "code diff diff-split", "data-use": "typed" },
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), body));
}

// The lines of a code element, each as a fragment with the spans that are open in it.
function splitLines(code) {
  const lines = [];
  const path = [];
  let line;
  let inner;
  const begin = () => {
    line = document.createDocumentFragment();
    inner = line;
    for (const node of path) {
      const copy = node.cloneNode(false);
      inner.append(copy);
      inner = copy;
    }
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      node.data.split("\n").forEach((part, at) => {
        if (at > 0) {
          lines.push(line);
          begin();
        }
        if (part) inner.append(part);
      });
      return;
    }
    path.push(node);
    const copy = node.cloneNode(false);
    inner.append(copy);
    inner = copy;
    node.childNodes.forEach(walk);
    path.pop();
    inner = inner.parentNode;
  };
  begin();
  code.childNodes.forEach(walk);
  if (line.textContent) lines.push(line);
  return lines.map((fragment) => ({ fragment, text: fragment.textContent.trimEnd() }));
}

// The longest common run of lines decides. `kind` is same, removed or added; `a` and `b` are the lines.
function diffLines(a, b) {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i].text === b[j].text
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const rows = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i].text === b[j].text) {
      rows.push({ kind: "same", a: a[i], b: b[j] });
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      rows.push({ kind: "removed", a: a[i] });
      i += 1;
    } else {
      rows.push({ kind: "added", b: b[j] });
      j += 1;
    }
  }
  return rows;
}

// Lines that went and lines that came in the same place stand beside each other.
function pairRows(rows) {
  const pairs = [];
  let at = 0;
  while (at < rows.length) {
    if (rows[at].kind === "same") {
      pairs.push([rows[at].a, rows[at].b]);
      at += 1;
      continue;
    }
    const removed = [];
    const added = [];
    for (; at < rows.length && rows[at].kind !== "same"; at += 1) {
      if (rows[at].kind === "removed") removed.push(rows[at].a);
      else added.push(rows[at].b);
    }
    for (let n = 0; n < Math.max(removed.length, added.length); n += 1) pairs.push([removed[n], added[n]]);
  }
  return pairs;
}
