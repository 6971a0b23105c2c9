// Tables of results: what is typed is kept and shared by all tables with the same key; a line of the
// load test can be pasted; a recorded run shows beside figures of one's own.
import words from "../words.js";
import { button, fill, idOf, make } from "./dom.js";
import { startCompare } from "./compare.js";
import { parseFigure, parseKey, parseLines, showFigure } from "./figure-values.js";
import { nameOf } from "./place.js";
import { say } from "./say.js";
import { listen, read, update } from "./store.js";

export function startResults() {
  for (const table of document.querySelectorAll("table.results")) {
    const inputs = [...table.querySelectorAll("input[data-result]")];
    for (const input of inputs) keep(input);
    if (inputs.length === 0) continue;
    const { rows, titleOf } = rowsOf(table, inputs);
    const scroll = table.closest(".scroll") ?? table;
    const after = make("div", { class: "results-tools" });
    scroll.after(after);
    offerPaste(table, rows, after);
    startCompare(rows, titleOf, after);
  }
}

function keep(input) {
  const key = input.dataset.result;
  const name = nameOf("result", key);
  const { measure } = parseKey(key);
  const recorded = input.dataset.recorded === undefined ? NaN : Number(input.dataset.recorded);
  const beside = make("span", { class: "recorded" });
  input.autocomplete = "off";
  input.after(beside);
  const apply = ({ value = "" }) => {
    if (input.value !== value) input.value = value;
    const hasOwn = parseFigure(value, measure) !== null;
    const text = hasOwn && Number.isFinite(recorded) ? fill(words.learn_recorded, { value: showFigure(recorded, measure) }) : "";
    beside.textContent = text;
    if (text) input.setAttribute("aria-describedby", idOf(beside));
    else input.removeAttribute("aria-describedby");
  };
  const store = () => update(name, (value) => { value.value = input.value; });
  input.addEventListener("input", store);
  // Somebody may have begun before this script was there.
  if (input.value && read(name).value === undefined) store();
  listen(name, apply);
  apply(read(name));
}

// Inputs that one line of the load test fills: same test, stage and request.
function rowsOf(table, inputs) {
  const groups = new Map();
  for (const input of inputs) {
    const parts = parseKey(input.dataset.result);
    if (parts.stage === "extra") continue;
    const id = `${parts.test}/${parts.stage}/${parts.request}`;
    if (!groups.has(id)) groups.set(id, { inputs: new Map() });
    groups.get(id).inputs.set(parts.measure, input);
  }
  // Stages are the lines of most tables, and the columns of some.
  const rows = [...groups.values()];
  const lines = rows.map((row) => new Set([...row.inputs.values()].map((input) => input.closest("tr"))));
  const isByLine = lines.every(({ size }) => size === 1) && new Set(lines.flatMap((set) => [...set])).size === rows.length;
  const heads = [...table.querySelectorAll("thead tr > *")].map((cell) => cell.textContent.trim());
  const titles = (input) => {
    const cell = input.closest("td");
    const [line, head] = [cell.parentElement.cells[0].textContent.trim(), heads[cell.cellIndex] ?? ""];
    return isByLine ? { row: line, measure: head } : { row: head, measure: line };
  };
  for (const row of rows) row.title = titles([...row.inputs.values()][0]).row;
  return { rows, titleOf: (input) => titles(input).measure };
}

function fillRow(row, values) {
  const filled = [];
  for (const [measure, text] of Object.entries(values)) {
    const input = row.inputs.get(measure);
    if (!input) continue;
    update(nameOf("result", input.dataset.result), (value) => { value.value = text; });
    filled.push(text);
  }
  return filled.length > 0;
}

function offerPaste(table, rows, after) {
  const fits = rows.filter((row) => row.inputs.has("success") || row.inputs.has("rps") || row.inputs.has("p50"));
  if (fits.length === 0) return;
  const put = (text, row) => {
    const lines = parseLines(text);
    const start = fits.indexOf(row);
    const done = lines.map((values, at) => [fits[start + at], values]).filter(([target, values]) => target && fillRow(target, values));
    if (done.length > 0) say(fill(words.learn_pasted, { rows: done.map(([{ title }]) => title).join(", ") }));
    return done.length > 0;
  };
  // Into any field of the table, too.
  table.addEventListener("paste", (event) => {
    const row = fits.find(({ inputs }) => [...inputs.values()].includes(event.target));
    if (row && put(event.clipboardData.getData("text"), row)) event.preventDefault();
  });
  after.append(pasteForm(fits, put));
}

function pasteForm(rows, put) {
  const field = make("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder: "| 98.2 % | 120 | 35 ms | 410 ms |" });
  const select = make("select", {}, ...rows.map(({ title }, at) => make("option", { value: String(at) }, title)));
  const status = make("p", { class: "paste-status", role: "status" });
  const parts = [make("label", { class: "paste-line" }, make("span", {}, words.learn_paste_field), field)];
  if (rows.length > 1) parts.push(make("label", {}, make("span", {}, words.learn_paste_row), select));
  const form = make("div", { class: "paste", hidden: true }, ...parts, status);
  const opener = button(words.learn_paste, () => {
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) return;
    // The first row that is still empty is most likely meant.
    const free = rows.findIndex(({ inputs }) => [...inputs.values()].every((input) => input.value.trim() === ""));
    select.value = String(Math.max(0, free));
    field.focus();
  }, { class: "quiet", "aria-expanded": "false", "aria-controls": idOf(form) });
  const take = (text) => {
    if (text.trim() === "") {
      status.textContent = "";
      return;
    }
    const row = rows[Number(select.value) || 0];
    if (!put(text, row)) {
      status.textContent = words.learn_paste_wrong;
      return;
    }
    status.textContent = fill(words.learn_pasted, { rows: row.title });
    field.value = "";
  };
  // A field of one line would run the lines of a pasted text together.
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (parseLines(text).length === 0) return;
    event.preventDefault();
    take(text);
  });
  field.addEventListener("change", () => take(field.value));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") take(field.value); });
  return make("div", { class: "paste-box" }, opener, form);
}
