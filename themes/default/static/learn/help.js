// Help comes one step at a time: hints one after the other, the files of the solution last.
import words from "../words.js";
import { button, make } from "./dom.js";
import { nameOf, sectionOf } from "./place.js";
import { say } from "./say.js";
import { listen, read, update } from "./store.js";

export function startHints() {
  const groups = grouped(document.querySelectorAll("details.hint"));
  for (const [section, hints] of groups) startGroup(hints, nameOf("hint", section));
}

function grouped(hints) {
  const groups = new Map();
  for (const hint of hints) {
    const section = sectionOf(hint);
    groups.set(section, [...(groups.get(section) ?? []), hint]);
  }
  return groups;
}

function startGroup(hints, name) {
  const opened = () => read(name).opened ?? 0;
  const show = () => hints.forEach((hint, at) => { hint.hidden = at > opened(); });
  hints.forEach((hint, at) => {
    hint.open = at < opened();
    hint.addEventListener("toggle", () => {
      if (hint.open && opened() <= at) update(name, (value) => { value.opened = at + 1; });
    });
  });
  show();
  listen(name, show);
}

export function startStuck() {
  for (const table of document.querySelectorAll("table.stuck")) {
    const links = [...table.querySelectorAll("tbody a[href*='/solution/']")];
    const rows = [...new Set(links.map((link) => link.closest("tr")))];
    if (rows.length === 0) continue;
    for (const row of rows) row.hidden = true;
    const scroll = table.closest(".scroll") ?? table;
    const box = make("p", { class: "solutions" }, button(words.learn_solutions, () => {
      for (const row of rows) row.hidden = false;
      box.remove();
      links[0].focus();
      say(words.learn_solutions_shown);
    }, { class: "quiet" }));
    scroll.after(box);
  }
}
