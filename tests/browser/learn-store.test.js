// What is kept in the browser, in Chromium: two tabs, no room, no permission, earlier ids, damaged
// values. A page is changed on its way where the course has no example of something.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { COURSE, KEY, put, question, ready, reload, SCENARIO, stored } from './learner.js';
import { seen } from './look.js';
import { inBrowser } from './visit.js';

const { visit } = inBrowser({ ready });

test('two tabs do not overwrite each other', () => visit({}, async ({ open }) => {
  const [one, other] = [await open(SCENARIO), await open(SCENARIO)];
  await question(one, 'what-you-saw').locator('input').nth(0).fill('1.4 %');
  await question(other, 'what-you-saw').locator('input').nth(1).fill('240 ms');
  await question(one, 'first-guess').locator('textarea').fill('From the first tab');
  await other.waitForFunction(() => document.querySelector('#question-first-guess textarea').value === 'From the first tab');
  assert.deepEqual((await stored(one, `${KEY}question/what-you-saw`)).fields, { 1: '1.4 %', 2: '240 ms' });
  await one.waitForFunction(() => document.querySelectorAll('#question-what-you-saw input')[1].value === '240 ms');
  assert.equal(await question(other, 'first-guess').locator('details.answer').isVisible(), true);
}));

const blocked = () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });

test('with storage blocked everything works for the visit, and the page says so once', () => visit({ init: blocked }, async ({ open }) => {
  const page = await open(SCENARIO);
  assert.equal(await page.locator('.notice').count(), 0, 'not before something is written');
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  await question(page, 'fast-errors').locator('textarea').fill('Errors are quick.');
  await page.locator('.notice p').waitFor();
  assert.equal(await page.locator('.notice').count(), 1);
  assert.equal(await question(page, 'first-guess').locator('details.answer').isVisible(), true);
  await page.locator('.notice').getByRole('button', { name: 'Close' }).click();
  await question(page, 'fast-errors').locator('textarea').fill('Errors are very quick.');
  assert.equal(await page.locator('.notice').count(), 0);
}));

test('with storage full nothing is lost during the visit', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('Kept before');
  await page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < 12; at += 1) {
        try {
          localStorage.setItem(`filler-${size}-${at}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await question(page, 'fast-errors').locator('textarea').fill('There is no room for these words. '.repeat(20));
  await page.locator('.notice p').waitFor();
  assert.equal(await question(page, 'fast-errors').locator('details.answer').isVisible(), true);
  assert.match(await page.locator('.outline-sum').innerText(), /^2 of/);
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key)));
  await question(page, 'fast-errors').locator('textarea').fill('Now there is room.');
  await reload(page);
  assert.equal(await question(page, 'fast-errors').locator('textarea').inputValue(), 'Now there is room.');
  assert.equal(await question(page, 'first-guess').locator('textarea').inputValue(), 'Kept before');
}));

const renamed = (html) => html
  .replace(/(<article class="scenario" data-scenario="diagnosing-failures")/, '$1 data-was="first-steps older"')
  .replace('data-question="fast-errors"', 'data-question="fast-errors" data-was="quick-errors"')
  .replace(/<section class="section" id="read"[^>]*>/, '$&<span class="was" id="look"></span>');

test('work that was kept under earlier ids is carried over', () => visit({ edit: renamed }, async ({ open }) => {
  const page = await open('concepts/');
  const old = `scenarist/${COURSE}/first-steps/`;
  await put(page, `${old}question/first-guess`, JSON.stringify({ fields: { text: 'An old guess' }, at: 5 }));
  await put(page, `${KEY}question/quick-errors`, JSON.stringify({ fields: { text: 'An old answer' } }));
  await put(page, `${KEY}step/look`, JSON.stringify({ open: true }));
  await put(page, `scenarist/${COURSE}/other/question/first-guess`, JSON.stringify({ fields: { text: 'Of another scenario' } }));
  const scenario = await open(SCENARIO);
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), 'An old guess');
  assert.equal(await question(scenario, 'fast-errors').locator('textarea').inputValue(), 'An old answer');
  assert.equal(await seen(scenario.locator('#read .section-body p').first()), true);
  assert.equal(await stored(scenario, `${old}question/first-guess`), null);
  assert.notEqual(await stored(scenario, `scenarist/${COURSE}/other/question/first-guess`), null);
}));

test('values that are damaged are kept aside and harm nothing', () => visit({}, async ({ open }) => {
  const page = await open('concepts/');
  const damage = { 'question/first-guess': '{"fields": {"text": "cut o', 'question/fast-errors': '[1, 2]', 'hint/shared-pool': '{"opened": "many"}', 'question/which-fits': '{"fields": {"1": true, "2": {"no": 1}}}', 'view/odd': '7' };
  for (const [name, text] of Object.entries(damage)) await put(page, KEY + name, text);
  const scenario = await open(SCENARIO);
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), '');
  assert.equal(await question(scenario, 'which-fits').locator('input').first().isChecked(), true, 'what fits is used');
  await question(scenario, 'first-guess').locator('textarea').fill('Written anew');
  const kept = await scenario.evaluate((key) => localStorage.getItem(key), `scenarist-damaged/${COURSE}/diagnosing-failures/question/first-guess`);
  assert.equal(kept, damage['question/first-guess']);
  await reload(scenario);
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), 'Written anew');
}));
