// The page "My work": everything that this browser keeps of the course, as a list and as files.
import words from "../words.js";
import { loadCourse } from "./progress.js";
import { button, fill, idOf, make, unseen } from "./dom.js";
import { damaged, eraseAll, listen, names } from "./store.js";
import { applyImport, makeFile, parseFile, planImport } from "./work-file.js";
import { gather, printMarkdown } from "./work-text.js";

const root = document.documentElement.dataset.root ?? "";
const box = document.getElementById("work");
const data = await loadCourse();

const tools = make("div", { class: "work-tools" });
const status = make("div", { class: "work-status", role: "status" });
const list = make("div", { class: "work-list" });
document.getElementById("work-needs")?.remove();
box.append(tools, status, list);

const chooser = make("input", { type: "file", id: "work-file", class: "visually-hidden", accept: ".json,.md,application/json,text/markdown", tabindex: "-1", "aria-hidden": "true", onchange: () => takeFile() });
const exportJson = button(words.work_export_json, () => save("json"));
const exportMarkdown = button(words.work_export_markdown, () => save("md"));
const importFile = button(words.work_import, () => chooser.click());
const erase = button(words.work_erase, () => eraseWork(), { class: "firm" });
tools.append(make("p", { class: "actions" }, exportJson, exportMarkdown, importFile, erase), chooser);

function tell(text, lines = []) {
  status.replaceChildren(make("p", {}, text));
  if (lines.length > 0) status.append(make("ul", {}, ...lines.map((line) => make("li", {}, line))));
}

function save(ending) {
  const file = makeFile();
  const text = ending === "json" ? `${JSON.stringify(file, null, 2)}\n` : printMarkdown(data, gather(data), file);
  const type = ending === "json" ? "application/json" : "text/markdown";
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: `${file.course.replaceAll("/", "-")}-work-${file.exported.slice(0, 10)}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  tell(words.work_saved);
}

async function eraseWork() {
  const isSure = await ask({ title: words.work_erase_title, text: fill(words.work_erase_text, { count: names().length }), yes: words.work_erase_yes, no: words.work_keep });
  if (!isSure) return;
  eraseAll();
  show();
  tell(words.work_erased);
}

async function takeFile() {
  const [file] = chooser.files;
  if (!file) return;
  const text = await file.text();
  chooser.value = "";
  const { refused, entries, faults } = parseFile(text);
  if (refused) {
    tell(`${refused} ${words.work_nothing_changed}`);
    return;
  }
  const plan = planImport(entries);
  const lines = [["added", plan.added], ["same", plan.same], ["newer", plan.newer], ["older", plan.older]]
    .filter(([, found]) => found.length > 0)
    .map(([what, found]) => fill(words[`work_plan_${what}`], { count: found.length }));
  const shown = faults.slice(0, 20);
  if (faults.length > shown.length) shown.push(fill(words.work_more_faults, { count: faults.length - shown.length }));
  if (plan.added.length + plan.newer.length === 0) {
    tell(`${faults.length > 0 ? words.work_only_faults : words.work_nothing_new} ${words.work_nothing_changed}`, [...lines, ...shown]);
    return;
  }
  const needsAsking = plan.newer.length > 0 || plan.older.length > 0 || faults.length > 0;
  const isWanted = !needsAsking || await ask({
    title: words.work_import_title,
    text: faults.length > 0 ? words.work_import_faults : words.work_import_text,
    lines: [...lines, ...shown],
    yes: words.work_import_yes,
    no: words.work_keep,
  });
  if (!isWanted) {
    tell(words.work_nothing_changed, shown);
    return;
  }
  const isStored = applyImport(plan);
  show();
  tell(fill(isStored ? words.work_imported : words.work_imported_for_now, { count: plan.added.length + plan.newer.length }), shown);
}

function show() {
  const places = gather(data);
  const isEmpty = places.length === 0;
  for (const control of [exportJson, exportMarkdown, erase]) control.disabled = names().length === 0 && damaged().length === 0;
  list.replaceChildren(...(isEmpty ? [make("p", { class: "work-empty" }, words.work_empty)] : places.map(showPlace)));
  const lost = damaged();
  if (lost.length > 0) list.append(make("p", { class: "banner" }, fill(words.work_damaged, { count: lost.length })));
}

function showPlace(place) {
  const { entry, questions, ratings, options, tables, isGone } = place;
  const title = isGone ? entry.title : make("a", { href: root + entry.href }, entry.title);
  const label = entry.label ? [make("span", { class: "work-label" }, entry.label), " "] : [];
  const section = make("section", { class: "work-place" }, make("h2", {}, ...label, title));
  if (isGone) section.append(make("p", { class: "work-gone" }, words.work_gone));
  else if (entry.questions.length > 0) {
    const done = questions.filter(({ lines, isLookedUp }) => lines.length > 0 || isLookedUp).length;
    section.append(make("p", { class: "counts" }, fill(words.learn_answered, { done, count: entry.questions.length })));
  }
  for (const question of questions) section.append(showQuestion(entry, question, isGone));
  for (const rating of ratings) section.append(make("div", { class: "work-answer" }, make("p", { class: "work-note" }, rating)));
  for (const { title: chosen, why } of options) {
    section.append(make("div", { class: "work-answer" }, make("p", {}, make("strong", {}, words.work_chosen), ` ${chosen}`), ...(why ? [make("p", { class: "work-text" }, why)] : [])));
  }
  for (const table of tables) section.append(showTable(table));
  return section;
}

function showQuestion(entry, question, isGone) {
  const { id, number, prompt, lines, isLookedUp, rating } = question;
  const name = number ? `Q${number}` : words.work_question;
  const head = isGone || question.isGone ? make("span", {}, name)
    : make("a", { href: `${root}${entry.href}#question-${id}` }, name, unseen(` ${words.work_on_page}`));
  const box = make("article", { class: "work-answer" }, make("h3", {}, head), make("p", { class: "work-prompt" }, prompt));
  for (const { label, text } of lines) {
    box.append(make("p", { class: "work-text" }, ...(label ? [make("strong", {}, label), " "] : []), text));
  }
  if (isLookedUp) box.append(make("p", { class: "work-note" }, words.work_looked_up));
  if (rating) box.append(make("p", { class: "work-note" }, rating));
  return box;
}

function showTable({ head, rows }) {
  const titles = head.map((text) => (text ? make("th", { scope: "col" }, text) : make("td")));
  const lines = rows.map(([title, ...cells]) => make("tr", {}, make("th", { scope: "row" }, title), ...cells.map((text) => make("td", {}, text))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...lines));
  return make("div", { class: "scroll", tabindex: "0" }, table);
}

show();
listen("*", show);

// Whether the answer was yes. Escape says no.
function ask({ title, text, lines = [], yes, no }) {
  return new Promise((resolve) => {
    const heading = make("h2", {}, title);
    const about = make("p", {}, text);
    const dialog = make("dialog", { class: "ask", "aria-labelledby": idOf(heading), "aria-describedby": idOf(about) }, heading, about);
    if (lines.length > 0) dialog.append(make("ul", {}, ...lines.map((line) => make("li", {}, line))));
    const finish = (answer) => {
      dialog.returnValue = answer;
      dialog.close();
    };
    const keep = button(no, () => finish("no"), { class: "quiet" });
    dialog.append(make("p", { class: "actions" }, keep, button(yes, () => finish("yes"), { class: "firm" })));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    (document.querySelector("main") ?? document.body).append(dialog);
    dialog.showModal();
    keep.focus();
  });
}
