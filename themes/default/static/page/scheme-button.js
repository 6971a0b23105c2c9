// The button that goes from the system's color scheme to light, to dark and back.
import words from "../words.js";
import { icon } from "./icon.js";

// A half-filled disc, a sun, a moon.
const SCHEMES = {
  auto: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18M12 6.5h5.5M12 12h8.5M12 17.5h5.5",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.3 1.3M17.7 17.7 19 19M5 19l1.3-1.3M17.7 6.3 19 5",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
};
const ORDER = Object.keys(SCHEMES);
const KEY = "scheme";

function stored() {
  try {
    const scheme = localStorage.getItem(KEY);
    return ORDER.includes(scheme) ? scheme : "auto";
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
  button.className = "scheme";
  const show = () => {
    const name = `${words.theme}: ${words[`theme_${scheme}`]}`;
    button.setAttribute("aria-label", name);
    button.title = name;
    button.replaceChildren(icon(SCHEMES[scheme]));
  };
  button.addEventListener("click", () => {
    scheme = ORDER[(ORDER.indexOf(scheme) + 1) % ORDER.length];
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
