// What happens while somebody types: asks the engine, shows the results, moves through them by keys.
// The field keeps the focus; `aria-activedescendant` says which result is meant.
import words from "../words.js";
import { Engine } from "./engine.js";
import { group, groupElement } from "./results.js";

// Screen readers hear how many there are when the typing pauses.
const PAUSE = 400;

export class Combobox {
  #shell;
  #root;
  #engine;
  // Resolves when pages can be found.
  #opening;
  #ready = false;
  #active = -1;
  // Groups that are shown in full, for the query that is shown.
  #opened = new Set();
  #query;
  #pause;

  // `shell` is what open.js made; `root` leads to the site.
  constructor(shell, root) {
    this.#shell = shell;
    this.#root = root;
    this.#engine = new Engine(root);
    const { field, list } = shell;
    field.addEventListener("input", () => this.update());
    field.addEventListener("keydown", (event) => this.#onKey(event));
    list.addEventListener("mousedown", (event) => { if (event.button === 0) event.preventDefault(); });
    list.addEventListener("click", (event) => this.#onClick(event));
    list.addEventListener("pointermove", (event) => {
      const at = this.#options().indexOf(event.target.closest("[role=option]"));
      if (at >= 0 && at !== this.#active) this.#select(at);
    });
  }

  // Shows what fits now, and loads what is missing. What could not be loaded is tried again.
  async update() {
    this.#show();
    try {
      this.#opening ??= this.#engine.open();
      await this.#opening;
    } catch {
      this.#opening = undefined;
      this.#say(words.search_failed);
      return;
    }
    if (!this.#ready) {
      this.#ready = true;
      this.#show();
    }
    if (!this.#typed()) return;
    try {
      // The texts come behind; what is chosen meanwhile stays chosen by its place.
      await this.#engine.openAll(() => this.#show(Math.max(this.#active, 0)));
      this.#shell.list.setAttribute("aria-busy", "false");
    } catch {
      this.#say(words.search_partly);
    }
  }

  #typed() {
    return this.#shell.field.value.trim();
  }

  #options() {
    return [...this.#shell.list.querySelectorAll("[role=option]")];
  }

  #say(text) {
    clearTimeout(this.#pause);
    this.#shell.status.textContent = text;
  }

  #show(chosen = 0) {
    const { field, list } = this.#shell;
    const query = this.#typed();
    if (query !== this.#query) this.#opened.clear();
    this.#query = query;
    const hits = query && this.#ready ? this.#engine.search(query) : [];
    const groups = [...group(hits)];
    list.replaceChildren(...groups.map(([kind, found]) => groupElement(kind, found, this.#opened.has(kind), this.#root)));
    const options = this.#options();
    options.forEach((option, at) => { option.id = `search-option-${at}`; });
    list.hidden = options.length === 0;
    field.setAttribute("aria-expanded", String(options.length > 0));
    this.#active = -1;
    this.#select(Math.min(chosen, options.length - 1));
    if (chosen === 0) list.scrollTop = 0;
    this.#sayCount(query, hits.length);
  }

  #sayCount(query, count) {
    clearTimeout(this.#pause);
    if (!query) this.#say(words.search_hint);
    else if (!this.#ready) this.#say(words.search_loading);
    else this.#pause = setTimeout(() => this.#say(inWords(count)), PAUSE);
  }

  #select(at) {
    const options = this.#options();
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = options.length === 0 ? -1 : (at + options.length) % options.length;
    const option = options[this.#active];
    option?.setAttribute("aria-selected", "true");
    if (option) this.#shell.field.setAttribute("aria-activedescendant", option.id);
    else this.#shell.field.removeAttribute("aria-activedescendant");
    return option;
  }

  #choose(option) {
    if (option?.dataset.more) {
      this.#opened.add(option.dataset.more);
      this.#show(this.#options().indexOf(option));
    } else {
      option?.click();
    }
  }

  #onKey(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#select(this.#active + step)?.scrollIntoView({ block: "nearest" });
      if (this.#active === 0) this.#shell.list.scrollTop = 0;
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#choose(this.#options()[this.#active]);
    }
  }

  // A link leads on by itself; what is opened in another tab leaves the search open.
  #onClick(event) {
    const option = event.target.closest("[role=option]");
    if (option?.dataset.more) this.#choose(option);
    else if (option && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#shell.dialog.close();
  }
}

function inWords(count) {
  if (count === 0) return words.search_none;
  return count === 1 ? words.search_one : words.search_many.replace("{count}", count);
}
