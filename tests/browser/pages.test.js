// The built site in Chromium: one page of each kind, three widths, light and dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from './browser.js';
import { files, largest, read, serve } from './site.js';

const WIDTHS = [375, 768, 1440];
const NARROWEST = 320;
const TALLEST = 6000;
const SCHEMES = ['light', 'dark'];
// What people who look at a run want to see afterwards.
const PICTURES = path.resolve(process.env.SCENARIST_PICTURES ?? path.join(import.meta.dirname, '../../target/screenshots'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The largest page of a scenario of a kind and status.
function scenario(kind, status) {
  const marks = [`data-kind="${kind}"`, `data-status="${status}"`];
  const head = (name) => read(name).match(/<article class="scenario[^>]*>/)?.[0] ?? '';
  const inside = files().filter((name) => name.startsWith('scenarios/') && name.endsWith('index.html'));
  const found = inside.filter((name) => marks.every((mark) => head(name).includes(mark)));
  return found.sort((a, b) => read(b).length - read(a).length || a.localeCompare(b))[0];
}

const KINDS = {
  home: 'index.html',
  track: largest('tracks/'),
  catalogue: 'catalogue/index.html',
  scenario: scenario('exercise', 'ready'),
  'planned scenario': scenario('exercise', 'planned'),
  challenge: scenario('challenge', 'ready'),
  'planned failure': scenario('failure', 'planned'),
  'planned case study': scenario('case-study', 'planned'),
  concepts: 'concepts/index.html',
  concept: largest('concepts/'),
  tutorials: 'tutorials/index.html',
  tutorial: largest('tutorials/'),
  'my work': 'my-work/index.html',
  rules: 'rules/index.html',
  'not found': '404.html',
};
const PAGES = Object.entries(KINDS);

test('there is a page of every kind to look at', () => {
  const missing = PAGES.filter(([, name]) => !files().includes(name)).map(([kind]) => kind);
  assert.deepEqual(missing, []);
});

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

function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// A page from its top: a browser draws no picture of any height.
async function frame(page, width) {
  const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
  return { fullPage: true, clip: { x: 0, y: 0, width, height }, type: 'jpeg', quality: 60 };
}

// Everything that can be opened on a page: steps that wait, answers, hints, boxes.
async function openAll(page) {
  await page.evaluate(() => {
    document.querySelectorAll('.gate button').forEach((button) => button.click());
    document.querySelectorAll('details').forEach((box) => { box.open = true; });
  });
}

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

for (const [kind, name] of PAGES) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      test(`${kind}, ${width} px, ${colorScheme}`, async () => {
        const settings = { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' };
        const { context, page, troubles } = await open(name, settings);
        try {
          assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than the window`);
          const picture = `${kind.replaceAll(' ', '-')}-${width}-${colorScheme}.jpg`;
          await page.screenshot({ path: path.join(PICTURES, picture), ...(await frame(page, width)) });
          // Both states of a page, and each in both schemes.
          if (width === WIDTHS[1]) await openAll(page);
          assert.deepEqual(await violations(page), []);
          assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than the window when all is open`);
          if (width === WIDTHS[0]) {
            await page.setViewportSize({ width: NARROWEST, height: 900 });
            assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than ${NARROWEST} px`);
          }
          assert.deepEqual(troubles, []);
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
    const answer = await page.goto(`${site.root}no/such/page`);
    assert.equal(answer.status(), 404);
    assert.equal(await page.locator('h1').count(), 1);
    const font = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily);
    assert.match(font, /Course Serif/, 'it has its style at any depth');
    await page.locator('main a').first().click();
    assert.equal(page.url(), site.root);
  } finally {
    await context.close();
  }
});
