// What a concept means, on hover and focus. The box can be pointed at, goes away with Escape, and
// stays until the pointer and the focus have left.
import { make } from "./dom.js";

const SHOW_AFTER = 250;
const HIDE_AFTER = 220;

let box;
let shownFor = null;
let timer;

export function startGlossary() {
  const links = [...document.querySelectorAll("a.concept[data-concept]")];
  const summaries = new Map();
  for (const { dataset } of links) if (dataset.summary) summaries.set(dataset.concept, dataset.summary);
  for (const link of links) {
    const summary = summaries.get(link.dataset.concept);
    if (!summary) continue;
    link.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType !== "touch") later(SHOW_AFTER, () => show(link, summary));
    });
    link.addEventListener("pointerleave", () => later(HIDE_AFTER, hideUnlessFocused));
    link.addEventListener("focus", () => show(link, summary));
    link.addEventListener("blur", () => later(HIDE_AFTER, hideUnlessPointed));
  }
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
}

function later(milliseconds, what) {
  clearTimeout(timer);
  timer = setTimeout(what, milliseconds);
}

function show(link, summary) {
  clearTimeout(timer);
  if (shownFor === link) return;
  hide();
  box ??= makeBox();
  box.textContent = summary;
  link.setAttribute("aria-describedby", box.id);
  shownFor = link;
  box.hidden = false;
  put(link);
}

function makeBox() {
  const made = make("div", { class: "glossary-box", id: "glossary-box", role: "tooltip", hidden: true });
  made.addEventListener("pointerenter", () => clearTimeout(timer));
  made.addEventListener("pointerleave", () => later(HIDE_AFTER, hideUnlessFocused));
  (document.querySelector("main") ?? document.body).append(made);
  return made;
}

// Below the link, or above it where there is more room; never outside the window.
function put(link) {
  const line = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.max(12, Math.min(line.left, clientWidth - width - 12));
  const isAbove = line.bottom + height + 12 > clientHeight && line.top > height + 12;
  const top = isAbove ? line.top - height - 6 : line.bottom + 6;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}

function hideUnlessFocused() {
  if (shownFor !== document.activeElement) hide();
}

function hideUnlessPointed() {
  if (!box?.matches(":hover") && !shownFor?.matches(":hover")) hide();
}

function hide() {
  clearTimeout(timer);
  if (!shownFor) return;
  shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  box.hidden = true;
}
