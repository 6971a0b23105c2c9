// The corpus *pages*: one scenario per page, as long as the peers' pages are: about 3,100 words,
// 12 headings, 8 highlighted blocks of 20 lines, 2 tables, a diagram, 6 links to other pages.
// The same page number gives the same page on every machine.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeBlock } from './code.mjs';
import { picture } from './picture.mjs';
import { Dice } from './dice.mjs';
import { paragraph, sentence, words } from './text.mjs';

const PER_GROUP = 16;
const GROUPS_PER_TRACK = 20;
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

const id = (at) => `page-${String(at + 1).padStart(4, '0')}`;

/** Writes a course of `count` pages into the folder `out`, which is emptied first. */
export function writePages(count, out) {
  rmSync(out, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  };
  for (let at = 0; at < count; at += 1) {
    write(`content/scenarios/${id(at)}/scenario.yml`, manifest(at));
    write(`content/scenarios/${id(at)}/scenario.md`, page(at, count));
    write(`content/scenarios/${id(at)}/diagrams/parts.svg`, picture(at));
  }
  const groups = Math.ceil(count / PER_GROUP);
  const tracks = Math.ceil(groups / GROUPS_PER_TRACK);
  for (let track = 0; track < tracks; track += 1) {
    const first = track * GROUPS_PER_TRACK;
    const own = Array.from({ length: Math.min(GROUPS_PER_TRACK, groups - first) }, (_, at) => first + at);
    write(`content/tracks/track-${track + 1}.yml`, trackFile(track, own, count));
  }
  write('content/concepts.yml', 'concepts: []\n');
  write('content/course.yml', courseFile(tracks));
}

function courseFile(tracks) {
  const ids = Array.from({ length: tracks }, (_, at) => `track-${at + 1}`).join(', ');
  return `title: A course to measure with
tagline: Many pages of the same length.
about: Its words mean nothing.
repository: owner/pages
site: https://example.org/pages/
tiers:
  - {id: only, name: Only, scaffolding: low, summary: There is one.}
tracks: [${ids}]
`;
}

function trackFile(track, groups, count) {
  const lines = [`title: Track ${track + 1}`, 'folder: "{id}"', 'summary: Pages one after the other.', 'before: Nothing.', 'groups:'];
  for (const group of groups) {
    lines.push(`  - id: group-${group + 1}`, `    name: Group ${group + 1}`, '    tier: only');
    lines.push('    goal: Sixteen pages.', '    scenarios:');
    for (let at = group * PER_GROUP; at < Math.min(count, (group + 1) * PER_GROUP); at += 1) {
      lines.push(`      - {id: ${id(at)}}`);
    }
  }
  return lines.join('\n') + '\n';
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
