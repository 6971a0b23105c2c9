// Questions: what is typed is kept as it is typed; the model answer waits for an attempt; choices are
// a quiz; the rubric rates one's own answer. And whether a question is done, for who wants to know.
import words from "../words.js";
import { button, fill, idOf, make, unseen } from "./dom.js";
import { nameOf } from "./place.js";
import { offerReview } from "./review.js";
import { say } from "./say.js";
import { listen, read, update } from "./store.js";

const REVIEWED = ["reflection", "design"];

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function show(field, stored) {
  if (field.type === "checkbox") {
    field.checked = stored === true;
  } else {
    const text = typeof stored === "string" ? stored : "";
    if (field.value !== text) field.value = text;
  }
}

// Something is written or ticked.
function hasWords(value) {
  return Object.values(value.fields ?? {}).some((field) => field === true || field.trim() !== "");
}

function startQuestion(box) {
  const name = nameOf("question", box.dataset.question);
  const fields = [...box.querySelectorAll("[data-answer]")].filter((field) => !field.closest(".answer"));
  const watchers = [];
  const question = {
    box,
    id: box.dataset.question,
    number: box.dataset.number,
    fields,
    isQuiz: false,
    value: () => read(name),
    change: (what) => update(name, what),
    onChange: (watcher) => watchers.push(watcher),
    hasWords: () => hasWords(read(name)),
    isTried: () => (question.isQuiz ? Boolean(read(name).checked) : hasWords(read(name))),
    // For progress: tried, or looked up on purpose.
    isDone: () => question.isTried() || read(name).shown === true,
  };
  const apply = (value) => {
    for (const field of fields) show(field, value.fields?.[field.dataset.answer]);
    for (const watcher of watchers) watcher(value);
  };
  const keep = (field) => question.change((value) => {
    value.fields ??= {};
    const now = valueOf(field);
    if (now === false || now === "") delete value.fields[field.dataset.answer];
    else value.fields[field.dataset.answer] = now;
  });
  for (const field of fields) {
    field.autocomplete = "off";
    field.addEventListener("input", () => keep(field));
    // Somebody may have begun before this script was there.
    if (valueOf(field) && read(name).fields?.[field.dataset.answer] === undefined) keep(field);
  }
  startQuiz(question);
  lockAnswer(question);
  const rubric = box.querySelector(".rubric");
  if (rubric) startRubric(rubric, name);
  if (fields.length > 0 && REVIEWED.includes(box.dataset.kind)) offerReview(question);
  listen(name, apply);
  apply(read(name));
  return question;
}

export function startQuestions() {
  for (const rubric of document.querySelectorAll(".rubric")) {
    if (rubric.closest(".question")) continue;
    const section = rubric.closest("section[id]")?.id ?? "top";
    startRubric(rubric, nameOf("rubric", section));
  }
  return [...document.querySelectorAll(".question[data-question]")].map(startQuestion);
}

function lockAnswer(question) {
  const answer = question.box.querySelector(":scope > details.answer");
  if (!answer) return;
  const lock = make("div", { class: "answer-lock" });
  lock.append(
    make("p", {}, question.isQuiz ? words.learn_locked_quiz : words.learn_locked),
    button(words.learn_show_anyway, () => {
      question.change((value) => { value.shown = true; });
      answer.open = true;
      answer.querySelector("summary").focus();
    }, { class: "quiet" }),
  );
  answer.before(lock);
  let first = true;
  question.onChange(() => {
    // What is open stays open, also when the attempt is deleted again.
    const isFree = question.isDone() || answer.open;
    if (isFree && answer.hidden && !first) say(words.learn_answer_free);
    answer.hidden = !isFree;
    lock.hidden = isFree;
    first = false;
  });
}

function startQuiz(question) {
  const { box, fields } = question;
  const right = new Set([...box.querySelectorAll("[data-right]")].map((item) => item.dataset.right));
  const choices = box.querySelector(".choices");
  if (!choices || right.size === 0) return;
  question.isQuiz = true;

  const result = make("p", { class: "quiz-result", role: "status" });
  const ticked = () => fields.filter((field) => field.checked).map((field) => field.dataset.answer);
  const isRight = (ticks) => ticks.length === right.size && ticks.every((tick) => right.has(tick));
  const say = (state) => {
    result.textContent = state ? words[`learn_quiz_${state}`] : "";
    result.dataset.state = state;
  };
  const check = button(words.learn_check, () => {
    const ticks = ticked();
    if (ticks.length === 0) {
      say("none");
      return;
    }
    question.change((value) => { value.checked = ticks.join(" "); });
  });
  choices.after(make("div", { class: "quiz" }, check, result));

  const answer = box.querySelector(":scope > details.answer");
  answer?.addEventListener("toggle", () => mark(fields, right, answer.open));
  question.onChange((value) => {
    const ticks = ticked();
    if (!value.checked || ticks.length === 0) say("");
    else if (value.checked !== ticks.join(" ")) say("changed");
    else say(isRight(ticks) ? "right" : "wrong");
    mark(fields, right, answer?.open);
  });
}

// Which choice was right, beside it, while the answer is open.
function mark(fields, right, isOpen) {
  for (const field of fields) {
    const row = field.closest(".choice");
    row.querySelector(".choice-mark")?.remove();
    delete row.dataset.mark;
    const isRight = right.has(field.dataset.answer);
    if (!isOpen || (!isRight && !field.checked)) continue;
    row.dataset.mark = isRight ? (field.checked ? "right" : "missed") : "wrong";
    row.append(make("span", { class: "choice-mark" }, unseen("("), words[`learn_mark_${row.dataset.mark}`], unseen(")")));
  }
}

const RATINGS = ["met", "partly", "not"];

function startRubric(rubric, name) {
  const items = [...rubric.querySelectorAll("[data-criterion]")];
  if (items.length === 0) return;
  const radios = [];
  const choose = (criterion, rating) => update(name, (value) => {
    value.ratings = { ...value.ratings, [criterion]: rating };
  });
  const radio = (item, value, labels) => {
    const { criterion } = item.dataset;
    const input = make("input", {
      type: "radio", name: `${name}/${criterion}`, value, onchange: () => choose(criterion, value), ...labels,
    });
    radios.push([criterion, input]);
    return input;
  };
  const isTable = items[0].tagName === "TR";
  for (const item of items) (isTable ? rateByLevel : rateByWords)(item, radio);
  rubric.classList.add("can-rate");
  const sum = make("p", { class: "rating-sum", role: "status" });
  rubric.append(sum);

  const apply = ({ ratings = {} }) => {
    for (const [criterion, input] of radios) input.checked = ratings[criterion] === input.value;
    const count = (rating) => items.filter((item) => ratings[item.dataset.criterion] === rating).length;
    const isRated = !isTable && Object.keys(ratings).length > 0;
    sum.textContent = isRated ? fill(words.learn_rating_sum, { met: count("met"), partly: count("partly"), count: items.length }) : "";
  };
  listen(name, apply);
  apply(read(name));
}

function rateByWords(item, radio) {
  const text = make("span", { class: "criterion" });
  text.append(...item.childNodes);
  const group = make("span", { class: "rating", role: "radiogroup", "aria-labelledby": idOf(text) });
  for (const value of RATINGS) {
    const word = make("span", {}, words[`learn_rate_${value}`]);
    group.append(make("label", { "data-rate": value }, radio(item, value), word));
  }
  item.append(text, group);
}

function rateByLevel(row, radio) {
  const heads = row.closest("table").querySelectorAll("thead tr > *");
  const title = row.querySelector("th");
  [...row.cells].forEach((cell, at) => {
    if (cell === title) return;
    const text = make("span");
    text.append(...cell.childNodes);
    const names = [title, heads[at], text].filter(Boolean).map(idOf).join(" ");
    cell.append(make("label", { class: "level" }, radio(row, String(at), { "aria-labelledby": names }), text));
  });
}
