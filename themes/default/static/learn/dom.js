// Making elements, words with values in them, and the plain text of a part of the page.

// An element: attributes as they stand in HTML, `onclick` and the like as functions.
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, text);
}

// Words that only a screen reader says.
export function unseen(text) {
  return make("span", { class: "visually-hidden" }, text);
}

// "{done} of {count}" with its values.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

let last = 0;

// The node's id; one is made up if it has none.
export function idOf(node) {
  if (!node.id) {
    last += 1;
    node.id = `learn-${last}`;
  }
  return node.id;
}

const MADE = "button, input, textarea, .rating, .visually-hidden, .rating-sum, .dash";
const BLOCK = /^(?:P|DIV|UL|OL|LI|PRE|FIGURE|FIGCAPTION|TABLE|TR|BLOCKQUOTE|SECTION|DETAILS|H[1-6])$/;

function pieces(node, out) {
  if (node.nodeType === Node.TEXT_NODE) {
    out.push(node.parentElement.closest("pre") ? node.data : node.data.replace(/\s+/g, " "));
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(MADE)) return;
  const isBlock = BLOCK.test(node.tagName);
  if (isBlock) out.push("\n");
  if (node.tagName === "LI") out.push("- ");
  for (const child of node.childNodes) pieces(child, out);
  if (node.tagName === "TD" || node.tagName === "TH") out.push(" | ");
  if (isBlock) out.push("\n");
}

// The words of a part of the page, a line for each paragraph and item, without controls.
export function plainText(node) {
  const out = [];
  pieces(node, out);
  return out.join("").replace(/ *\n */g, "\n").replace(/\n{2,}/g, "\n").replace(/- \n/g, "- ").trim();
}
