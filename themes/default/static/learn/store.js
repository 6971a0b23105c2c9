// What a learner wrote, in this browser and nowhere else: one key for each thing, JSON in each, the
// course in front. Storage that is blocked or full, values that are damaged, a second tab and ids
// that have changed are dealt with here, so that nothing else needs to.
import words from "../words.js";
import { notice } from "./say.js";
import { checkValue, isEmpty, parseName } from "./shapes.js";

export const course = document.documentElement.dataset.course ?? "";
const PREFIX = `scenarist/${course}/`;
const DAMAGED = `scenarist-damaged/${course}/`;

// What could not be stored, for as long as the page is open.
const memory = new Map();
const listeners = new Map();
let told = false;

function area() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function rawItem(key) {
  try {
    return area()?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

// Whether it is stored now.
function setItem(key, text) {
  try {
    area().setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function tellOnce() {
  if (told) return;
  told = true;
  notice(words.learn_not_stored);
}

// The value of a thing; an empty object if there is none.
export function read(name) {
  if (memory.has(name)) return structuredClone(memory.get(name));
  const raw = rawItem(PREFIX + name);
  const kind = parseName(name)?.kind;
  if (raw === null || !kind) return {};
  let value;
  try {
    value = JSON.parse(raw);
  } catch {
    keepDamaged(name, raw, {});
    return {};
  }
  const { clean, faults } = checkValue(kind, value);
  if (faults.length > 0) keepDamaged(name, raw, clean);
  return clean;
}

// Somebody may still want what cannot be read: it moves to a key of its own.
function keepDamaged(name, raw, rest) {
  const isKept = rawItem(DAMAGED + name) === raw || setItem(DAMAGED + name, raw);
  if (!isKept) memory.set(name, rest);
  else if (isEmpty(rest)) removeItem(PREFIX + name);
  else setItem(PREFIX + name, JSON.stringify(rest));
}

function removeItem(key) {
  try {
    area()?.removeItem(key);
  } catch {
    // Then it stays.
  }
}

// Replaces a value; whether it will be there after a reload.
export function write(name, value) {
  if (isEmpty(value)) {
    remove(name);
    return true;
  }
  const isStored = setItem(PREFIX + name, JSON.stringify(value));
  if (isStored) memory.delete(name);
  else {
    memory.set(name, structuredClone(value));
    tellOnce();
  }
  tell(name);
  return isStored;
}

// Changes part of a value. What another tab has stored in the meantime stays.
export function update(name, change) {
  const value = read(name);
  change(value);
  value.at = Date.now();
  write(name, value);
}

export function remove(name) {
  memory.delete(name);
  removeItem(PREFIX + name);
  tell(name);
}

function keysBelow(prefix) {
  const found = [];
  try {
    const all = area();
    for (let at = 0; at < (all?.length ?? 0); at += 1) {
      const key = all.key(at);
      if (key.startsWith(prefix)) found.push(key.slice(prefix.length));
    }
  } catch {
    // Blocked: there is only what this page holds.
  }
  return found;
}

// The names of everything that is kept of this course, in order.
export function names() {
  return [...new Set([...keysBelow(PREFIX), ...memory.keys()])].filter(parseName).sort();
}

// What could not be read, as it was: name and text.
export function damaged() {
  return keysBelow(DAMAGED).map((name) => [name, rawItem(DAMAGED + name) ?? ""]);
}

// Removes everything of this course, and nothing of another.
export function eraseAll() {
  for (const name of keysBelow(PREFIX)) removeItem(PREFIX + name);
  for (const name of keysBelow(DAMAGED)) removeItem(DAMAGED + name);
  memory.clear();
  for (const name of listeners.keys()) tell(name);
}

// Calls back when a value changes, here or in another tab.
export function listen(name, callback) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(callback);
}

function tell(name) {
  for (const callback of [...(listeners.get(name) ?? []), ...(listeners.get("*") ?? [])]) callback(read(name), name);
}

addEventListener("storage", ({ key, storageArea }) => {
  if (storageArea !== area()) return;
  if (key === null) for (const name of listeners.keys()) tell(name);
  else if (key.startsWith(PREFIX)) tell(key.slice(PREFIX.length));
});

// A page that comes back by the Back button may have missed changes.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const name of listeners.keys()) tell(name);
});

// Carries a value over to its new name. One that is there already is not touched.
export function rename(from, to) {
  const isThere = memory.has(to) || rawItem(PREFIX + to) !== null;
  const value = read(from);
  if (isThere || isEmpty(value)) return;
  if (write(to, value)) remove(from);
}

// The same for everything of a scenario.
export function renamePlace(from, to) {
  for (const name of names()) {
    if (name.startsWith(`${from}/`)) rename(name, to + name.slice(from.length));
  }
}
