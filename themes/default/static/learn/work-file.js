// The file of somebody's work: writing it, and reading one back that may be damaged. Every value is
// checked before anything is changed.
import words from "../words.js";
import { fill } from "./dom.js";
import { checkValue, isEmpty, parseName } from "./shapes.js";
import { course, damaged, names, read, write } from "./store.js";

const FORMAT = "scenarist-work";
const VERSION = 1;
const MAX_BYTES = 20_000_000;

// Everything of this course as one object.
export function makeFile() {
  const entries = Object.fromEntries(names().map((name) => [name, read(name)]));
  const file = { format: FORMAT, version: VERSION, course, exported: new Date().toISOString(), entries };
  const lost = damaged();
  if (lost.length > 0) file.damaged = Object.fromEntries(lost);
  return file;
}

// What a file holds: `{ entries: [[name, value]], faults: [text] }`, or `{ refused: text }`.
export function parseFile(text) {
  if (text.length > MAX_BYTES) return { refused: words.work_too_large };
  const embedded = /<!--[^\n]*\nscenarist-work (\{.*\})\s*\n-->/.exec(text);
  let file;
  try {
    file = JSON.parse(embedded ? embedded[1] : text);
  } catch (error) {
    return { refused: fill(words.work_not_json, { fault: placeOf(error, text) }) };
  }
  if (file?.format !== FORMAT || typeof file.entries !== "object" || file.entries === null || Array.isArray(file.entries)) {
    return { refused: words.work_not_ours };
  }
  if (file.version !== VERSION) return { refused: fill(words.work_version, { version: String(file.version) }) };
  if (file.course !== course) return { refused: fill(words.work_other_course, { other: String(file.course), course }) };
  const entries = [];
  const faults = [];
  for (const [name, value] of Object.entries(file.entries)) {
    const kind = parseName(name)?.kind;
    if (!kind) {
      faults.push(fill(words.work_fault_name, { name }));
      continue;
    }
    const { clean, faults: found } = checkValue(kind, value);
    for (const [path, want] of found) {
      faults.push(fill(words.work_fault, { name, path: path || words.work_fault_all, want: words[`work_want_${want}`] }));
    }
    if (!isEmpty(clean)) entries.push([name, clean]);
  }
  return { entries, faults };
}

// "line 3": browsers say where in different ways, or only how many characters in.
function placeOf(error, text) {
  const at = /position (\d+)/.exec(error.message);
  const line = at ? text.slice(0, Number(at[1])).split("\n").length : Number(/line (\d+)/.exec(error.message)?.[1] ?? 0);
  return line ? fill(words.work_line, { line }) : error.message;
}

const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value) {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).filter((name) => name !== "at").sort().map((name) => [name, sorted(value[name])]));
}

// What importing would do: what is new, what is newer in the file, what is newer here.
export function planImport(entries) {
  const plan = { added: [], newer: [], older: [], same: [] };
  for (const [name, value] of entries) {
    const own = read(name);
    if (isEmpty(own)) plan.added.push([name, value]);
    else if (same(own, value)) plan.same.push([name, value]);
    else plan[(value.at ?? 0) > (own.at ?? 0) ? "newer" : "older"].push([name, value]);
  }
  return plan;
}

// Whether all of it could be stored.
export function applyImport({ added, newer }) {
  return [...added, ...newer].map(([name, value]) => write(name, value)).every(Boolean);
}
