// Results as options of a list box, grouped by what they are.
import words from "../words.js";
import { element } from "./element.js";
import { excerpt, marked } from "./excerpt.js";

// How many of a group are shown before somebody asks for all.
const SHOWN = 5;

// Documents by their kind; the group with the best one first.
export function group(hits) {
  const groups = new Map();
  for (const hit of hits) {
    if (!groups.has(hit.kind)) groups.set(hit.kind, []);
    groups.get(hit.kind).push(hit);
  }
  return groups;
}

// A group with its options. `open` says whether all of them are shown.
export function groupElement(kind, hits, open, root) {
  const id = `search-group-${kind}`;
  const box = element("div", { class: "search-group", role: "group", "aria-labelledby": id });
  const shown = open ? hits : hits.slice(0, SHOWN);
  box.append(element("div", { class: "search-group-name", id }, words[`search_in_${kind}`]));
  box.append(...shown.map((hit) => option(hit, root)));
  if (shown.length < hits.length) box.append(moreOption(kind, hits.length - shown.length));
  return box;
}

function option(hit, root) {
  const found = new Set(hit.terms);
  const isQuestion = hit.kind === "question";
  const name = hit.title || hit.heading || hit.question || hit.of?.title || hit.id;
  const href = root + (hit.anchor === "main" ? hit.page : hit.id);
  const title = element("span", { class: "search-title" }, ...(isQuestion ? cut(name, found) : marked(name, found)));
  const attributes = { class: "search-option", role: "option", tabindex: "-1", href, "aria-selected": "false", "data-kind": hit.kind };
  const link = element("a", attributes, title);
  const place = where(hit);
  if (place.length > 0) link.append(" ", element("span", { class: "search-where" }, ...place));
  const text = isQuestion ? "" : contextOf(hit);
  if (text) link.append(" ", element("span", { class: "search-context" }, ...cut(text, found)));
  return link;
}

// "Scenario 4 · Diagnosing failures · Step 2", without what the result's own name says.
function where(hit) {
  const isPage = hit.anchor === undefined || hit.anchor === "main";
  const of = hit.of ?? hit;
  const place = (isPage ? [of.label] : [of.label, of.title, hit.label]).filter(Boolean).join(" · ");
  if (!of.status) return place ? [place] : [];
  const status = element("span", { class: "status", "data-status": of.status }, words[`status_${of.status}`]);
  return [place, " ", status];
}

// The text of a document, around the words. A concept may have been found by another name alone.
function contextOf(hit) {
  const fields = Object.values(hit.match).flat();
  return hit.kind === "concept" && fields.every((field) => field === "heading") ? hit.heading : hit.text;
}

function cut(text, found) {
  const piece = excerpt(text, found);
  return [piece.cutStart ? "… " : "", ...marked(piece.text, found), piece.cutEnd ? " …" : ""];
}

function moreOption(kind, count) {
  const attributes = { class: "search-option search-more", role: "option", "aria-selected": "false", "data-more": kind };
  return element("div", attributes, words.search_more.replace("{count}", count));
}
