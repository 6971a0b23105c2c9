// The built site in Chromium: one page of each kind, three widths, light and dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { launch } from './browser.js';
import { files, read, serve } from './site.js';

const WIDTHS = [360, 768, 1280];
const SCHEMES = ['light', 'dark'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The largest page of a folder is the one with the most in it.
function largest(folder) {
  const inside = files().filter((name) => name.startsWith(folder) && name.endsWith('index.html') && name !== `${folder}index.html`);
  return inside.sort((a, b) => read(b).length - read(a).length || a.localeCompare(b))[0];
}

function smallest(folder) {
  const inside = files().filter((name) => name.startsWith(folder) && name.endsWith('index.html'));
  const whole = inside.filter((name) => !read(name).includes('http-equiv="refresh"'));
  return whole.sort((a, b) => read(a).length - read(b).length || a.localeCompare(b))[0];
}

const KINDS = {
  home: 'index.html',
  track: largest('tracks/'),
  scenario: largest('scenarios/'),
  'planned scenario': smallest('scenarios/'),
  concepts: files().includes('concepts/index.html') ? 'concepts/index.html' : undefined,
  concept: largest('concepts/'),
  tutorial: largest('tutorials/'),
  rules: 'rules/index.html',
};
const PAGES = Object.entries(KINDS).filter(([, name]) => name !== undefined);

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

function addressOf(name) {
  return site.root + name.replace(/index\.html$/, '');
}

// A page that keeps a list of everything that went wrong while it was open.
async function open(name, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.root) && !request.url().startsWith('data:')) {
      troubles.push(`asked another place for ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} for ${response.url()}`);
  });
  const answer = await page.goto(addressOf(name), { waitUntil: 'load' });
  assert.equal(answer.status(), 200, name);
  return { context, page, troubles };
}

for (const [kind, name] of PAGES) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      test(`${kind}, ${width} px, ${colorScheme}`, async () => {
        const { context, page, troubles } = await open(name, { viewport: { width, height: 900 }, colorScheme });
        try {
          assert.deepEqual(troubles, []);
          const overflow = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth - clientWidth;
          });
          assert.ok(overflow <= 0, `${overflow} px wider than the window`);
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
          const serious = violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join(' | ')}`);
          assert.deepEqual(serious, []);
        } finally {
          await context.close();
        }
      });
    }
  }
}

for (const [kind, name] of PAGES) {
  test(`${kind} can be read without JavaScript`, async () => {
    const { context, page, troubles } = await open(name, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    try {
      assert.deepEqual(troubles, []);
      assert.equal(await page.locator('h1').count(), 1);
      assert.ok(await page.locator('h1').isVisible());
      const text = await page.locator('main').innerText();
      assert.ok(text.trim().length > 80, text);
      // What the examples of rules show is the source format.
      const marks = kind === 'rules' ? [] : [':::', '{#', '](', '@@'];
      for (const mark of marks) assert.ok(!text.includes(mark), `“${mark}” is visible`);
    } finally {
      await context.close();
    }
  });
}

test('hints and answers are closed until asked for', async () => {
  const { context, page } = await open(KINDS.scenario, { viewport: { width: 1280, height: 900 } });
  try {
    for (const kind of ['hint', 'answer']) {
      assert.ok((await page.locator(`details.${kind}`).count()) > 0, `there is a ${kind} to open`);
      assert.equal(await page.locator(`details.${kind}[open]`).count(), 0);
    }
    // The first hint may lie in a step that waits for the one before it.
    await page.locator('.gate button').first().waitFor();
    await page.evaluate(() => document.querySelectorAll('.gate button').forEach((button) => button.click()));
    await page.locator('details.hint > summary').first().click();
    assert.equal(await page.locator('details.hint[open]').count(), 1);
  } finally {
    await context.close();
  }
});

test('the first thing that the Tab key reaches leads to the content', async () => {
  const { context, page } = await open(KINDS.home, { viewport: { width: 1280, height: 900 } });
  try {
    await page.keyboard.press('Tab');
    const target = await page.evaluate(() => document.activeElement?.getAttribute('href'));
    assert.match(target ?? '', /^#./);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => location.hash), target);
  } finally {
    await context.close();
  }
});

test('an address that does not exist gets a page', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    const answer = await page.goto(`${site.root}no-such-page`);
    assert.equal(answer.status(), 404);
    assert.equal(await page.locator('h1').count(), 1);
  } finally {
    await context.close();
  }
});
