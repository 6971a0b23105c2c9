// A scenario's page as a whole, in Chromium: what concepts mean, large pictures, small scripts or none,
// and nothing for axe to find with everything open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { LATER, LINE, paste, ready, SCENARIO, withLevels } from './learner.js';
import { axe, overflow } from './look.js';
import { inBrowser } from './visit.js';

const { site, visit } = inBrowser({ ready });

test('a concept says what it means on hover and on focus, and Escape closes it', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const link = page.locator('a.concept[data-summary]').first();
  const box = page.locator('.glossary-box');
  await link.hover();
  await box.waitFor();
  assert.equal(await box.innerText(), await link.getAttribute('data-summary'));
  assert.equal(await link.getAttribute('aria-describedby'), await box.getAttribute('id'));
  await box.hover();
  await page.waitForTimeout(500);
  assert.equal(await box.isVisible(), true, 'stays while the pointer is on it');
  await page.keyboard.press('Escape');
  assert.equal(await box.isVisible(), false);
  await page.mouse.move(5, 700);
  await link.focus();
  assert.equal(await box.isVisible(), true);
  await page.keyboard.press('Escape');
  assert.equal(await box.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.concept !== undefined), true, 'the focus stays');
}));

test('a picture opens large, and the focus comes back', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const opener = page.locator('figure.figure .enlarge').first();
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog.large-figure');
  assert.equal(await dialog.locator('img').isVisible(), true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await opener.evaluate((node) => node === document.activeElement), true);
  await page.locator('figure.figure img').first().click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await opener.evaluate((node) => node === document.activeElement), true);
}));

test('the scripts of a page stay small', () => visit({}, async ({ context, open }) => {
  const loaded = new Map();
  context.on('response', async (response) => {
    const name = new URL(response.url()).pathname;
    if (name.endsWith('.js') && !name.includes('/search/')) loaded.set(name, gzipSync(await response.body()).length);
  });
  const page = await open(SCENARIO);
  await page.waitForLoadState('networkidle');
  const sum = [...loaded.values()].reduce((a, b) => a + b, 0);
  assert.ok(loaded.size > 10 && sum <= 30 * 1024, `${sum} bytes in ${loaded.size} files`);
}));

test('without scripts everything is open', () => visit({ javaScriptEnabled: false }, async ({ open }) => {
  const page = await open(SCENARIO);
  for (const part of ['#read .section-body p', '#question-report textarea', '#shared-pool .change', 'table.stuck a[href*="/solution/"]', 'details.answer']) {
    assert.equal(await page.locator(part).first().isVisible(), true, part);
  }
  // The menu of phones opens without a script.
  assert.equal(await page.locator('button:not([popovertarget])').count(), 0, 'no control that does nothing');
  await page.goto(`${site.root}my-work/`);
  assert.match(await page.locator('#work').innerText(), /JavaScript/);
}));

// Opens whatever can be opened on a scenario's page.
async function openEverything(page) {
  await paste(page, page.locator('table[data-results="baseline"] input').first(), LINE);
  await paste(page, page.locator('table[data-results="final"] tbody tr').nth(1).locator('input').first(), LATER);
  await page.evaluate(() => {
    for (const box of document.querySelectorAll('.choices input')) box.click();
    for (const words of ['.answer-lock button', '.quiz button', '.gate button', '.paste-box button', '.solutions button', '.option input', '.rating input']) {
      for (const node of document.querySelectorAll(words)) node.click();
    }
    for (const details of document.querySelectorAll('details')) {
      details.hidden = false;
      details.open = true;
    }
    for (const field of document.querySelectorAll('.question textarea')) {
      field.value = 'A thought.';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await page.locator('a.concept[data-summary]').first().focus();
}

for (const colorScheme of ['light', 'dark']) {
  for (const view of ['split', 'unified', 'after']) {
    test(`axe finds nothing with everything open, ${colorScheme}, ${view}`, () => visit({ colorScheme, edit: withLevels }, async ({ open }) => {
      const page = await open(SCENARIO);
      await openEverything(page);
      await page.evaluate((name) => { for (const tab of document.querySelectorAll(`[role="tab"][data-view="${name}"]`)) tab.click(); }, view);
      assert.deepEqual(await axe(page), []);
      for (const width of [320, 375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await overflow(page);
        assert.ok(over <= 0, `${over} px too wide at ${width}`);
      }
      await page.locator('figure.figure .enlarge').first().click();
      assert.deepEqual(await axe(page), []);
    }));
  }

  test(`axe finds nothing before anything is opened, ${colorScheme}`, () => visit({ colorScheme }, async ({ open }) => {
    const page = await open(SCENARIO);
    assert.deepEqual(await axe(page), []);
  }));
}
