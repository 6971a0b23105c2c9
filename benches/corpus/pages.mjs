// The corpus *pages*: one scenario per page, as long as the peers' pages are: about 3,100 words,
// 12 headings, 8 highlighted blocks of 20 lines, 2 tables, a diagram, 6 links to other pages.
// The same page number gives the same page on every machine.

import { codeBlock } from './code.mjs';
import { Dice } from './dice.mjs';
import { id, writeFrame, writerInto } from './frame.mjs';
import { picture } from './picture.mjs';
import { paragraph, sentence, words } from './text.mjs';

const HEADINGS = [
  'What there is', 'The first design', 'Where it hurts', 'A guess', 'What the figures say', 'One change',
  'Measured again', 'What it costs', 'When it fails', 'If you are stuck', 'What is still open', 'Looking back',
];
const LANGUAGES = ['js', 'sql', 'bash', 'yaml', 'js', 'sql', 'bash', 'yaml'];
const WITH_CODE = [0, 1, 2, 4, 5, 6, 8, 11];
const TITLES = [
  'An index', 'A stampede', 'A limit', 'A queue that grows', 'A replica', 'A counter in parts', 'A payment twice',
  'A hot shard', 'A pool', 'A breaker', 'A feed', 'A search box',
];

/** Writes a course of `count` pages into the folder `out`, which is emptied first. */
export function writePages(count, out) {
  const write = writerInto(out);
  for (let at = 0; at < count; at += 1) {
    write(`content/scenarios/${id(at)}/scenario.yml`, manifest(at));
    write(`content/scenarios/${id(at)}/scenario.md`, page(at, count));
    write(`content/scenarios/${id(at)}/diagrams/parts.svg`, picture(at));
  }
  writeFrame(write, { count });
}

function manifest(at) {
  return `title: ${TITLES[at % TITLES.length]} ${at + 1}
kind: case-study
status: ready
minutes: 30
about: A system with ${(at % 7) + 2} parts
summary: Page ${at + 1} of many.
teaches: [What page ${at + 1} says]
`;
}

function page(at, count) {
  const dice = new Dice(at);
  const out = [];
  const links = [1, 7, 13, 29, 31, 5].map((step) => id((at + step) % count));
  let blocks = 0;
  HEADINGS.forEach((heading, index) => {
    const level = [3, 6, 9, 11].includes(index) ? '###' : '##';
    out.push(`${level} ${heading}${index === 0 ? ' {.situation}' : ''}`, paragraph(dice, 78));
    if (index % 2 === 0) {
      out.push(`Hold it beside [](scenario:${links[index / 2]}) first. ${paragraph(dice, 30)}`);
    }
    if (index === 0) {
      out.push(`![The parts of page ${at + 1}: boxes with lines between them](diagrams/parts.svg "The parts"){#parts}`);
    }
    if (index === 4 || index === 9) out.push(table(dice));
    if (WITH_CODE.includes(index)) {
      out.push(codeBlock(dice, LANGUAGES[blocks]));
      blocks += 1;
    }
    if ([3, 7, 10].includes(index)) {
      out.push(Array.from({ length: 6 }, (_, item) => `${item + 1}. ${sentence(dice)}`).join('\n'));
    }
    if (index === 5 || index === 8) out.push(Array.from({ length: 3 }, () => `> ${sentence(dice)}`).join('\n'));
    out.push(paragraph(dice, 80));
  });
  return out.join('\n\n') + '\n';
}

function table(dice) {
  const row = (cell) => `| ${Array.from({ length: 4 }, cell).join(' | ')} |`;
  const rows = Array.from({ length: 6 }, () => row(() => words(dice, 4)));
  return [row(() => words(dice, 1)), row(() => '---'), ...rows].join('\n');
}
