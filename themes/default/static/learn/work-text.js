// Everything that is kept, in words: what the page "My work" shows and what its Markdown says.
import words from "../words.js";
import { fill } from "./dom.js";
import { keptByPlace, keptOf, titleOf } from "./progress.js";

// Places with what is kept of them, in the order of the course; what the course no longer has comes last.
export function gather(course) {
  const kept = keptByPlace();
  const found = [];
  for (const entry of course?.places ?? []) {
    const things = keptOf(entry, kept);
    for (const id of [entry.id, ...entry.was]) kept.delete(id);
    if (things.length > 0) found.push(describe(entry, things));
  }
  for (const [id, things] of kept) {
    const entry = { id, was: [], label: "", title: id, href: "", questions: [], results: [], options: [] };
    found.push({ ...describe(entry, things), isGone: true });
  }
  return found;
}

function describe(entry, things) {
  const of = (kind) => things.filter((thing) => thing.kind === kind);
  const known = new Set();
  const questions = entry.questions.map((question) => {
    const thing = of("question").find(({ id }) => id === question.id || question.was.includes(id));
    if (thing) known.add(thing.id);
    return thing ? { ...question, ...answerOf(question, thing.value) } : null;
  }).filter(Boolean);
  for (const { id, value } of of("question")) {
    const question = { id, number: 0, kind: "", prompt: id, fields: [] };
    if (!known.has(id)) questions.push({ ...question, ...answerOf(question, value), isGone: true });
  }
  // A rubric that stands alone belongs to the page.
  const ratings = of("rubric").map(({ value }) => ratingOf(value.ratings)).filter(Boolean);
  return { entry, questions, ratings, options: of("option").map((thing) => optionOf(entry, thing)).filter(Boolean), tables: tablesOf(entry, of("result")) };
}

// The fields' words, each under its label unless it is the only one.
function answerOf(question, value) {
  const labels = new Map(question.fields);
  const fields = Object.entries(value.fields ?? {});
  const order = [...labels.keys()];
  fields.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const lines = fields.map(([name, field]) => {
    const label = labels.get(name);
    if (field === true) return { label: "", text: label ?? name };
    return { label: label && order.length > 1 ? label : "", text: field };
  });
  return { lines, isLookedUp: value.shown === true && lines.length === 0, rating: ratingOf(value.ratings) };
}

function ratingOf(ratings = {}) {
  const all = Object.values(ratings);
  const met = all.filter((rating) => rating === "met").length;
  const partly = all.filter((rating) => rating === "partly").length;
  const not = all.filter((rating) => rating === "not").length;
  if (all.length === 0) return "";
  return met + partly + not === all.length ? fill(words.work_rating, { met, partly, not }) : fill(words.work_levels, { levels: all.join(", ") });
}

function optionOf(entry, { id, value }) {
  if (!value.chosen && !value.why) return null;
  const section = entry.options.find((found) => found.section === id);
  const title = new Map(section?.items ?? []).get(value.chosen) ?? value.chosen ?? "–";
  return { title, why: value.why ?? "" };
}

// The course's tables with what is filled in. A table that shows nothing that a larger one does not
// show is left out.
function tablesOf(entry, things) {
  const values = new Map(things.filter(({ value }) => value.value).map(({ id, value }) => [id, value.value]));
  const left = new Set(values.keys());
  const keysOf = (table) => table.rows.flatMap(([, keys]) => keys).filter((key) => values.has(key));
  const tables = [];
  for (const table of [...entry.results].sort((a, b) => keysOf(b).length - keysOf(a).length)) {
    const keys = keysOf(table);
    if (!keys.some((key) => left.has(key))) continue;
    for (const key of keys) left.delete(key);
    tables.push({ head: table.head, rows: table.rows.map(([title, cells]) => [title, ...cells.map((key) => values.get(key) ?? "")]) });
  }
  if (left.size > 0) tables.push({ head: ["", words.work_value], rows: [...left].map((key) => [key, values.get(key)]) });
  return tables;
}

const cell = (text) => text.replaceAll("|", "\\|").replace(/\s+/g, " ");
const quoted = (text) => text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");

// All of it as Markdown, for people. The last lines hold the data themselves, so that the file can be
// imported again.
export function printMarkdown(course, places, file) {
  const out = [`# ${fill(words.work_of, { course: course?.title ?? file.course })}`, fill(words.work_exported, { date: file.exported.slice(0, 10) })];
  for (const place of places) {
    out.push(`## ${titleOf(place.entry)}`);
    for (const { number, prompt, lines, isLookedUp, rating } of place.questions) {
      out.push(`### ${number ? `Q${number}` : words.work_question}`, quoted(prompt));
      if (lines.length > 0) out.push(lines.map(({ label, text }) => (label ? `- ${label} ${text}` : text)).join("\n"));
      if (isLookedUp) out.push(`*${words.work_looked_up}*`);
      if (rating) out.push(`*${rating}*`);
    }
    for (const rating of place.ratings) out.push(`*${rating}*`);
    for (const { title, why } of place.options) out.push(`**${words.work_chosen}** ${title}`, ...(why ? [why] : []));
    for (const { head, rows } of place.tables) {
      const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
      out.push([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"));
    }
  }
  const data = JSON.stringify(file).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("--", "-\\u002d");
  out.push(`<!-- ${words.work_data_note}\nscenarist-work ${data}\n-->`);
  return `${out.join("\n\n")}\n`;
}
