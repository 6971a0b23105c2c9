// What stands around every page, in Chromium: nothing breaks the content security policy, styles and
// pictures load below a path and from a folder, and the description as data can be read.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { launch } from './browser.js';
import { SITE, files, largest, read, serve } from './site.js';

const PAGES = ['index.html', largest('tracks/'), largest('scenarios/'), 'concepts/index.html', largest('concepts/'), largest('tutorials/')].filter(
  (name) => name && files().includes(name),
);

let browser;
let site;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  site?.close();
});

// A page with a list of everything that went wrong on it.
async function open(address) {
  const page = await browser.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('requestfailed', (request) => troubles.push(`${request.url()} ${request.failure()?.errorText}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
  await page.goto(address);
  await page.evaluate(() => {
    for (const picture of document.images) picture.loading = 'eager';
    return Promise.all([...document.images].map((picture) => picture.decode().catch(() => {})));
  });
  return { page, troubles };
}

// What a reader would miss.
function state(page) {
  return page.evaluate(() => ({
    violations: window.violations,
    sheets: [...document.styleSheets].filter((sheet) => sheet.ownerNode?.localName === 'link').length,
    links: document.querySelectorAll('link[rel=stylesheet]').length,
    styled: getComputedStyle(document.querySelector('.skip')).position,
    broken: [...document.images].filter((picture) => picture.naturalWidth === 0).map((picture) => picture.src),
    data: document.querySelector('script[type="application/ld+json"]')?.textContent,
  }));
}

test('below a path no page breaks its policy, and everything loads', async () => {
  for (const name of PAGES) {
    const { page, troubles } = await open(site.root + name.replace(/index\.html$/, ''));
    const found = await state(page);
    assert.deepEqual(found.violations, [], name);
    assert.deepEqual(troubles, [], name);
    assert.ok(found.sheets > 0 && found.sheets === found.links, `${name}: ${found.sheets} style sheets`);
    assert.notEqual(found.styled, 'static', `${name} has no style`);
    assert.deepEqual(found.broken, [], name);
    if (found.data) assert.equal(JSON.parse(found.data)['@context'], 'https://schema.org', name);
    await page.close();
  }
});

test('from a folder pages can be read: styles and pictures load, links lead to files', async () => {
  for (const name of PAGES) {
    const { page } = await open(pathToFileURL(path.join(SITE, name)).href);
    const found = await state(page);
    assert.ok(found.sheets > 0 && found.sheets === found.links, `${name}: ${found.sheets} style sheets`);
    assert.notEqual(found.styled, 'static', `${name} has no style`);
    assert.deepEqual(found.broken, [], name);
    const folders = await page.evaluate(() => [...document.links].map((link) => link.href).filter((href) => href.startsWith('file:') && href.split('#')[0].endsWith('/')));
    assert.deepEqual(folders, [], name);
    await page.close();
  }
});

test('an address without a page shows one, at any depth', async () => {
  const { page } = await open(`${site.root}no/such/page/`);
  assert.ok(await page.locator('h1').isVisible());
  assert.equal(await page.locator('meta[name=robots]').getAttribute('content'), 'noindex');
  await page.close();
});

test('twins in Markdown are there and are no pages', async () => {
  for (const name of PAGES) {
    const twin = name.replace(/index\.html$/, 'index.md');
    assert.ok(files().includes(twin), twin);
    assert.match(read(twin), /^# /, twin);
  }
});

// Scripts are counted by the page, in learner.test.js; style sheets all together.
test('the style sheets of the theme are small', () => {
  const sheets = files().filter((name) => name.startsWith('theme/') && name.endsWith('.css'));
  const sizes = sheets.map((name) => gzipSync(read(name)).length);
  const sum = sizes.reduce((all, size) => all + size, 0);
  assert.ok(sheets.length > 3 && sum <= 30 * 1024, `${sum} bytes in ${sheets.length} files`);
});
