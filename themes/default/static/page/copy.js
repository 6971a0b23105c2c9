// Buttons that copy a command. What is part of a fix has none: learners type it.
import words from "../words.js";

const SHOWN = 2000;

export function addCopyButtons() {
  for (const box of document.querySelectorAll(".code[data-copy]")) {
    box.append(copyButton(box.querySelector("code")));
  }
}

function copyButton(code) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent.trimEnd());
      button.textContent = words.copied;
    } catch {
      // Without permission the text is selected, so that the keyboard can copy it.
      getSelection().selectAllChildren(code);
      button.textContent = words.copy_failed;
    }
    setTimeout(() => { button.textContent = words.copy; }, SHOWN);
  });
  return button;
}
