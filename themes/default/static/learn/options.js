// Options: one is chosen and the choice justified before what follows in the same section opens.
import words from "../words.js";
import { button, fill, idOf, make } from "./dom.js";
import { boxAfter, close, focusOn } from "./steps.js";
import { nameOf, sectionOf } from "./place.js";
import { say } from "./say.js";
import { listen, read, update } from "./store.js";

export function startOptions(questions) {
  // From the last to the first: what follows the first holds what follows the second.
  for (const box of [...document.querySelectorAll(".options")].reverse()) start(box, questions);
}

function start(box, questions) {
  const list = box.querySelector(".option-list");
  if (!list) return;
  const section = sectionOf(box);
  const name = nameOf("option", section);
  const radios = makeRadios(box, list, name);

  // A question among the options asks for the reasons already.
  const question = questions.find((found) => box.contains(found.box));
  const reason = question ? null : make("textarea", { rows: "3", autocomplete: "off" });
  if (reason) {
    reason.addEventListener("input", () => update(name, (value) => { value.why = reason.value; }));
    box.append(make("p", { class: "field" }, make("label", { for: idOf(reason) }, words.learn_why), reason));
  }
  const hasReason = () => (question ? question.isDone() : (read(name).why ?? "").trim() !== "");

  const rest = boxAfter(box, "after-options");
  const isOpen = () => read(name).open || (read(name).chosen && hasReason());
  let look = () => {};
  if (!isOpen() && rest.textContent.trim() !== "") look = gate(rest, name, hasReason, isOpen, question);

  const apply = (value) => {
    for (const radio of radios) {
      radio.checked = radio.value === value.chosen;
      radio.closest(".option").toggleAttribute("data-chosen", radio.checked);
    }
    if (reason && reason.value !== (value.why ?? "")) reason.value = value.why ?? "";
    look();
  };
  listen(name, apply);
  question?.onChange(() => look());
  apply(read(name));
}

function makeRadios(box, list, name) {
  const title = box.querySelector(".options-title");
  const group = make("div", { class: "option-group", role: "radiogroup" });
  if (title) group.setAttribute("aria-labelledby", idOf(title));
  list.before(group);
  group.append(list);
  return [...list.querySelectorAll(".option")].map((item) => {
    const label = make("span", { class: "option-text" });
    label.append(...item.childNodes);
    const radio = make("input", {
      type: "radio", name, value: item.dataset.option, "aria-labelledby": idOf(label),
      onchange: () => update(name, (value) => { value.chosen = item.dataset.option; }),
    });
    item.append(radio, label);
    // The whole card can be clicked.
    item.addEventListener("click", ({ target }) => {
      if (target !== radio && !target.closest("a") && getSelection().isCollapsed) radio.click();
    });
    return radio;
  });
}

function gate(rest, name, hasReason, isOpen, question) {
  const text = make("p");
  const note = make("div", { class: "gate" }, text, button(words.learn_open_anyway, () => {
    update(name, (value) => { value.open = true; });
    open();
    focusOn(rest);
  }, { class: "quiet" }));
  const open = close(rest, note);
  return () => {
    if (!note.isConnected) return;
    if (isOpen()) {
      open();
      say(words.learn_options_open);
      return;
    }
    const isChosen = Boolean(read(name).chosen);
    if (isChosen && question) text.textContent = fill(words.learn_options_reason_in, { number: `Q${question.number}` });
    else if (isChosen) text.textContent = words.learn_options_reason;
    else text.textContent = hasReason() ? words.learn_options_choose : words.learn_options_both;
  };
}
