// The corpus *course*: one whole exercise per page, with an app of several files, three fixes, metrics, a
// dashboard, load tests, questions and diagrams. All come from one template, `exercise/`, in which names
// and paragraphs differ from page to page: `<<thing>>` is a name that no other page has, `<<words 90>>`
// a paragraph of at least so many words.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Dice } from './dice.mjs';
import { id, writeFrame, writerInto } from './frame.mjs';
import { paragraph } from './text.mjs';

const TEMPLATE = join(import.meta.dirname, 'exercise');
const SYLLABLES = [...'bdfgklmnprstvz'].flatMap((first) => [...'aeiou'].map((second) => first + second));

// Nothing of it has ever run, so nothing is recorded; and words that stand together by chance may be a term.
const LINT = `lint:
  levels: {rehearsal/not-recorded: off, pedagogy/jargon-before-explained: off}
`;

/** Writes a course of `count` exercises into the folder `out`, which is emptied first. */
export function writeCourse(count, out) {
  const write = writerInto(out);
  const files = templateFiles();
  for (let at = 0; at < count; at += 1) {
    const fill = filler(at, count);
    for (const [path, text] of files) write(`content/scenarios/${id(at)}/${path}`, fill(text));
  }
  writeFrame(write, { count, concepts: conceptsFile(count), scaffolding: 'high', lint: LINT });
}

function templateFiles() {
  const entries = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => [relative(TEMPLATE, path), readFileSync(path, 'utf8')]);
}

/** Four syllables, different for every number: a stride that shares no factor with their count. */
function name(number) {
  let rest = (number * 7919 + 1234567) % SYLLABLES.length ** 4;
  return Array.from({ length: 4 }, () => {
    const syllable = SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
    return syllable;
  }).join('');
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

function filler(at, count) {
  const dice = new Dice(at);
  const [thing, place] = [name(2 * at), name(2 * at + 1)];
  const values = {
    thing,
    Thing: capital(thing),
    place,
    next: id((at + 1) % count),
    other: id((at + 7) % count),
  };
  return (text) =>
    text.replace(/<<(\w+)(?: (\d+))?>>/g, (whole, key, number) => {
      if (key === 'words') return paragraph(dice, Number(number));
      if (!(key in values)) throw new Error(`the template has ${whole}`);
      return values[key];
    });
}

function conceptsFile(count) {
  const entry = (at) => {
    const thing = name(2 * at);
    return `  - id: ${thing}-bookmark
    name: ${thing} bookmark
    summary: Asking for the rows that follow the last ${thing} you saw.
    terms: [${thing} bookmark]
`;
  };
  return `concepts:\n${Array.from({ length: count }, (_, at) => entry(at)).join('')}`;
}
