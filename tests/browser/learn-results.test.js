// Figures and changes on a scenario's page, in Chromium: the line of a load test, what is compared with
// what, and code before and after.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LATER, LINE, openAll, paste, ready, reload, SCENARIO } from './learner.js';
import { inBrowser } from './visit.js';

const { visit } = inBrowser({ ready });

test('a change is shown in three ways, by keyboard, and the choice holds', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await openAll(page);
  const change = page.locator('#shared-pool .change');
  const visible = () => change.evaluate((node) => ['.diff-split', '.diff-unified', '[data-side="before"]', '[data-side="after"]'].filter((part) => node.querySelector(part).checkVisibility()));
  assert.deepEqual(await visible(), ['.diff-split']);
  await change.getByRole('tab', { name: 'Side by side' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await visible(), ['.diff-unified']);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'As a diff');
  const [before, after, added, removed] = await change.evaluate((node) => {
    const text = (part) => node.querySelector(part).textContent.trimEnd();
    const lines = (tag) => [...node.querySelectorAll(`.diff-unified ${tag}`)].map((line) => line.textContent.replace(/^[+−](?:added|removed): /, '').trimEnd());
    return [text('[data-side="before"] pre'), text('[data-side="after"] pre'), lines('ins'), lines('del')];
  });
  const difference = (one, other) => one.split('\n').map((line) => line.trimEnd()).filter((line) => !other.split('\n').includes(line));
  assert.ok(after.includes('max: 10'), after);
  for (const line of difference(after, before)) assert.ok(added.includes(line), `${line} is marked`);
  for (const line of difference(before, after)) assert.ok(removed.includes(line), `${line} is marked`);
  const colored = (part) => change.locator(`${part} [class^="hl-"]`).count();
  assert.ok((await colored('.diff-unified')) >= (await colored('[data-side="after"]')), 'colors are kept');
  assert.ok((await colored('[data-side="after"]')) > 0);
  await page.keyboard.press('End');
  assert.deepEqual(await visible(), ['[data-side="after"]']);
  await reload(page);
  await openAll(page);
  assert.deepEqual(await visible(), ['[data-side="after"]']);
  assert.equal(await change.locator('.copy').count(), 0, 'nothing to copy');
  await page.setViewportSize({ width: 400, height: 800 });
  await change.getByRole('tab', { name: 'Side by side' }).click();
  assert.deepEqual(await visible(), ['[data-side="before"]', '[data-side="after"]']);
}));

test('the line of a load test fills a row, and its figures are compared', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const table = page.locator('table[data-results="baseline"]');
  assert.equal(await page.locator('.recorded:not(:empty)').count(), 0, 'no rehearsed figures before one has own ones');
  const tools = page.locator('#reproduce .results-tools').first();
  await tools.getByRole('button', { name: 'Paste a line' }).click();
  await tools.locator('input').fill('nonsense');
  await page.keyboard.press('Enter');
  assert.match(await tools.locator('.paste-status').innerText(), /looks like this/);
  await paste(page, tools.locator('input'), `For your table (Success rate, Requests/s, p50, p99):\n${LINE}\n`);
  const values = () => table.locator('input').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(await values(), ['1.4 %', '11', '240 ms', '1257 ms']);
  assert.match(await table.locator('.recorded').first().innerText(), /rehearsed: [\d.]+ %/);

  await openAll(page);
  const final = page.locator('table[data-results="final"]');
  assert.equal(await final.locator('input').nth(2).inputValue(), '240 ms', 'shared by tables');
  const compare = page.locator('#compare .compare');
  assert.equal(await compare.isVisible(), false);
  await paste(page, final.locator('tbody tr').nth(2).locator('input').first(), LATER);
  assert.equal(await compare.isVisible(), true);
  const text = await compare.innerText();
  for (const part of ['+98.6 points', '× 240', '× 0.3', 'rehearsed']) assert.ok(text.includes(part), `${part} in ${text}`);
  const widths = await compare.locator('.compare-measure').nth(1).locator('.bar-own').evaluateAll((all) => all.map((one) => Number(one.getAttribute('width'))));
  assert.ok(widths[0] < 1 && widths[1] > 90, String(widths));
  await reload(page);
  await openAll(page);
  assert.equal(await final.locator('tbody tr').nth(2).locator('input').first().inputValue(), '100 %');
  assert.equal(await compare.isVisible(), true);
}));
