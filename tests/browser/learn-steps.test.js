// What opens on a scenario's page and when, in Chromium: hints, options, steps, and the solution last.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openAll, question, ready, reload, SCENARIO } from './learner.js';
import { seen } from './look.js';
import { inBrowser } from './visit.js';

const { site, visit } = inBrowser({ ready });

test('hints come in order and stay open', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await openAll(page);
  const hints = page.locator('#shared-pool details.hint');
  const visible = () => hints.evaluateAll((all) => all.map((one) => one.checkVisibility()));
  assert.deepEqual(await visible(), [true, false, false]);
  await hints.nth(0).locator('summary').click();
  await hints.nth(1).waitFor({ state: 'visible' });
  assert.deepEqual(await visible(), [true, true, false]);
  await reload(page);
  await openAll(page);
  assert.deepEqual(await visible(), [true, true, false]);
  assert.deepEqual(await hints.evaluateAll((all) => all.map((one) => one.open)), [true, false, false]);
}));

test('a fix opens when an option is chosen and justified', () => visit({}, async ({ open }) => {
  const page = await open(`${SCENARIO}#fix-failures`);
  const fix = page.locator('#shared-pool');
  const change = fix.locator('.change');
  assert.equal(await seen(change), false);
  await fix.getByRole('radio', { name: /Share one pool/ }).check();
  assert.equal(await seen(change), false);
  assert.match(await fix.locator('.gate').innerText(), /reasons in Q\d+/);
  await question(page, 'which-pool-option').locator('textarea').fill('It removes the cause.');
  assert.equal(await seen(change), true);
  await reload(page);
  assert.equal(await fix.getByRole('radio', { name: /Share one pool/ }).isChecked(), true);
  assert.equal(await seen(change), true);
  const other = page.locator('#feed-index');
  await page.goto(`${site.root}${SCENARIO}#feed-index`);
  assert.equal(await seen(other.locator('[data-use="typed"]').first()), false);
  await other.locator('.gate').getByRole('button', { name: 'Open it anyway' }).click();
  assert.equal(await seen(other.locator('[data-use="typed"]').first()), true);
}));

test('the next step waits for the questions of the one before', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const section = page.locator('#read');
  const body = section.locator('.section-body');
  assert.equal(await seen(body.locator('p').first()), false);
  const gate = section.locator('> .gate');
  assert.match(await gate.innerText(), /Step 1[\s\S]*Q1[\s\S]*Q4/);
  for (const id of ['first-guess', 'fast-errors']) await question(page, id).locator('textarea').fill('A thought.');
  await question(page, 'what-you-saw').locator('input').first().fill('1 %');
  assert.doesNotMatch(await gate.innerText(), /Q1\b/);
  await question(page, 'which-fits').getByRole('button', { name: 'Show me anyway' }).click();
  assert.equal(await seen(body.locator('p').first()), true);
  assert.equal(await gate.count(), 0);
  await page.locator('main > [role="status"], main [role="status"]', { hasText: 'Step 2 is open now' }).waitFor({ state: 'attached' });
  assert.match(await page.locator('.outline a[href="#reproduce"]').innerText(), /all answered/);
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false);
}));

test('a step opens for whoever insists, and for a link into it', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await page.locator('#read > .gate').getByRole('button', { name: 'Open it anyway' }).click();
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  await reload(page);
  assert.equal(await seen(page.locator('#read .section-body p').first()), true, 'kept');
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false);
  await page.locator('.outline a[href="#evidence"]').click();
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false, 'the outline leads to the note');
  const direct = await open(`${SCENARIO}#evidence`);
  assert.equal(await seen(direct.locator('#evidence .section-body p').first()), true);
  const linked = await open(`${SCENARIO}#question-who-refuses`);
  assert.equal(await seen(question(linked, 'who-refuses')), true);
  assert.ok(await question(linked, 'who-refuses').evaluate((node) => node.getBoundingClientRect().top < innerHeight && node.getBoundingClientRect().bottom > 0), 'in view');
}));

test('a search in the page finds what is gated', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  // What the browser does when its search arrives in a hidden part.
  await page.locator('#read .section-body').evaluate((node) => node.dispatchEvent(new Event('beforematch', { bubbles: true })));
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  assert.equal(await page.locator('#evidence .section-body').getAttribute('hidden'), 'until-found');
}));

test('the outline counts and follows', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  assert.match(await page.locator('.outline a[href="#reproduce"]').innerText(), /1\/4|1 of 4/);
  assert.match(await page.locator('.outline-sum').innerText(), /^1 of \d+ answered/);
  await page.locator('#reproduce').evaluate((node) => node.scrollIntoView({ behavior: 'instant' }));
  await page.locator('.outline a[href="#reproduce"][aria-current]').waitFor();
  assert.equal(await page.locator('.outline [aria-current]').count(), 1);
}));

test('the files of the solution need one more step', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const links = page.locator('table.stuck a[href*="/solution/"]');
  assert.equal(await links.first().isVisible(), false);
  await page.getByRole('button', { name: 'I have tried' }).click();
  assert.equal(await links.first().isVisible(), true);
  assert.equal(await links.first().evaluate((node) => node === document.activeElement), true);
}));
