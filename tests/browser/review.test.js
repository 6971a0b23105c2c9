// The review build of a course with faults in it: valid HTML, no page too wide, nothing for axe to find,
// and from finding to finding by keyboard alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { HtmlValidate } from 'html-validate';

import { axe, overflow } from './look.js';
import { inBrowser } from './visit.js';

const PROGRAM = path.resolve(process.env.SCENARIST ?? path.join(import.meta.dirname, '../../target/debug/scenarist'));

const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-review-'));
const course = path.join(folder, 'my-course');
const site = path.join(course, 'dist/review');
const SCENARIO = 'scenarios/everything-at-once/index.html';
const PAGES = [SCENARIO, 'review/index.html', 'review/findings/index.html', 'index.html'];

// Doubles a word in every second paragraph of a page; one of them is accepted.
function plant(file) {
  let paragraphs = 0;
  const lines = readFileSync(file, 'utf8').split('\n').map((line) => {
    if (!/^[A-Z][^|]{60,}$/.test(line)) return line;
    paragraphs += 1;
    if (paragraphs % 2 === 0) return line;
    const faulty = line.replace(/ (\w+)/, ' $1 $1');
    return paragraphs === 3 ? `<!-- allow prose/repeated-word: it stands in a quotation -->\n\n${faulty}` : faulty;
  });
  writeFileSync(file, lines.join('\n'));
}

execFileSync(PROGRAM, ['new', 'course', 'my-course'], { cwd: folder });
plant(path.join(course, 'content/scenarios/everything-at-once/scenario.md'));
const settings = path.join(course, 'content/course.yml');
writeFileSync(settings, readFileSync(settings, 'utf8').replace('tagline: ', 'tagline: so so '));
execFileSync(PROGRAM, ['build', '--review', '--quiet'], { cwd: course, stdio: 'ignore' });
after(() => rmSync(folder, { recursive: true, force: true }));

const { visit } = inBrowser({ folder: site });
// A reviewer opens the files; there browsers load no modules, and say so.
const file = (name) => ({ at: pathToFileURL(path.join(site, name)).href, reducedMotion: 'reduce', tolerant: true });

test('all pages are valid HTML', async () => {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended'],
    rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
  });
  const faults = [];
  for (const name of readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    const report = await validator.validateString(readFileSync(path.join(site, name), 'utf8'), name);
    for (const { messages } of report.results) {
      for (const { line, column, ruleId, message } of messages) faults.push(`${name}:${line}:${column} ${message} (${ruleId})`);
    }
  }
  assert.deepEqual(faults.slice(0, 40), []);
});

for (const name of PAGES) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name} fits and is accessible, ${colorScheme}`, () => visit({ ...file(name), colorScheme, bypassCSP: true }, async ({ page }) => {
      for (const width of [320, 375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await overflow(page);
        assert.ok(over <= 0, `${over} px wider than ${width}`);
      }
      assert.deepEqual(await axe(page), []);
    }));
  }
}

test('everything is open, and Tab and Enter lead from finding to finding', () => visit(file(SCENARIO), async ({ page }) => {
  assert.equal(await page.locator('details.hint:not([open]), details.answer:not([open])').count(), 0);
  const count = await page.locator('.finding').count();
  assert.ok(count >= 4, `${count} findings`);
  assert.equal(await page.locator('.finding[data-accepted]').count(), 1);
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('href') === '#finding-1')) break;
  }
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => location.hash), '#finding-1');
  for (let number = 2; number <= count; number += 1) {
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((href) => document.activeElement?.getAttribute('href') === href, `#finding-${number}`)) break;
    }
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => location.hash), `#finding-${number}`);
    assert.ok(await page.locator(`#finding-${number}`).evaluate((box) => box.getBoundingClientRect().top < innerHeight));
  }
}));
