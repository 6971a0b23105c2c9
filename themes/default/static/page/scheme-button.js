// The button that goes from the system's colour scheme to light, to dark and back.
import words from "../words.js";

const SCHEMES = ["auto", "light", "dark"];
const KEY = "scheme";

function stored() {
  try {
    const scheme = localStorage.getItem(KEY);
    return SCHEMES.includes(scheme) ? scheme : "auto";
  } catch {
    return "auto";
  }
}

function apply(scheme) {
  const root = document.documentElement;
  if (scheme === "auto") delete root.dataset.theme;
  else root.dataset.theme = scheme;
}

export function addSchemeButton() {
  const tools = document.getElementById("tools");
  if (!tools) return;
  let scheme = stored();
  const button = document.createElement("button");
  button.type = "button";
  const show = () => { button.textContent = `${words.theme}: ${words[`theme_${scheme}`]}`; };
  button.addEventListener("click", () => {
    scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // Then the choice lasts for this page.
    }
    apply(scheme);
    show();
  });
  show();
  tools.append(button);
}
