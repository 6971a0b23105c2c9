// The built site in Chromium: one page of each kind, three widths, light and dark.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { axe, overflow } from './look.js';
import { files, largest, read } from './site.js';
import { inBrowser } from './visit.js';

const WIDTHS = [375, 768, 1440];
const NARROWEST = 320;
const TALLEST = 6000;
const SCHEMES = ['light', 'dark'];
// What people who look at a run want to see afterwards.
const PICTURES = path.resolve(process.env.SCENARIST_PICTURES ?? path.join(import.meta.dirname, '../../target/screenshots'));

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

const { site, visit } = inBrowser();
const at = (name) => name.replace(/index\.html$/, '');

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

for (const [kind, name] of PAGES) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const settings = { at: at(name), viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' };
      test(`${kind}, ${width} px, ${colorScheme}`, () => visit(settings, async ({ page }) => {
        assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than the window`);
        const picture = `${kind.replaceAll(' ', '-')}-${width}-${colorScheme}.jpg`;
        await page.screenshot({ path: path.join(PICTURES, picture), ...(await frame(page, width)) });
        // Both states of a page, and each in both schemes.
        if (width === WIDTHS[1]) await openAll(page);
        assert.deepEqual(await axe(page), []);
        assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than the window when all is open`);
        if (width === WIDTHS[0]) {
          await page.setViewportSize({ width: NARROWEST, height: 900 });
          assert.ok((await overflow(page)) <= 0, `${await overflow(page)} px wider than ${NARROWEST} px`);
        }
      }));
    }
  }
}

for (const [kind, name] of PAGES) {
  test(`${kind} can be read without JavaScript`, () => visit({ at: at(name), javaScriptEnabled: false }, async ({ page }) => {
    assert.equal(await page.locator('h1').count(), 1);
    assert.ok(await page.locator('h1').isVisible());
    const text = await page.locator('main').innerText();
    assert.ok(text.trim().length > 80, text);
    // What the examples of rules show is the source format.
    const marks = kind === 'rules' ? [] : [':::', '{#', '](', '@@'];
    for (const mark of marks) assert.ok(!text.includes(mark), `“${mark}” is visible`);
  }));
}

test('hints and answers are closed until asked for', () => visit({ at: at(KINDS.scenario) }, async ({ page }) => {
  for (const kind of ['hint', 'answer']) {
    assert.ok((await page.locator(`details.${kind}`).count()) > 0, `there is a ${kind} to open`);
    assert.equal(await page.locator(`details.${kind}[open]`).count(), 0);
  }
  // The first hint may lie in a step that waits for the one before it.
  await page.locator('.gate button').first().waitFor();
  await page.evaluate(() => document.querySelectorAll('.gate button').forEach((button) => button.click()));
  await page.locator('details.hint > summary').first().click();
  assert.equal(await page.locator('details.hint[open]').count(), 1);
}));

test('the first thing that the Tab key reaches leads to the content', () => visit({ at: at(KINDS.home) }, async ({ page }) => {
  await page.keyboard.press('Tab');
  const target = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  assert.match(target ?? '', /^#./);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => location.hash), target);
}));

// The browser itself says on the console that there is no such page.
test('an address that does not exist gets a page', () => visit({ tolerant: true }, async ({ context }) => {
  const page = await context.newPage();
  const answer = await page.goto(`${site.root}no/such/page`);
  assert.equal(answer.status(), 404);
  assert.equal(await page.locator('h1').count(), 1);
  const font = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily);
  assert.match(font, /Course Serif/, 'it has its style at any depth');
  await page.locator('main a').first().click();
  assert.equal(page.url(), site.root);
}));
