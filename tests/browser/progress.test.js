// What is started and finished, on the pages that list it, in Chromium: the map, a track, the catalogue.
// Tutorials have theirs in tutorial.test.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COURSE, KEY, put, question, ready, SCENARIO } from './learner.js';
import { axe, overflow } from './look.js';
import { files, read } from './site.js';
import { inBrowser } from './visit.js';

const { site, visit } = inBrowser({ ready });

const TRACK = files().find((name) => name.startsWith('tracks/') && read(name).includes('data-scenario="diagnosing-failures"')).replace(/index\.html$/, '');
const COUNT = read(`${SCENARIO}index.html`).match(/class="question"|class="question /g).length;
const LISTS = ['', TRACK, 'catalogue/'];
const START = `${KEY}question/first-guess`;

const markOn = (page) => page.locator('[data-scenario="diagnosing-failures"] .progress-mark');

test('nothing is marked, and nothing asked for, before something is written', () => visit({}, async ({ context, open }) => {
  const asked = [];
  context.on('request', (request) => asked.push(request.url()));
  for (const where of LISTS) {
    const page = await open(where);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('.progress-mark').count(), 0, where);
  }
  assert.deepEqual(asked.filter((address) => address.endsWith('course.json')), []);
}));

for (const where of LISTS) {
  test(`${where || 'home'}: what is started says how far, to the eye and to the ear`, () => visit({ at: 'concepts/' }, async ({ page, open }) => {
    await put(page, START, JSON.stringify({ fields: { text: 'Slow' }, at: 5 }));
    const list = await open(where);
    await markOn(list).first().waitFor();
    assert.equal(await list.locator('.progress-mark').count(), await list.locator('main [data-scenario="diagnosing-failures"]').count(), 'each entry of it, and no other');
    assert.equal(await markOn(list).first().getAttribute('data-state'), 'started');
    assert.equal(await markOn(list).locator('[aria-hidden]').first().textContent(), `1 of ${COUNT}`);
    assert.equal(await markOn(list).locator('.visually-hidden').first().textContent(), `1 of ${COUNT} answered`);
    assert.equal(await markOn(list).locator('xpath=ancestor::a').count(), 0, 'the link keeps its name');
  }));

  for (const colorScheme of ['light', 'dark']) {
    test(`${where || 'home'}: marks are no barrier and need no more room, ${colorScheme}`, () => visit({ at: 'concepts/', colorScheme, reducedMotion: 'reduce' }, async ({ page, open }) => {
      await put(page, START, JSON.stringify({ fields: { text: 'Slow' }, at: 5 }));
      await put(page, `scenarist/${COURSE}/spot-whats-wrong/hint/top`, JSON.stringify({ opened: 1, at: 4 }));
      const list = await open(where);
      await markOn(list).first().waitFor();
      assert.deepEqual(await axe(list), []);
      for (const width of [320, 375, 768, 1440]) {
        await list.setViewportSize({ width, height: 900 });
        assert.ok((await overflow(list)) <= 0, `${width} px`);
        const box = await markOn(list).first().boundingBox();
        assert.ok(box.width > 0 && box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} at ${width}`);
      }
    }));
  }
}

test('a mark follows what happens in another tab, and goes when all is erased', () => visit({ at: '' }, async ({ page, open }) => {
  const scenario = await open(SCENARIO);
  await question(scenario, 'first-guess').locator('textarea').fill('Slow');
  await markOn(page).filter({ hasText: `1 of ${COUNT}` }).first().waitFor();
  await question(scenario, 'fast-errors').locator('textarea').fill('Quick');
  await markOn(page).filter({ hasText: `2 of ${COUNT}` }).first().waitFor();
  assert.equal(await page.locator('#continue a').count(), 1, 'one way to go on');
  const work = await open('my-work/');
  await work.getByRole('button', { name: 'Erase everything' }).click();
  await work.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
  await page.waitForFunction(() => document.querySelector('.progress-mark, #continue a, [data-progress]') === null);
}));

test('a scenario of which only a hint was opened is started', () => visit({ at: 'concepts/' }, async ({ page, open }) => {
  await put(page, `${KEY}hint/shared-pool`, JSON.stringify({ opened: 1, at: 5 }));
  const home = await open('');
  await markOn(home).first().waitFor();
  assert.equal(await markOn(home).first().innerText(), 'Started');
}));

test('the home page knows what is started, and where to go on', () => visit({
  edit: (html) => (html.includes('id="continue"') ? html : html.replace('<main id="main" tabindex="-1">', '$&<div id="continue"></div>')),
}, async ({ open }) => {
  const fresh = await open('');
  assert.equal(await fresh.locator('.progress-mark').count(), 0);
  assert.equal(await fresh.locator('#continue').innerText(), '');
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  const home = await open('');
  await home.locator('[data-scenario="diagnosing-failures"] .progress-mark').first().waitFor();
  const link = home.locator('#continue a');
  assert.match(await link.innerText(), /^Continue: .*Diagnosing failures/);
  assert.equal(new URL(await link.evaluate((node) => node.href)).pathname, new URL(site.root + SCENARIO).pathname);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('.answer-lock button')) button.click();
    for (const field of document.querySelectorAll('.question textarea')) {
      field.value = 'Done';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await home.reload();
  await home.locator('[data-scenario="diagnosing-failures"] .progress-mark[data-state="finished"]').first().waitFor();
  assert.equal(await home.locator('#continue a').count(), 0);
}));
