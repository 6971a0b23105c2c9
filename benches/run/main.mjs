#!/usr/bin/env node
// Measures this program beside its peers, in one run on one machine: `scripts/bench --help`.

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CORPORA } from '../corpus/corpora.mjs';
import { measureOurs, ours } from './ours.mjs';
import { installedPeers, measurePeer } from './peers.mjs';
import { printTable } from './table.mjs';

const HELP = `usage: scripts/bench [--corpus pages|course] [--pages N]… [--runs N] [--json] [--program FILE]
                     [--peers FOLDER] [--generator FILE]

Writes courses of N pages (320 if not given), builds them with this program and with every peer that is
installed, and prints medians and ratios. Everything happens in memory (/dev/shm) where there is such a
place. Times differ from machine to machine and from hour to hour; ratios of one run hardly do.

  --corpus NAME     pages: text, code, tables and a diagram, as long as the peers' (the default)
                    course: whole exercises, each with an app, an environment and three fixes; peers have
                    nothing like it, so it is built beside as many bare pages
  --pages N         how many pages; may be given several times
  --runs N          how often each build is timed (3); with 1, a single edit is timed, too
  --json            one JSON document in place of the table
  --program FILE    the program to measure (target/release/scenarist, built if it is not there)
  --peers FOLDER    where peers are installed (BENCH_HOME, else ~/bench-peers)
  --generator FILE  what writes the peers' pages (gen.py); without it, peers are left out`;

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'pages' },
    pages: { type: 'string', multiple: true, default: ['320'] },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    program: { type: 'string' },
    peers: { type: 'string', default: process.env.BENCH_HOME ?? join(process.env.HOME ?? '', 'bench-peers') },
    generator: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const { corpus } = values;
const counts = values.pages.map(Number);
const runs = Number(values.runs);
if (!Object.hasOwn(CORPORA, corpus) || ![...counts, runs].every((number) => Number.isInteger(number) && number > 0)) {
  console.error(HELP);
  process.exit(2);
}
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = join(memory, `scenarist-bench-${process.pid}`);
mkdirSync(folder);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
const results = [];
const program = ours(values.program);
for (const pages of counts) {
  const result = { corpus, pages, ours: await measureOurs({ program, corpus, pages, runs, folder }) };
  for (const peer of corpus === 'pages' ? installedPeers(values.peers, values.generator) : []) {
    result[peer] = measurePeer({ peer, pages, runs, folder, home: values.peers, generator: values.generator });
  }
  results.push(result);
}
console.log(values.json ? JSON.stringify(results.length === 1 ? results[0] : results, null, 2) : printTable(results));
