// What happened, for those who do not see it: one quiet live region. And one notice that everybody
// sees, for what concerns the whole visit.
import words from "../words.js";
import { button, make } from "./dom.js";

let region;
let waiting = [];

function main() {
  return document.querySelector("main") ?? document.body;
}

// Says it when the reader has finished what it is saying.
export function say(text) {
  if (!region) {
    region = make("p", { class: "visually-hidden", role: "status" });
    main().append(region);
  }
  waiting.push(text);
  // A region is read when its text changes, and only if it was there before.
  setTimeout(() => {
    if (waiting.length === 0) return;
    region.textContent = waiting.join(" ");
    waiting = [];
  }, 80);
}

// Shown until it is closed.
export function notice(text) {
  const box = make("div", { class: "notice", role: "status" });
  main().append(box);
  setTimeout(() => {
    box.append(make("p", {}, text), button(words.learn_close, () => box.remove()));
  }, 80);
}
