// What a learner works with on the page of a scenario or of a tutorial. The order matters: questions
// first, since steps and options wait for them, and the address last, when everything has its place.
import { startChanges } from "./changes.js";
import { startHints, startStuck } from "./help.js";
import { startOptions } from "./options.js";
import { startOutline } from "./outline.js";
import { carryOver, place } from "./place.js";
import { startQuestions } from "./questions.js";
import { startResults } from "./results.js";
import { followAddress, startSteps } from "./steps.js";

if (place) {
  carryOver();
  startResults();
  const questions = startQuestions();
  startOptions(questions);
  startSteps(questions);
  startHints();
  startChanges();
  startStuck();
  startOutline(questions);
  followAddress();
  addEventListener("hashchange", followAddress);
  // A link to the place where one is already leads there again, should it have closed.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) followAddress({ type: "click" });
  });
  // On paper a field is as tall as what is written in it.
  addEventListener("beforeprint", () => {
    for (const field of document.querySelectorAll("textarea")) {
      if (field.value) field.style.height = `${field.scrollHeight + 4}px`;
    }
  });
}
