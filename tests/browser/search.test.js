// The search as learners use it, in Chromium: mostly by keyboard, with typing mistakes, below a path.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { axe } from './look.js';
import { SITE } from './site.js';
import { inBrowser } from './visit.js';

const SCENARIO = 'scenarios/diagnosing-failures/';

const browser = inBrowser();
const { site } = browser;
const visit = (address, act, settings) => browser.visit({ at: address, ...settings }, ({ page }) => act(page));

const dialog = (page) => page.locator('dialog.search[open]');
const options = (page) => page.locator('.search-list [role=option]');
const chosen = (page) => page.locator('.search-list [aria-selected=true]');

// Everything is loaded and shown.
async function settled(page) {
  await page.locator('.search-list[aria-busy=false]').waitFor({ state: 'attached' });
}

async function search(page, query) {
  await page.keyboard.press('/');
  await dialog(page).waitFor();
  await page.keyboard.type(query);
  await settled(page);
}

test('nothing of it is loaded before it is used', async () => {
  const asked = [];
  await visit('', async (page) => {
    page.on('request', (request) => asked.push(request.url().slice(site.root.length)));
    await page.waitForTimeout(300);
    assert.deepEqual(asked.filter((name) => name.includes('search')), []);
    await search(page, 'pool');
    assert.ok(asked.some((name) => name.endsWith('vendor/minisearch.js')));
    assert.match(asked.find((name) => name.endsWith('start.json')), /^search\/[0-9a-f]{8}\/start\.json$/);
  });
});

test('/ and Ctrl+K open it, Escape closes it, and the focus goes back', async () => {
  await visit(SCENARIO, async (page) => {
    const button = page.getByRole('button', { name: 'Search', exact: true });
    for (const key of ['/', 'Control+k', 'Meta+k']) {
      await button.focus();
      await page.keyboard.press(key);
      await dialog(page).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.role ?? document.activeElement.getAttribute('role')), 'combobox');
      assert.equal(await page.locator('#search-field').inputValue(), '', 'the key is not typed into the field');
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      assert.ok(await button.evaluate((element) => element === document.activeElement), key);
    }
    await button.click();
    await dialog(page).waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    assert.equal(await dialog(page).count(), 0);
  });
});

test('a slash in a field is a slash, and the key can be turned off', async () => {
  await visit(SCENARIO, async (page) => {
    await page.locator('textarea').first().focus();
    await page.keyboard.type('a/b');
    assert.equal(await dialog(page).count(), 0);
    assert.equal(await page.locator('textarea').first().inputValue(), 'a/b');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await dialog(page).waitFor();
    await page.getByLabel('The key / opens the search').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.keyboard.press('/');
    assert.equal(await dialog(page).count(), 0);
    await page.keyboard.press('Control+k');
    await dialog(page).waitFor();
    assert.equal(await page.getByLabel('The key / opens the search').isChecked(), false);
  });
});

test('a query with typing mistakes finds the concept, by keyboard alone', async () => {
  await visit('', async (page) => {
    await search(page, 'conection pol');
    assert.match(await chosen(page).innerText(), /connection pool/i);
    assert.deepEqual(await chosen(page).locator('.search-title mark').allTextContents(), ['connection', 'pool']);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.root}concepts/connection-pool/`);
  });
});

test('results stand in groups and lead to their place on a page', async () => {
  await visit('catalogue/', async (page) => {
    await search(page, 'connection');
    const groups = await page.locator('.search-group-name').allInnerTexts();
    for (const name of ['Scenarios', 'Concepts', 'Questions']) assert.ok(groups.includes(name), `${name} in ${groups}`);
    const question = page.locator('.search-group', { hasText: 'Questions' }).locator('[role=option]').first();
    const href = await question.getAttribute('href');
    assert.match(href, /^\.\.\/scenarios\/[a-z-]+\/#question-[a-z-]+$/);
    assert.match(await question.innerText(), /Track \d+ · Scenario \d+ · [A-Z][a-z ]+ · Q\d+/);
    assert.ok((await question.locator('mark').count()) > 0);
    await question.click();
    await page.waitForURL(new URL(href, `${site.root}catalogue/`).href);
    assert.equal(await page.locator(':target').count(), 1);
  });
});

test('arrows go through all results and around', async () => {
  await visit('', async (page) => {
    await search(page, 'index');
    const count = await options(page).count();
    assert.ok(count > 5);
    const active = () => page.locator('#search-field').getAttribute('aria-activedescendant');
    assert.equal(await active(), 'search-option-0');
    const seen = new Set([await active()]);
    for (let step = 1; step < count; step += 1) {
      await page.keyboard.press('ArrowDown');
      seen.add(await active());
      assert.equal(await chosen(page).count(), 1);
      assert.equal(await chosen(page).getAttribute('id'), await active());
    }
    assert.equal(seen.size, count);
    assert.ok(await chosen(page).evaluate((option) => {
      const [inner, outer] = [option.getBoundingClientRect(), option.closest('.search-list').getBoundingClientRect()];
      return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    }), 'the chosen one can be seen');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(), 'search-option-0');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(), `search-option-${count - 1}`);
  });
});

test('the rest of a group is shown when it is asked for', async () => {
  await visit('', async (page) => {
    await search(page, 'connection');
    const more = page.locator('.search-more').first();
    const kind = await more.getAttribute('data-more');
    const group = page.locator(`.search-group[aria-labelledby=search-group-${kind}]`);
    const hidden = Number((await more.innerText()).match(/\d+/)[0]);
    const before = await group.locator('[role=option]').count();
    const place = (await more.getAttribute('id')).replace('search-option-', '');
    for (let step = 0; step < Number(place); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await group.locator('[role=option]').count(), before - 1 + hidden);
    assert.equal(await chosen(page).getAttribute('id'), `search-option-${place}`, 'the first of the others is chosen');
    assert.equal(await page.locator('#search-field').evaluate((field) => field === document.activeElement), true);
  });
});

test('a live region says how many there are', async () => {
  await visit('', async (page) => {
    await search(page, 'pool');
    const status = dialog(page).getByRole('status');
    await page.waitForFunction(() => /^\d+ results?$/.test(document.querySelector('.search-status').textContent));
    await page.locator('#search-field').fill('xyzzyqwfp');
    await page.waitForFunction(() => document.querySelector('.search-status').textContent === 'No results');
    assert.equal(await options(page).count(), 0);
    assert.equal(await page.locator('#search-field').getAttribute('aria-expanded'), 'false');
    await page.locator('#search-field').fill('');
    assert.match(await status.innerText(), /Type a few letters/);
  });
});

test('what is typed at once after the key is not lost', async () => {
  await visit('', async (page) => {
    await page.route('**/combobox.js', async (route) => {
      await new Promise((resolve) => { setTimeout(resolve, 400); });
      await route.continue();
    });
    await page.keyboard.type('/conection pol');
    await settled(page);
    assert.equal(await page.locator('#search-field').inputValue(), 'conection pol');
    assert.match(await chosen(page).innerText(), /connection pool/i);
  });
});

test('a place on the same page is gone to, and the dialog is away', async () => {
  await visit(SCENARIO, async (page) => {
    await search(page, 'Reproduce the failure');
    assert.match(await chosen(page).innerText(), /Reproduce the failure/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#reproduce$/);
    assert.equal(await dialog(page).count(), 0);
    // The page may scroll there smoothly.
    await page.waitForFunction(() => Math.abs(document.getElementById('reproduce').getBoundingClientRect().top) < innerHeight / 2);
  });
});

test('when shards cannot be loaded it says so and tries again', async () => {
  await visit('', async (page) => {
    await page.route('**/start.json', (route) => route.abort());
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.querySelector('.search-status')?.textContent.startsWith('The search could not'));
    await page.unroute('**/start.json');
    await page.route('**/track-*.json', (route) => route.abort());
    await page.keyboard.type('connection pool');
    await page.waitForFunction(() => document.querySelector('.search-status')?.textContent.startsWith('Only names'));
    assert.match(await chosen(page).innerText(), /connection pool/i);
    await page.unroute('**/track-*.json');
    await page.keyboard.type('s');
    await settled(page);
  }, { tolerant: true });
});

test('texts are found too, with the line in which they stand', async () => {
  await visit('', async (page) => {
    await search(page, 'library ten desks');
    const first = await chosen(page).innerText();
    assert.match(first, /What a pool is for/);
    assert.match(first, /small library with ten desks/);
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`the open dialog has no barriers, ${colorScheme}`, async () => {
    await visit('', async (page) => {
      await search(page, 'connection');
      assert.deepEqual(await axe(page), []);
    }, { colorScheme });
  });
}

for (const width of [320, 375, 768, 1440]) {
  test(`it fits a window of ${width} px`, async () => {
    await visit('', async (page) => {
      await search(page, 'connection');
      const box = await dialog(page).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
      assert.ok(box.y >= 0 && box.y + box.height <= 700, JSON.stringify(box));
      const inside = await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth);
      assert.ok(inside <= 0, `${inside} px wider than the dialog`);
    }, { viewport: { width, height: 700 } });
  });
}

test('without JavaScript there is no button', async () => {
  await visit('', async (page) => {
    assert.equal(await page.locator('#tools').innerText(), '');
  }, { javaScriptEnabled: false });
});

test('read from a folder, it says what it needs', async () => {
  await visit(pathToFileURL(path.join(SITE, 'index.html')).href, async (page) => {
    assert.match(await page.locator('#tools').innerText(), /needs the published site/);
  }, { tolerant: true });
});
