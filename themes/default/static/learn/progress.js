// What of the course is started and finished, on the pages that list it; on the home page, where to go
// on. And what the course says of its pages, for this and for "My work".
import words from "../words.js";
import { fill, make } from "./dom.js";
import { parseName } from "./shapes.js";
import { names, read } from "./store.js";

const address = new URL(`${document.documentElement.dataset.root ?? ""}my-work/course.json`, location.href);

// The data, or nothing if they cannot be had.
export async function loadCourse() {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// What is kept, by place: `[{ kind, id, name, value }]`.
export function keptByPlace() {
  const places = new Map();
  for (const name of names()) {
    const { place, kind, id } = parseName(name);
    if (place === "@site") continue;
    if (!places.has(place)) places.set(place, []);
    places.get(place).push({ kind, id, name, value: read(name) });
  }
  return places;
}

// The same for a place of the course, also what still lies under one of its earlier ids.
export function keptOf(entry, kept) {
  return [entry.id, ...entry.was].flatMap((id) => kept.get(id) ?? []);
}

// Whether a question has been tried, or its answer looked up. Ticks count when they were checked.
function isDone({ quiz }, { shown, checked, fields = {} }) {
  if (shown === true) return true;
  return quiz ? Boolean(checked) : Object.values(fields).some((field) => field === true || field.trim() !== "");
}

// How far somebody is with a place: how many of its questions are done, and when it was last touched.
export function progressOf(entry, kept) {
  const things = keptOf(entry, kept);
  const done = entry.questions.filter((question) => [question.id, ...question.was].some((id) => {
    const found = things.find((thing) => thing.kind === "question" && thing.id === id);
    return found && isDone(question, found.value);
  })).length;
  const at = Math.max(0, ...things.map(({ value }) => value.at ?? 0));
  return { done, count: entry.questions.length, at, isStarted: things.length > 0, isFinished: done > 0 && done === entry.questions.length };
}

// Marks what is listed on this page.
export async function showProgress() {
  const kept = keptByPlace();
  const course = kept.size > 0 ? await loadCourse() : null;
  if (!course) return;
  const started = [];
  for (const entry of course.places) {
    const progress = progressOf(entry, kept);
    if (!progress.isStarted) continue;
    started.push({ entry, progress });
    for (const node of nodesOf(entry)) mark(node, progress);
  }
  offerToContinue(started);
}

// Cards and entries of the map; pages of a tutorial in its list.
function nodesOf({ id, tutorial }) {
  if (!tutorial) return document.querySelectorAll(`main [data-scenario="${CSS.escape(id)}"]`);
  const [series, page] = id.slice("tutorial:".length).split("/").map((part) => CSS.escape(part));
  return document.querySelectorAll(`[data-tutorial="${series}"] .page-list [data-page="${page}"]`);
}

function mark(node, { isFinished, done, count }) {
  const state = isFinished ? "finished" : "started";
  const text = isFinished || count === 0 ? words[`learn_${state}`] : fill(words.learn_started_of, { done, count });
  const sign = make("span", { class: "progress-mark", "data-state": state }, text);
  node.dataset.progress = state;
  (node.querySelector(".card-head") ?? node).append(" ", sign);
}

// What was last worked on and is not finished.
function offerToContinue(started) {
  const box = document.getElementById("continue");
  const [last] = started.filter(({ progress }) => !progress.isFinished).sort((a, b) => b.progress.at - a.progress.at);
  if (!box || !last) return;
  const { entry, progress } = last;
  const link = make("a", { class: "button", href: `${document.documentElement.dataset.root ?? ""}${entry.href}` },
    fill(words.learn_continue, { title: entry.label ? `${entry.label} — ${entry.title}` : entry.title }));
  box.append(make("p", { class: "continue" }, link));
  if (progress.count > 0) {
    box.firstChild.append(" ", make("span", { class: "continue-count" }, fill(words.learn_answered, { done: progress.done, count: progress.count })));
  }
}
