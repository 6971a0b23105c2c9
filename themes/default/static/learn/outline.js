// The outline: how far each step is, all of it together, and where the reader is.
import words from "../words.js";
import { fill, make, unseen } from "./dom.js";

export function startOutline(questions) {
  const outline = document.querySelector(".outline");
  if (!outline) return;
  const links = new Map();
  for (const link of outline.querySelectorAll("a[href^='#']")) links.set(link.getAttribute("href").slice(1), link);
  for (const section of document.querySelectorAll(".section[id]")) {
    const link = links.get(section.id);
    const inside = questions.filter(({ box }) => section.contains(box));
    if (link && inside.length > 0) count(link, inside);
  }
  if (questions.length > 0) countAll(outline, questions);
  follow(links);
}

const done = (questions) => questions.filter((question) => question.isDone()).length;

function count(link, questions) {
  const seen = make("span", { "aria-hidden": "true" });
  const heard = unseen("");
  link.append(" ", make("span", { class: "outline-count" }, seen, heard));
  const show = () => {
    const number = done(questions);
    const isDone = number === questions.length;
    link.parentElement.toggleAttribute("data-done", isDone);
    seen.textContent = isDone ? "✓" : `${number}/${questions.length}`;
    heard.textContent = isDone ? words.learn_step_done : fill(words.learn_answered, { done: number, count: questions.length });
  };
  for (const question of questions) question.onChange(show);
  show();
}

function countAll(outline, questions) {
  const text = make("span");
  const bar = make("progress", { max: String(questions.length), "aria-label": words.learn_progress });
  const box = make("p", { class: "outline-sum" }, text, bar);
  outline.prepend(box);
  const show = () => {
    const number = done(questions);
    bar.value = number;
    text.textContent = fill(words.learn_answered, { done: number, count: questions.length });
    box.toggleAttribute("data-done", number === questions.length);
  };
  for (const question of questions) question.onChange(show);
  show();
}

// The section at the top of the window is the current one.
function follow(links) {
  const inView = new Set();
  const sections = [...document.querySelectorAll("section[id]")].filter(({ id }) => links.has(id));
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? "add" : "delete"](target);
    const current = sections.filter((section) => inView.has(section)).pop();
    if (!current) return;
    for (const [id, link] of links) {
      if (id === current.id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-12% 0px -78% 0px" });
  for (const section of sections) observer.observe(section);
}
