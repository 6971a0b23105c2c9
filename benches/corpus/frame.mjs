// What stands around the scenarios of a corpus: modules of sixteen, twenty of them in a track.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PER_GROUP = 16;
const GROUPS_PER_TRACK = 20;

/** A scenario's id. */
export const id = (at) => `page-${String(at + 1).padStart(4, '0')}`;

/** Empties a folder. Gives what writes files into it. */
export function writerInto(folder) {
  rmSync(folder, { recursive: true, force: true });
  return (path, text) => {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  };
}

/** Writes course.yml, tracks and concepts around `count` scenarios. */
export function writeFrame(write, { count, concepts = 'concepts: []\n', scaffolding = 'low', lint = '' }) {
  const groups = Math.ceil(count / PER_GROUP);
  const tracks = Math.ceil(groups / GROUPS_PER_TRACK);
  for (let track = 0; track < tracks; track += 1) {
    const first = track * GROUPS_PER_TRACK;
    const own = Array.from({ length: Math.min(GROUPS_PER_TRACK, groups - first) }, (_, at) => first + at);
    write(`content/tracks/track-${track + 1}.yml`, trackFile(track, own, count));
  }
  write('content/concepts.yml', concepts);
  write('content/course.yml', courseFile(tracks, scaffolding, lint));
}

function courseFile(tracks, scaffolding, lint) {
  const ids = Array.from({ length: tracks }, (_, at) => `track-${at + 1}`).join(', ');
  return `title: A course to measure with
tagline: Many pages of the same length.
about: Its words mean nothing.
repository: owner/pages
site: https://example.org/pages/
tiers:
  - {id: only, name: Only, scaffolding: ${scaffolding}, summary: There is one.}
tracks: [${ids}]
${lint}`;
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
