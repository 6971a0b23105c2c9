import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CORPORA, EDITED } from '../corpus/corpora.mjs';
import { median, medians, timed } from './measure.mjs';

/** The program to measure; it is built if nobody names one. */
export function ours(named) {
  const program = resolve(named ?? 'target/release/scenarist');
  if (!named) {
    const { status } = spawnSync('cargo', ['build', '--release', '--quiet'], { stdio: 'inherit' });
    if (status !== 0) throw new Error('the program cannot be built');
  }
  return program;
}

/**
 * Cold and idle builds, the raw writer beside them, and edits while the corpus is served. A course is
 * built beside as many bare pages, so that what its apps and environments cost can be told apart.
 */
export async function measureOurs({ program, corpus, pages, runs, folder }) {
  const root = join(folder, `${corpus}-${pages}`);
  const beside = corpus === 'pages' ? null : join(folder, `pages-${pages}`);
  CORPORA[corpus].write(pages, root);
  if (beside) CORPORA.pages.write(pages, beside);
  const build = (at, ...more) => timed([program, 'build', '--root', at, ...more], { folder });
  const [cold, raw, cards, idle, bare] = [[], [], [], [], []];
  // Whatever disturbs the machine disturbs all of them.
  for (let run = 0; run < runs; run += 1) {
    forget(root);
    cold.push(build(root, '--no-cards'));
    raw.push(copyRaw(root, folder));
    if (beside) {
      forget(beside);
      bare.push(build(beside, '--no-cards'));
      forget(beside);
    }
    forget(root);
    cards.push(build(root));
    await wait(200);
    build(root);
    idle.push(build(root));
  }
  const { files, bytes } = sizeOf(join(root, 'dist'));
  const edit = await measureEdits({ program, root, heading: CORPORA[corpus].heading, edits: runs > 1 ? Math.max(5, runs) : 1 });
  const [all, still] = [medians(cold), medians(idle)];
  [root, beside].filter(Boolean).forEach((path) => rmSync(path, { recursive: true }));
  return {
    cold_ms: all.wall,
    cold_ms_per_page: round(all.wall / pages),
    cold_processor_ms: all.processor,
    memory_mb: all.memory,
    raw_ms: median(raw),
    ...(beside && { pages_ms: medians(bare).wall }),
    cards_ms: round(medians(cards).wall - all.wall),
    idle_ms: still.wall,
    edit_ms: edit.text,
    heading_edit_ms: edit.heading,
    title_edit_ms: edit.title,
    serving_mb: edit.memory,
    files,
    bytes,
  };
}

/** Removes what builds of a course have written. */
function forget(root) {
  for (const name of ['dist', '.scenarist']) rmSync(join(root, name), { recursive: true, force: true });
}

const round = (number) => Math.round(number * 100) / 100;

/** How long it takes to read the sources and to write what was made from them. */
function copyRaw(root, folder) {
  const to = join(folder, 'raw');
  const started = process.hrtime.bigint();
  for (const path of filesBelow(join(root, 'content'))) readFileSync(path);
  cpSync(join(root, 'dist'), to, { recursive: true });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  rmSync(to, { recursive: true });
  return round(wall);
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function sizeOf(folder) {
  const files = filesBelow(folder);
  return { files: files.length, bytes: files.reduce((sum, path) => sum + statSync(path).size, 0) };
}

/** What is edited: a sentence more, another first heading, another title. */
const EDITS = {
  text: { file: 'scenario.md', edited: (text, mark) => `${text}\n${mark}.\n` },
  heading: { file: 'scenario.md', edited: (text, mark) => text.replace(/^## [^{\n]*/m, `## ${mark} `) },
  title: { file: 'scenario.yml', edited: (text, mark) => text.replace(/^title: .*$/m, `title: ${mark}`) },
};

/** From a file's being written to the new text's being served, over loopback. */
async function measureEdits({ program, root, heading, edits }) {
  const port = 20000 + (process.pid % 20000);
  const server = spawn(program, ['serve', '--root', root, '--port', String(port)], { stdio: 'ignore' });
  try {
    const page = () => get(port, `/scenarios/${EDITED}/`);
    for (let tries = 0; !(await page()).includes(heading); tries += 1) {
      if (tries > 6000) throw new Error('the server does not answer');
      await wait(50);
    }
    const result = {};
    for (const [kind, { file, edited }] of Object.entries(EDITS)) {
      const path = join(root, `content/scenarios/${EDITED}`, file);
      const original = readFileSync(path, 'utf8');
      const times = [];
      for (let edit = 0; edit < edits; edit += 1) {
        await wait(500);
        const mark = `Mark ${edit} of ${process.pid}`;
        const started = process.hrtime.bigint();
        writeFileSync(path, edited(original, mark));
        while (!(await page()).includes(mark)) {
          if (Number(process.hrtime.bigint() - started) / 1e9 > 120) throw new Error('the edit is never served');
          // Whoever asks without a pause takes one of two cores from the server.
          await wait(1);
        }
        times.push(Number(process.hrtime.bigint() - started) / 1e6);
      }
      writeFileSync(path, original);
      result[kind] = round(median(times));
    }
    return { ...result, memory: peakOf(server.pid) };
  } finally {
    server.kill();
  }
}

/** The most memory that a process has had, in megabytes; 0 where the system does not say. */
function peakOf(process) {
  const status = `/proc/${process}/status`;
  if (!existsSync(status)) return 0;
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'));
  return peak ? Math.round(Number(peak[1]) / 1024) : 0;
}

function get(port, path) {
  return new Promise((done) => {
    const asked = request({ host: '127.0.0.1', port, path, timeout: 60000 }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => done(Buffer.concat(parts).toString('utf8')));
      response.on('error', () => done(''));
    });
    asked.on('error', () => done(''));
    asked.end();
  });
}
