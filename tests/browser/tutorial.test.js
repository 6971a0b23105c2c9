// A tutorial as learners work through it, in Chromium: from its first page to its last and back, what is
// answered on the way, and where that shows. The course is a small one of its own, whose tutorial is ready.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { builtCourse } from './fixture.js';
import { bring, download, everything, put, question, ready, reload, stored } from './learner.js';
import { axe, overflow } from './look.js';
import { inBrowser } from './visit.js';

const TUTORIAL = 'tutorials/reading-plans/';
const KEY = 'scenarist/your-name/my-course/tutorial:reading-plans/';

const { site, visit } = inBrowser({ folder: builtCourse(), ready });

// What somebody has written who is in the middle of the second page.
async function workOn(page) {
  await question(page, 'first-line').locator('textarea').fill('It reads all rows.');
  await question(page, 'explain-runs').getByRole('checkbox').nth(1).check();
  await question(page, 'explain-runs').getByRole('button', { name: 'Check' }).click();
  await page.locator('.turn-next').click();
  await page.waitForURL(`${site.root}${TUTORIAL}scanning/`);
  await ready(page);
  await question(page, 'what-it-cost').getByLabel('Rows removed by the filter:').fill('9,999');
}

test('its pages are gone through from the first to the last, and back to the overview', () => visit({ at: 'tutorials/' }, async ({ page }) => {
  await page.getByRole('link', { name: 'How a database finds a row' }).click();
  await page.getByRole('link', { name: 'Start with page 1' }).click();
  for (const [at, title] of ['Ask for the plan', 'Read every row', 'Go straight there'].entries()) {
    await page.locator('h1', { hasText: title }).waitFor();
    assert.match(await page.locator('.eyebrow').first().innerText(), new RegExp(`Page ${at + 1} of 3`));
    assert.match(await page.locator('.page-steps [aria-current=page]').innerText(), new RegExp(`^${at + 1}\\b`));
    if (at < 2) await page.getByRole('link', { name: /^Next/ }).click();
  }
  assert.equal(await page.getByRole('link', { name: /^Next/ }).count(), 0);
  await page.getByRole('link', { name: 'Back to the overview' }).click();
  await page.waitForURL(site.root + TUTORIAL);
}));

// One without words about where to read on ends as well.
test('the last page leads back to the overview', () => visit({ at: 'tutorials/first-look/panels/' }, async ({ page }) => {
  await page.getByRole('link', { name: 'Back to the overview' }).click();
  await page.waitForURL(`${site.root}tutorials/first-look/`);
}));

test('what is written on one page is there again after the others', () => visit({ at: `${TUTORIAL}asking/` }, async ({ page }) => {
  await workOn(page);
  await page.locator('.turn-back').click();
  await page.waitForURL(`${site.root}${TUTORIAL}asking/`);
  await ready(page);
  assert.equal(await question(page, 'first-line').locator('textarea').inputValue(), 'It reads all rows.');
  assert.match(await question(page, 'explain-runs').locator('.quiz-result').innerText(), /Right/);
  assert.deepEqual((await stored(page, `${KEY}scanning/question/what-it-cost`)).fields, { 1: '9,999' });
}));

test('a quiz answers at once, and hints come one after the other', () => visit({ at: `${TUTORIAL}asking/` }, async ({ page }) => {
  const box = question(page, 'explain-runs');
  const check = box.getByRole('button', { name: 'Check' });
  await box.getByRole('checkbox').first().check();
  await check.click();
  assert.match(await box.locator('.quiz-result').innerText(), /Not yet/);
  await box.getByRole('checkbox').first().uncheck();
  await box.getByRole('checkbox').nth(1).check();
  await check.click();
  assert.match(await box.locator('.quiz-result').innerText(), /Right/);
  const hints = page.locator('details.hint');
  assert.deepEqual(await hints.evaluateAll((all) => all.map((one) => one.checkVisibility())), [true, false]);
  await hints.first().locator('summary').click();
  await hints.nth(1).waitFor({ state: 'visible' });
  assert.equal(await page.locator('.code[data-copy]').filter({ hasText: 'psql' }).getByRole('button', { name: 'Copy' }).count(), 1);
  assert.equal(await page.locator('.code').filter({ hasText: 'EXPLAIN' }).getByRole('button').count(), 0, 'SQL is typed');
  assert.ok(await page.getByText('What you should see').isVisible());
}));

test('how far somebody is shows on its pages, on its overview, on the list and at home', () => visit({ at: `${TUTORIAL}asking/` }, async ({ page, open }) => {
  assert.equal(await page.locator('.page-steps .progress-mark').count(), 0);
  await workOn(page);
  await page.locator('.page-steps [data-page=scanning][data-progress=started]').waitFor();
  assert.equal(await page.locator('.page-steps [data-page=asking]').getAttribute('data-progress'), 'finished');
  assert.equal(await page.locator('.page-steps [data-page=asking] a').evaluate((link) => link.textContent.replace(/\s+/g, ' ')), '1. Ask for the plan Finished');

  const overview = await open(TUTORIAL);
  const marks = overview.locator('.page-list .progress-mark');
  await marks.nth(1).waitFor();
  assert.deepEqual(await marks.evaluateAll((all) => all.map((one) => one.dataset.state)), ['finished', 'started']);
  assert.ok((await marks.nth(1).textContent()).includes('1 of 2 answered'), 'for those who hear it');
  const next = overview.locator('.start-tutorial');
  assert.equal(await next.innerText(), 'Continue: Read every row');
  assert.equal(await next.evaluate((link) => link.href), `${site.root}${TUTORIAL}scanning/`);

  const list = await open('tutorials/');
  const card = list.locator('.card[data-tutorial=reading-plans]');
  await card.locator('.progress-mark').waitFor();
  assert.match(await card.locator('.progress-mark').textContent(), /3 of 5 answered/);
  assert.equal(await list.locator('.progress-mark').count(), 1, 'the others are not started');

  const home = await open('');
  await home.locator('li[data-tutorial=reading-plans] .progress-mark').waitFor();
  assert.equal(await home.locator('#continue a').innerText(), 'Continue: How a database finds a row — Read every row');
}));

test('a page that is finished leads on to the first that is not', () => visit({ at: `${TUTORIAL}scanning/` }, async ({ page, open }) => {
  for (const id of ['what-it-cost', 'when-scan']) await question(page, id).getByRole('button', { name: 'Show me anyway' }).click();
  const home = await open('');
  await home.locator('#continue a').waitFor();
  assert.equal(await home.locator('#continue a').innerText(), 'Continue: How a database finds a row — Ask for the plan');
  const overview = await open(TUTORIAL);
  await overview.locator('.start-tutorial', { hasText: 'Continue: Ask for the plan' }).waitFor();
}));

test('my work lists the answers of a tutorial, and a file brings them back', () => visit({ at: `${TUTORIAL}asking/` }, async ({ page, open }) => {
  await workOn(page);
  const work = await open('my-work/');
  const places = work.locator('.work-place');
  assert.equal(await places.count(), 2);
  assert.equal((await places.first().locator('h2').innerText()).replace(/\s+/g, ' '), 'How a database finds a row Ask for the plan');
  assert.equal(await places.first().locator('h2 a').evaluate((link) => link.href), `${site.root}${TUTORIAL}asking/`);
  assert.match(await places.first().innerText(), /2 of 2 answered[\s\S]*It reads all rows\.[\s\S]*It plans it and does not run it/);
  assert.match(await places.nth(1).innerText(), /Rows removed by the filter: 9,999/);
  const before = await everything(work);
  const json = await download(work, 'Save as JSON');
  const markdown = await download(work, 'Save as Markdown');
  assert.match(markdown, /## How a database finds a row — Ask for the plan[\s\S]*It reads all rows\./);
  await work.getByRole('button', { name: 'Erase everything' }).click();
  await work.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
  await work.locator('.work-empty').waitFor();
  await bring(work, json);
  await work.locator('.work-place').first().waitFor();
  assert.equal(await everything(work), before);
}));

test('a tutorial that was renamed keeps its work', () => visit({ at: 'concepts/' }, async ({ page, open }) => {
  const old = 'scenarist/your-name/my-course/tutorial:query-plans/asking/question/first-line';
  await put(page, old, JSON.stringify({ fields: { text: 'Written under the old name' }, at: 5 }));
  // Before its page is opened, what lists it finds the work under the old name.
  const overview = await open(TUTORIAL);
  await overview.locator('.page-list [data-page=asking] .progress-mark').waitFor();
  const work = await open('my-work/');
  assert.match(await work.locator('.work-place').innerText(), /How a database finds a row[\s\S]*Written under the old name/);
  assert.equal(await work.locator('.work-gone').count(), 0);
  const asking = await open(`${TUTORIAL}asking/`);
  assert.equal(await question(asking, 'first-line').locator('textarea').inputValue(), 'Written under the old name');
  assert.equal(await stored(asking, old), null);
  await reload(asking);
  assert.equal((await stored(asking, `${KEY}asking/question/first-line`)).fields.text, 'Written under the old name');
}));

const PAGES = ['tutorials/', TUTORIAL, `${TUTORIAL}asking/`, `${TUTORIAL}scanning/`, `${TUTORIAL}indexing/`];

for (const colorScheme of ['light', 'dark']) {
  test(`no barriers and no overflow, ${colorScheme}`, () => visit({ at: `${TUTORIAL}asking/`, colorScheme, reducedMotion: 'reduce' }, async ({ page, open }) => {
    await workOn(page);
    for (const where of PAGES) {
      const tab = await open(where);
      await tab.locator('.progress-mark').first().waitFor({ state: 'attached' });
      assert.deepEqual(await axe(tab), [], where);
      for (const width of [320, 375, 768, 1440]) {
        await tab.setViewportSize({ width, height: 900 });
        assert.ok((await overflow(tab)) <= 0, `${where} at ${width}`);
      }
      await tab.close();
    }
  }));
}

test('without scripts a page says everything', () => visit({ at: `${TUTORIAL}asking/`, javaScriptEnabled: false }, async ({ page }) => {
  const text = await page.locator('main').innerText();
  for (const part of ['psql postgres://', 'What you should see', 'Hint 1 of 2', 'Hint 2 of 2', 'Model answer', 'Read every row']) assert.ok(text.includes(part), part);
  await page.locator('details.answer > summary').first().click();
  assert.ok(await page.getByText('It will read the table from its first row').isVisible());
}));
