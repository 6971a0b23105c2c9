// Lighthouse on the pages that people see first. Scores vary from run to run: the median of three counts.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import lighthouse, { desktopConfig } from 'lighthouse';

import { launch } from './browser.js';
import { files, serve } from './site.js';

const RUNS = 3;
const GATED = { accessibility: 98, 'best-practices': 98, seo: 98 };
const CATEGORIES = ['performance', ...Object.keys(GATED)];
const PORT = 9200 + (process.pid % 500);

const PAGES = {
  home: '',
  catalogue: 'catalogue/',
  scenario: 'scenarios/diagnosing-failures/',
};

let browser;
let site;

before(async () => {
  site = await serve();
  browser = await launch([`--remote-debugging-port=${PORT}`]);
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function scores(address) {
  const flags = { port: PORT, logLevel: 'error', onlyCategories: CATEGORIES };
  const { lhr } = await lighthouse(address, flags, desktopConfig);
  assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
  const failed = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative')
    .map(({ id, title }) => `${id}: ${title}`);
  return { by: Object.fromEntries(CATEGORIES.map((id) => [id, Math.round(lhr.categories[id].score * 100)])), failed };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

for (const [kind, path] of Object.entries(PAGES)) {
  test(`Lighthouse on ${kind}`, { skip: !files().includes(`${path}index.html`) }, async (context) => {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await scores(site.root + path));
    const medians = Object.fromEntries(CATEGORIES.map((id) => [id, median(runs.map(({ by }) => by[id]))]));
    context.diagnostic(`${kind}: ${Object.entries(medians).map(([id, score]) => `${id} ${score}`).join(', ')}`);
    for (const [id, least] of Object.entries(GATED)) {
      assert.ok(medians[id] >= least, `${id}: ${medians[id]}, at least ${least} is wanted; ${runs[0].failed.join('; ')}`);
    }
  });
}
