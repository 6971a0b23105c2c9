// The line of a text in which the words were found, and the words in it marked.
import { places } from "./terms.js";

const LENGTH = 150;
const BEFORE = 40;

// A piece of a text around the first place where most of the words stand close together.
export function excerpt(text, found) {
  if (text.length <= LENGTH) return { text, cutStart: false, cutEnd: false };
  const hits = places(text).filter(([, , word]) => found.has(word));
  let best = 0;
  let most = 0;
  for (const [start] of hits) {
    const close = new Set(hits.filter(([at, end]) => at >= start && end <= start + LENGTH - BEFORE).map(([, , word]) => word));
    if (close.size > most) [best, most] = [start, close.size];
  }
  let from = Math.max(0, Math.min(best - BEFORE, text.length - LENGTH));
  if (from > 0) from = text.indexOf(" ", from) + 1;
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = text.lastIndexOf(" ", to);
  if (to <= from) to = Math.min(text.length, from + LENGTH);
  return { text: text.slice(from, to), cutStart: from > 0, cutEnd: to < text.length };
}

// A text as nodes, with <mark> around the words.
export function marked(text, found) {
  const nodes = [];
  let from = 0;
  for (const [start, end, word] of places(text)) {
    if (!found.has(word)) continue;
    if (start > from) nodes.push(text.slice(from, start));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    nodes.push(mark);
    from = end;
  }
  nodes.push(text.slice(from));
  return nodes;
}
