// What stands around every page, in Chromium: nothing breaks the content security policy, styles and
// pictures load below a path and from a folder, and the description as data can be read.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { SITE, files, largest, read } from './site.js';
import { inBrowser } from './visit.js';

const PAGES = ['index.html', largest('tracks/'), largest('scenarios/'), 'concepts/index.html', largest('concepts/'), largest('tutorials/')].filter(
  (name) => name && files().includes(name),
);

const { visit } = inBrowser({
  ready: (page) => page.evaluate(() => {
    for (const picture of document.images) picture.loading = 'eager';
    return Promise.all([...document.images].map((picture) => picture.decode().catch(() => {})));
  }),
});

// What a reader would miss.
function state(page) {
  return page.evaluate(() => ({
    sheets: [...document.styleSheets].filter((sheet) => sheet.ownerNode?.localName === 'link').length,
    links: document.querySelectorAll('link[rel=stylesheet]').length,
    styled: getComputedStyle(document.querySelector('.skip')).position,
    broken: [...document.images].filter((picture) => picture.naturalWidth === 0).map((picture) => picture.src),
    data: document.querySelector('script[type="application/ld+json"]')?.textContent,
  }));
}

for (const name of PAGES) {
  test(`${name}: below a path no policy is broken, and everything loads`, () => visit({ at: name.replace(/index\.html$/, '') }, async ({ page }) => {
    const found = await state(page);
    assert.ok(found.sheets > 0 && found.sheets === found.links, `${found.sheets} style sheets`);
    assert.notEqual(found.styled, 'static', 'it has its style');
    assert.deepEqual(found.broken, []);
    if (found.data) assert.equal(JSON.parse(found.data)['@context'], 'https://schema.org');
  }));

  // There browsers load no modules, and say so.
  test(`${name}: it can be read from a folder`, () => visit({ at: pathToFileURL(path.join(SITE, name)).href, tolerant: true }, async ({ page }) => {
    const found = await state(page);
    assert.ok(found.sheets > 0 && found.sheets === found.links, `${found.sheets} style sheets`);
    assert.notEqual(found.styled, 'static', 'it has its style');
    assert.deepEqual(found.broken, []);
    const folders = await page.evaluate(() => [...document.links].map((link) => link.href).filter((href) => href.startsWith('file:') && href.split('#')[0].endsWith('/')));
    assert.deepEqual(folders, [], 'links lead to files');
  }));
}

test('an address without a page shows one, at any depth', () => visit({ at: 'no/such/page/', tolerant: true }, async ({ page }) => {
  assert.ok(await page.locator('h1').isVisible());
  assert.equal(await page.locator('meta[name=robots]').getAttribute('content'), 'noindex');
}));

test('twins in Markdown are there and are no pages', async () => {
  for (const name of PAGES) {
    const twin = name.replace(/index\.html$/, 'index.md');
    assert.ok(files().includes(twin), twin);
    assert.match(read(twin), /^# /, twin);
  }
});

// Scripts are counted by the page, in learn-page.test.js; style sheets all together.
test('the style sheets of the theme are small', () => {
  const sheets = files().filter((name) => name.startsWith('theme/') && name.endsWith('.css'));
  const sizes = sheets.map((name) => gzipSync(read(name)).length);
  const sum = sizes.reduce((all, size) => all + size, 0);
  assert.ok(sheets.length > 3 && sum <= 30 * 1024, `${sum} bytes in ${sheets.length} files`);
});
