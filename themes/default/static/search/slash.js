// Whether the key / opens the search. A key without a modifier gets in the way of people who speak to
// their computer, so it can be turned off; Ctrl+K works in any case.
import words from "../words.js";
import { element } from "./element.js";

const KEY = "search-slash";

export function isKeyOn() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function keySwitch() {
  const box = element("input", { type: "checkbox" });
  box.checked = isKeyOn();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "off");
    } catch {
      // Nothing can be kept: the key stays as it is.
      box.checked = true;
    }
  });
  return element("label", { class: "search-slash" }, box, ` ${words.search_slash}`);
}
