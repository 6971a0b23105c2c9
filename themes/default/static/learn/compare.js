// Own figures drawn against each other: a bar for each, the change against the first row, and the
// recorded run below as a thin line.
import words from "../words.js";
import { make, unseen } from "./dom.js";
import { changeOf, parseFigure, showFigure } from "./figure-values.js";
import { nameOf } from "./place.js";
import { say } from "./say.js";
import { listen, read } from "./store.js";

const SVG = "http://www.w3.org/2000/svg";

export function startCompare(rows, titleOf, after) {
  if (rows.length < 2) return;
  const box = make("figure", { class: "compare", hidden: true });
  after.append(box);
  let wasShown = true;
  const show = () => {
    const drawn = measuresOf(rows, titleOf).map((measure) => drawMeasure(measure, rows)).filter(Boolean);
    box.hidden = drawn.length === 0;
    if (drawn.length === 0) box.replaceChildren();
    else box.replaceChildren(make("figcaption", {}, words.learn_compare), ...drawn.map(({ node }) => node), ...notes(drawn));
    if (!box.hidden && !wasShown) say(words.learn_compare_shown);
    wasShown = !box.hidden;
  };
  for (const row of rows) {
    for (const input of row.inputs.values()) listen(nameOf("result", input.dataset.result), show);
  }
  show();
}

function notes(drawn) {
  return drawn.some(({ hasRecorded }) => hasRecorded) ? [make("p", { class: "compare-note" }, words.learn_recorded_note)] : [];
}

// Each measure of the table with its title.
function measuresOf(rows, titleOf) {
  const found = new Map();
  for (const { inputs } of rows) {
    for (const [measure, input] of inputs) {
      if (measure !== "extra" && !found.has(measure)) found.set(measure, titleOf(input));
    }
  }
  return [...found];
}

// One measure over all rows; nothing until two rows have a figure.
function drawMeasure([measure, title], rows) {
  const lines = rows.filter(({ inputs }) => inputs.has(measure)).map((row) => {
    const input = row.inputs.get(measure);
    const own = parseFigure(read(nameOf("result", input.dataset.result)).value ?? "", measure);
    const recorded = input.dataset.recorded === undefined ? null : Number(input.dataset.recorded);
    return { title: row.title, own, recorded: own === null ? null : recorded };
  });
  const filled = lines.filter(({ own }) => own !== null);
  if (filled.length < 2) return null;
  const most = measure === "success" ? 100 : Math.max(...filled.flatMap(({ own, recorded }) => [own, recorded ?? 0]));
  const first = lines[0].own;
  const items = filled.map(({ title, own, recorded }) => {
    const isFirst = title === lines[0].title;
    const change = first === null || isFirst ? "" : changeOf(own, first, measure, words.learn_points);
    const texts = [make("span", { class: "compare-name" }, title), bar(own, recorded, most), make("span", { class: "compare-value" }, showFigure(own, measure))];
    if (change) texts.push(make("span", { class: "compare-change" }, change, unseen(` ${words.learn_against_first}`)));
    if (recorded !== null) {
      texts.push(make("span", { class: "compare-recorded" }, showFigure(recorded, measure)), make("span", { class: "compare-word" }, words.learn_rehearsed));
    }
    return make("li", {}, ...texts);
  });
  const node = make("div", { class: "compare-measure" }, make("p", { class: "compare-title" }, title), make("ul", {}, ...items));
  return { node, hasRecorded: filled.some(({ recorded }) => recorded !== null) };
}

function rect(className, y, height, width) {
  const node = document.createElementNS(SVG, "rect");
  const attributes = { class: className, x: 0, y, height, rx: 1, width: Math.max(0.6, width) };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function bar(own, recorded, most) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "compare-bar", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  const part = (value) => (most > 0 ? Math.min(100, (100 * value) / most) : 0);
  svg.append(rect("bar-room", 0, 8, 100), rect("bar-own", 0, 8, part(own)));
  if (recorded !== null) svg.append(rect("bar-recorded", 9.5, 2, part(recorded)));
  return svg;
}
