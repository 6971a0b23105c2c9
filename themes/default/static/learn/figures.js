// Pictures that open large in a dialog. Escape and the button close it, and the focus goes back. And
// pictures that have not come into view yet: paper shows them all, and a printer does not wait.
import words from "../words.js";
import { button, fill, make, unseen } from "./dom.js";

export function startFigures() {
  fetchWhenIdle();
  for (const figure of document.querySelectorAll("figure.figure")) {
    const image = figure.querySelector("img");
    if (!image) continue;
    const name = figure.querySelector(".figure-label")?.textContent ?? image.alt;
    const open = () => show(figure, image);
    const opener = button("", open, { class: "enlarge" });
    opener.append(words.learn_enlarge, unseen(`: ${name}`));
    image.addEventListener("click", () => {
      opener.focus({ preventScroll: true });
      open();
    });
    image.classList.add("can-enlarge");
    image.after(opener);
  }
}

function show(figure, image) {
  const caption = figure.querySelector("figcaption");
  const large = make("img", { src: image.currentSrc || image.src, alt: image.alt });
  const dialog = make("dialog", { class: "large-figure", "aria-label": fill(words.learn_large, { caption: caption?.textContent.trim() ?? image.alt }) },
    make("div", { class: "large-scroll", tabindex: "0", role: "group", "aria-label": words.learn_picture }, large),
    make("p", { class: "large-foot" }, make("span", {}, caption?.textContent.trim() ?? ""), button(words.learn_close, () => dialog.close(), { autofocus: true })));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
  (document.querySelector("main") ?? document.body).append(dialog);
  dialog.showModal();
}

// They wait until the page itself has loaded. Before printing the rest is asked for at the latest, which
// is soon enough for browsers that wait then.
function fetchWhenIdle() {
  const fetchAll = () => {
    for (const image of document.querySelectorAll("img[loading='lazy']")) image.loading = "eager";
  };
  const later = window.requestIdleCallback ?? ((what) => setTimeout(what, 500));
  if (document.readyState === "complete") later(fetchAll);
  else addEventListener("load", () => later(fetchAll));
  addEventListener("beforeprint", fetchAll);
}
