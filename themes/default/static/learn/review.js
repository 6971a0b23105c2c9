// A question with the learner's answer and the rubric as a request that any AI can be given. Nothing
// is sent from here: the words go to the clipboard.
import words from "../words.js";
import { button, fill, make, plainText } from "./dom.js";
import { placeTitle } from "./place.js";

// A field's words under its label.
function lineOf(field) {
  const label = field.labels?.[0] ? plainText(field.labels[0]) : field.getAttribute("aria-label");
  if (field.type === "checkbox") return `- [${field.checked ? "x" : " "}] ${label}`;
  return `${label} ${field.value}`;
}

function answerOf({ fields }) {
  return fields.length === 1 ? fields[0].value.trim() : fields.map(lineOf).join("\n");
}

export function reviewRequest(question) {
  const rubric = question.box.querySelector(".rubric");
  const parts = [
    fill(words.learn_review_task, { title: placeTitle() }),
    `## ${words.learn_review_question}\n\n${plainText(question.box.querySelector(".question-prompt"))}`,
    `## ${words.learn_review_answer}\n\n${answerOf(question)}`,
  ];
  if (rubric) parts.push(`## ${words.learn_review_rubric}\n\n${plainText(rubric)}`);
  parts.push(rubric ? words.learn_review_how : words.learn_review_how_plain);
  return `${parts.join("\n\n")}\n`;
}

export function offerReview(question) {
  const status = make("p", { class: "review-status", role: "status" });
  const copy = button(words.learn_review, async () => {
    const text = reviewRequest(question);
    box.querySelector("textarea")?.remove();
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = words.learn_review_copied;
    } catch {
      const field = make("textarea", { rows: "8", readonly: true, "aria-label": words.learn_review });
      field.value = text;
      box.append(field);
      field.focus();
      field.select();
      status.textContent = words.learn_review_by_hand;
    }
  }, { class: "quiet" });
  const box = make("div", { class: "review" }, copy, status);
  const answer = question.box.querySelector(":scope > .answer, :scope > .planted");
  if (answer) answer.before(box);
  else question.box.append(box);
  // There is nothing to review before there is an answer.
  question.onChange(() => { box.hidden = !question.hasWords(); });
}
