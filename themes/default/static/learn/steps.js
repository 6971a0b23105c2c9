// Parts of a page that are closed for now: a note in their place says why, a button opens them all the
// same, and so does a link or a search that leads inside. A step is one of them: it waits, softly,
// until the questions of the one before it have been tried.
import words from "../words.js";
import { button, fill, make } from "./dom.js";
import { nameOf } from "./place.js";
import { say } from "./say.js";
import { listen, read, update } from "./store.js";

const opens = new WeakMap();

// Closes `body`; `note` stands in its place. Gives back what opens it.
export function close(body, note) {
  const open = () => {
    if (!opens.delete(body)) return;
    body.hidden = false;
    note.remove();
  };
  body.before(note);
  // Browsers that know "until-found" search in it, and tell when they found something.
  body.setAttribute("hidden", "until-found");
  body.addEventListener("beforematch", open, { once: true });
  opens.set(body, open);
  return open;
}

// What comes after a node, in a box of its own.
export function boxAfter(node, className) {
  const box = make("div", { class: className });
  while (node.nextSibling) box.append(node.nextSibling);
  node.after(box);
  return box;
}

// Opens everything that a node lies in.
function openAround(node) {
  for (let at = node; at; at = at.parentElement) {
    if (at !== node && at.matches("details:not([hidden])")) at.open = true;
    opens.get(at)?.();
  }
}

// Follows the address to what it names, also into closed parts. What has closed above may have moved
// everything, so the page goes there again. Who comes from elsewhere to a step wants to read it; who
// comes from the outline sees why it waits.
export function followAddress({ type } = {}) {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // Then it is the id as it stands.
  }
  const target = id ? document.getElementById(id) : null;
  // Who leaves out what stands before the content may be further on with the Tab key already.
  if (!target || target.matches("main")) return;
  openAround(target);
  if (!type) opens.get(target.querySelector(":scope > .section-body"))?.();
  target.scrollIntoView({ behavior: "instant" });
}

// The focus moves to what has just been opened, since the button that did it is gone.
export function focusOn(node) {
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
}

// Steps, and explanations between them: those would tell what the step before asks for.
function isGated(section) {
  return section.dataset.step || section.dataset.role === "concepts";
}

export function startSteps(questions) {
  let before = null;
  for (const section of document.querySelectorAll(".section[id]")) {
    const body = section.querySelector(":scope > .section-body");
    if (before && body && isGated(section)) gate(section, body, before);
    if (!section.dataset.step) continue;
    const inside = questions.filter(({ box }) => section.contains(box));
    if (inside.length > 0) before = { section, questions: inside };
  }
}

function gate(section, body, before) {
  const name = nameOf("step", section.id);
  const left = () => before.questions.filter((question) => !question.isDone());
  if (read(name).open || left().length === 0) return;

  const text = make("p");
  const list = make("ul", { class: "gate-list" });
  const note = make("div", { class: "gate" }, text, list, button(words.learn_open_anyway, () => {
    update(name, (value) => { value.open = true; });
    open();
    focusOn(body);
  }, { class: "quiet" }));
  const open = close(body, note);
  const show = () => {
    const open = left();
    text.textContent = fill(words.learn_gate, { step: before.section.dataset.step });
    list.replaceChildren(...open.map(({ number, id, box }) => {
      const start = box.querySelector(".question-prompt").textContent.trim().replace(/\s+/g, " ");
      const short = start.length > 70 ? `${start.slice(0, start.lastIndexOf(" ", 68))} …` : start;
      return make("li", {}, make("a", { href: `#question-${id}` }, `Q${number}`), ` ${short}`);
    }));
  };
  show();
  const look = () => {
    if (!note.isConnected) return;
    if (left().length > 0) {
      show();
      return;
    }
    open();
    say(fill(words.learn_gate_open, { title: section.dataset.step ?? section.querySelector("h2").textContent.trim() }));
  };
  for (const question of before.questions) question.onChange(look);
  listen(name, (value) => { if (value.open) open(); });
}
