// What tests of a learner's work share: the scenario that they work on, the names under which their
// work is kept, and the ways of doing what a learner does.

import { readFileSync } from 'node:fs';

import { read } from './site.js';

export const SCENARIO = 'scenarios/diagnosing-failures/';
export const COURSE = /data-course="([^"]*)"/.exec(read('index.html'))[1];
export const KEY = `scenarist/${COURSE}/diagnosing-failures/`;
export const LINE = '| 1.4 % | 11 | 240 ms | 1257 ms |';
export const LATER = '| 100 % | 2640 | 71 ms | 180 ms |';

// Until the scripts of the page have made what they make.
export async function ready(page) {
  const kind = await page.evaluate(() => document.documentElement.dataset.kind);
  if (kind === 'scenario') await page.waitForFunction(() => document.querySelector('.outline-sum') !== null);
  if (kind === 'tutorial-page') await page.waitForFunction(() => document.querySelector('.answer-lock') !== null);
  if (kind === 'work') await page.waitForFunction(() => document.querySelector('.work-list')?.childElementCount > 0);
}

export async function reload(page) {
  await page.reload({ waitUntil: 'load' });
  await ready(page);
}

export const question = (page, id) => page.locator(`#question-${id}`);

export const openAll = (page) => page.evaluate(() => {
  for (const button of document.querySelectorAll('.gate button')) button.click();
});

export const stored = (page, key) => page.evaluate((name) => JSON.parse(localStorage.getItem(name)), key);
export const put = (page, key, value) => page.evaluate(([name, text]) => localStorage.setItem(name, text), [key, value]);
export const everything = (page) => page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));

export async function paste(page, field, text) {
  await field.evaluate((node, value) => {
    node.focus();
    const data = new DataTransfer();
    data.setData('text', value);
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

// What is downloaded by a click, as text.
export async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFileSync(await file.path(), 'utf8');
}

export async function bring(page, text, name = 'work.json') {
  await page.locator('#work-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

export async function workFor(open) {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('Slow | for <b>everybody</b> --> really');
  await question(page, 'which-fits').locator('input').first().check();
  await question(page, 'which-fits').getByRole('button', { name: 'Check' }).click();
  await paste(page, page.locator('table[data-results="baseline"] input').first(), LINE);
  await page.locator('#option-share-pool > input').evaluate((node) => node.click());
  return page;
}

// The course has no rubric with levels yet; this puts one into the answer of the first question.
const LEVELS = `<div class="rubric"><div class="scroll" tabindex="0"><table class="levels"><thead><tr><th scope="col">Criterion</th>
<th scope="col">Low</th><th scope="col">High</th></tr></thead><tbody><tr data-criterion="1"><th scope="row">Cause</th><td>guessed</td><td>shown</td></tr>
<tr data-criterion="2"><th scope="row">Price</th><td>none</td><td>named</td></tr></tbody></table></div></div>`;
export const withLevels = (html) => html.replace(/(data-question="first-guess"[\s\S]*?<div class="answer-body">)/, `$1${LEVELS}`);
