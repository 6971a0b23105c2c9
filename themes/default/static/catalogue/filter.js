// Filters the entries of the catalogue. What is asked for stands in the address, so that it can be
// shared, kept, and found again on the way back.
import words from "../words.js";
import { choices, matches, wanted } from "./match.js";

// The address may not be written for each letter: some browsers refuse after a hundred times.
const PAUSE = 200;

// As many entries can be read through; of more, each shows the beginning of its summary.
const FEW = 40;

function start() {
  const list = document.getElementById("catalogue");
  const template = document.getElementById("filter-template");
  if (!list || !template) return;
  list.before(template.content.cloneNode(true));
  const box = document.querySelector(".filter");
  const more = box.querySelector(".filter-more button");
  const status = box.querySelector("[role=status]");
  const clear = box.querySelector(".filter-clear");
  const tracks = [...list.querySelectorAll(".entries-of")];
  const entries = [...list.querySelectorAll(".entry")].map((element) => readEntry(element));
  // What an option is called without its count.
  const names = new Map([...box.querySelectorAll("option")].map((option) => [option, option.textContent]));
  let pause;

  const fields = () => [...box.querySelectorAll("input, select")];

  function read() {
    return Object.fromEntries(fields().map((field) => [field.name, field.value.trim()]));
  }

  function apply() {
    const filter = read();
    const found = entries.filter((entry) => matches(entry, filter));
    const kept = new Set(found);
    for (const entry of entries) entry.element.hidden = !kept.has(entry);
    for (const track of tracks) track.hidden = track.querySelector(".entry:not([hidden])") === null;
    for (const select of box.querySelectorAll("select")) countOptions(select, filter);
    list.toggleAttribute("data-many", found.length > FEW);
    const asked = Object.values(filter).some(Boolean);
    clear.hidden = !asked;
    const count = words.catalogue_found.replace("{count}", found.length).replace("{all}", entries.length);
    status.textContent = found.length > 0 ? count : `${words.catalogue_none} ${count}`;
  }

  // Behind each choice: how many entries it would leave, with everything else as it is.
  function countOptions(select, filter) {
    const others = { ...filter, [select.name]: "" };
    const open = entries.filter((entry) => matches(entry, others));
    for (const option of select.options) {
      if (!option.value) continue;
      const count = open.filter((entry) => matches(entry, { [select.name]: option.value })).length;
      option.textContent = `${names.get(option)} (${count})`;
    }
  }

  function keep() {
    const asked = Object.entries(read()).filter(([, value]) => value);
    const query = new URLSearchParams(asked).toString();
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    history.replaceState(history.state, "", address);
  }

  function changed() {
    apply();
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE);
  }

  function restore() {
    const query = new URLSearchParams(location.search);
    for (const field of fields()) {
      const value = query.get(field.name) ?? "";
      field.value = field instanceof HTMLSelectElement && !choices(field).includes(value) ? "" : value;
    }
    unfold([...box.querySelectorAll("select")].some((select) => select.value));
    apply();
  }

  // On a small screen the choices wait until they are asked for; else the button is not there.
  function unfold(open) {
    more.setAttribute("aria-expanded", String(open));
    box.toggleAttribute("data-unfolded", open);
  }

  more.addEventListener("click", () => unfold(more.getAttribute("aria-expanded") !== "true"));
  box.addEventListener("input", changed);
  clear.addEventListener("click", () => {
    for (const field of fields()) field.value = "";
    changed();
    box.querySelector("input").focus();
  });
  // Whoever follows a link before the pause is over finds the filter again, too.
  list.addEventListener("click", keep);
  addEventListener("popstate", restore);
  restore();
}

function readEntry(element) {
  const { status, kind, level, minutes, concepts } = element.dataset;
  return {
    element,
    text: wanted(element.textContent),
    track: element.closest("[data-track]")?.dataset.track,
    status,
    kind,
    tier: level,
    minutes: minutes ? Number(minutes) : undefined,
    concepts: concepts.split(" "),
  };
}

start();
