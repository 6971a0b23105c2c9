// The button of the search, its keys, and the empty dialog. The rest is loaded when it is first opened.
import words from "../words.js";
import { element } from "./element.js";
import { isKeyOn, keySwitch } from "./slash.js";

let shell;
let loading;

function makeShell() {
  const field = element("input", {
    type: "text",
    id: "search-field",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "go",
    placeholder: words.search_placeholder,
    "aria-label": words.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "search-list",
  });
  const list = element("div", {
    id: "search-list",
    class: "search-list",
    role: "listbox",
    hidden: "",
    "aria-label": words.search_results,
    "aria-busy": "true",
  });
  const status = element("p", { class: "search-status", role: "status" }, words.search_hint);
  const button = element("button", { type: "button", class: "search-close" }, words.search_close);
  const dialog = element("dialog", { id: "search", class: "search", "aria-label": words.search },
    element("div", { class: "search-head" }, field, button),
    status,
    list,
    element("div", { class: "search-foot" }, element("p", { class: "search-keys" }, words.search_keys), keySwitch()));
  button.addEventListener("click", () => dialog.close());
  // A click beside the dialog arrives at the dialog itself.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return { dialog, field, list, status };
}

async function openSearch() {
  shell ??= makeShell();
  if (!shell.dialog.open) shell.dialog.showModal();
  shell.field.focus();
  shell.field.select();
  if (location.protocol === "file:") {
    shell.status.textContent = words.search_needs_site;
    return;
  }
  try {
    loading ??= import("./combobox.js").then(({ Combobox }) => new Combobox(shell, document.documentElement.dataset.root ?? "./"));
    (await loading).update();
  } catch {
    // It is tried again the next time.
    loading = undefined;
    shell.status.textContent = words.search_failed;
  }
}

function isField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const isChord = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isField(event.target) && isKeyOn();
  if (!isChord && !isSlash) return;
  const open = document.querySelector("dialog[open]");
  if (open && open !== shell?.dialog) return;
  event.preventDefault();
  openSearch();
}

export function addSearch() {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const button = element("button", {
    type: "button",
    class: "search-button",
    "aria-haspopup": "dialog",
    "aria-keyshortcuts": "/ Control+K Meta+K",
  }, words.search, " ", element("kbd", { "aria-hidden": "true" }, "/"));
  button.addEventListener("click", openSearch);
  tools.prepend(button);
  document.addEventListener("keydown", onKey);
}
