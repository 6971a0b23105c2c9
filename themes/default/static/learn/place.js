// Which page this is, as its data are named, and what it was called before.
import { names, rename, renamePlace } from "./store.js";

const article = document.querySelector("article.scenario[data-scenario], article.tutorial-page[data-page]");

function findPlace() {
  if (!article) return null;
  const { scenario, tutorial, page } = article.dataset;
  return scenario ?? `tutorial:${tutorial}/${page}`;
}

export const place = findPlace();

// "Scenario 1 — Diagnosing failures".
export function placeTitle() {
  const { title, label } = article.dataset;
  if (title) return label ? `${label} — ${title}` : title;
  return document.querySelector("h1").textContent.trim();
}

export function nameOf(kind, id) {
  return `${place}/${kind}/${id}`;
}

export function wordsOf(text) {
  return (text ?? "").split(/\s+/).filter(Boolean);
}

// The section that something stands in: the nearest one, a fix before its step.
export function sectionOf(node) {
  return node.closest("section[id]")?.id ?? "top";
}

// Carries over what was kept under earlier ids. An id that means something else today stays.
export function carryOver() {
  for (const was of wordsOf(article.dataset.was)) {
    const { tutorial, page } = article.dataset;
    renamePlace(tutorial ? `tutorial:${was}/${page}` : was, place);
  }
  for (const question of document.querySelectorAll(".question[data-was]")) {
    for (const was of wordsOf(question.dataset.was)) {
      if (document.getElementById(`question-${was}`)) continue;
      rename(nameOf("question", was), nameOf("question", question.dataset.question));
    }
  }
  for (const old of document.querySelectorAll("section[id] > .was[id]")) {
    for (const kind of ["step", "hint", "option", "rubric"]) {
      rename(nameOf(kind, old.id), nameOf(kind, old.parentElement.id));
    }
    carryResults(old.id, old.parentElement.id);
  }
}

// A fix is also a stage, and figures are kept by it: `main/<stage>/p99`. No fix may be called so today.
function carryResults(from, to) {
  const isStage = (id) => document.querySelector(`input[data-result*="/${CSS.escape(id)}/"]`) !== null;
  if (!isStage(to) || isStage(from)) return;
  for (const name of names()) {
    const [test, stage, ...measure] = name.startsWith(nameOf("result", "")) ? name.slice(nameOf("result", "").length).split("/") : [];
    if (stage === from) rename(name, nameOf("result", [test, to, ...measure].join("/")));
  }
}
