// What of the course is started and finished, on the pages that list it; on the home page, where to go
// on. And what the course says of its pages, for this and for "My work".
import words from "../words.js";
import { fill, make, unseen } from "./dom.js";
import { parseName } from "./shapes.js";
import { listen, names, read } from "./store.js";

// Marks need not follow each letter.
const PAUSE = 200;

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

// Marks what is listed on this page, now and whenever something changes, here or in another tab.
export async function showProgress() {
  let course = null;
  const show = async () => {
    if (!course && keptByPlace().size > 0) course = await loadCourse();
    const kept = keptByPlace();
    for (const sign of document.querySelectorAll(".progress-mark")) sign.remove();
    for (const node of document.querySelectorAll("[data-progress]")) delete node.dataset.progress;
    document.getElementById("continue")?.replaceChildren();
    if (!course) return;
    const works = worksOf(course.places, kept).filter(({ progress }) => progress.isStarted);
    for (const work of works) markWork(work);
    offerToContinue(works);
    goOnWithTutorial(works);
  };
  let timer;
  listen("*", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  await show();
}

// What is worked through as a whole: a scenario, or a tutorial with those of its pages that ask something.
function worksOf(places, kept) {
  const works = new Map();
  for (const entry of places) {
    const series = entry.tutorial ? entry.id.slice("tutorial:".length).split("/")[0] : "";
    const name = series ? `tutorial:${series}` : entry.id;
    if (!works.has(name)) works.set(name, { series, pages: [] });
    works.get(name).pages.push({ entry, progress: progressOf(entry, kept) });
  }
  return [...works.values()].map((work) => ({ ...work, progress: sumOf(work.pages) }));
}

function sumOf(pages) {
  const all = pages.map(({ progress }) => progress);
  const sum = (name) => all.reduce((total, progress) => total + progress[name], 0);
  const [done, count] = [sum("done"), sum("count")];
  return { done, count, at: Math.max(...all.map(({ at }) => at)), isStarted: all.some(({ isStarted }) => isStarted), isFinished: done > 0 && done === count };
}

function markWork({ series, pages, progress }) {
  if (!series) {
    for (const node of document.querySelectorAll(`main [data-scenario="${CSS.escape(pages[0].entry.id)}"]`)) mark(node, progress);
    return;
  }
  const name = CSS.escape(series);
  for (const node of document.querySelectorAll(`main .card[data-tutorial="${name}"], main li[data-tutorial="${name}"]`)) mark(node, progress);
  for (const page of pages.filter((found) => found.progress.isStarted)) {
    const id = CSS.escape(page.entry.id.split("/")[1]);
    for (const node of document.querySelectorAll(`[data-tutorial="${name}"] :is(.page-list, .page-steps) [data-page="${id}"]`)) mark(node, page.progress);
  }
}

// Where the sign of an entry stands; at its end if there is no line of facts.
const HEADS = ".card-head, .page-list-facts, .shelf-head, .page-steps a";

function mark(node, { isFinished, done, count }) {
  const state = isFinished ? "finished" : "started";
  const sign = make("span", { class: "progress-mark", "data-state": state });
  if (isFinished || done === 0) sign.append(words[`learn_${state}`]);
  else {
    sign.append(make("span", { "aria-hidden": "true" }, fill(words.learn_started_of, { done, count })), unseen(fill(words.learn_answered, { done, count })));
  }
  node.dataset.progress = state;
  const head = node.matches(".page-steps *") ? node.querySelector("a") : node.querySelector(HEADS) ?? node;
  head.append(" ", sign);
}

// Where to go on in it: the page that was last worked on, else the first one that is not finished.
function nextOf({ pages }) {
  const open = pages.filter(({ progress }) => !progress.isFinished);
  const [last] = [...pages].sort((a, b) => b.progress.at - a.progress.at);
  return open.includes(last) ? last : open[0];
}

// What an entry of the course is called in full.
export function titleOf({ label, title }) {
  return label ? `${label} — ${title}` : title;
}

function addressOf({ href }) {
  return `${document.documentElement.dataset.root ?? ""}${href}`;
}

// What was last worked on and is not finished.
function offerToContinue(works) {
  const box = document.getElementById("continue");
  const [last] = works.filter(({ progress }) => !progress.isFinished).sort((a, b) => b.progress.at - a.progress.at);
  if (!box || !last) return;
  const { entry, progress: { done, count } } = nextOf(last);
  const link = make("a", { class: "button", href: addressOf(entry) }, fill(words.learn_continue, { title: titleOf(entry) }));
  const line = make("p", { class: "continue" }, link);
  if (count > 0) line.append(" ", make("span", { class: "continue-count" }, fill(words.learn_answered, { done, count })));
  box.append(line);
}

// On the first page of a tutorial the button leads to where its reader is.
function goOnWithTutorial(works) {
  const link = document.querySelector("article.tutorial .start-tutorial");
  const work = works.find(({ series }) => series && series === link?.closest("[data-tutorial]").dataset.tutorial);
  if (!work || work.progress.isFinished) return;
  const { entry } = nextOf(work);
  link.setAttribute("href", addressOf(entry));
  link.replaceChildren(fill(words.learn_continue, { title: entry.title }));
}
