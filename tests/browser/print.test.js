// Pages on paper, in Chromium: a scenario's page is a handout that can be read and filled in, and gives
// nothing away. Pages of a real PDF are looked at where poppler's tools are there.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { openAll, question, ready, SCENARIO } from './learner.js';
import { seen } from './look.js';
import { inBrowser } from './visit.js';

const { visit } = inBrowser({ ready });
const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-print-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

async function onPaper(page) {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
}

test('on paper everything sensible is there and no control', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('One line\n'.repeat(30));
  await onPaper(page);
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  assert.equal(await page.locator('.gate').first().isVisible(), false);
  assert.equal(await page.locator('.answer-lock').nth(1).isVisible(), false);
  const field = await question(page, 'first-guess').locator('textarea').evaluate((node) => [node.clientHeight, node.scrollHeight]);
  assert.ok(field[0] >= field[1] - 6, String(field));
  const controls = await page.locator('button, summary, nav, [role=tab], select').evaluateAll((all) => all.filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 120)));
  assert.deepEqual(controls, []);
}));

for (const [how, javaScriptEnabled] of [['with scripts', true], ['without scripts', false]]) {
  test(`a handout gives nothing away, ${how}`, () => visit({ at: SCENARIO, javaScriptEnabled }, async ({ page }) => {
    if (javaScriptEnabled) await onPaper(page);
    else await page.emulateMedia({ media: 'print' });
    for (const part of ['details.answer', 'details.hint', '.rehearsal details', '.answer-body', '.hint-body', '.choice-mark']) {
      const visible = await page.locator(part).evaluateAll((all) => all.filter((node) => node.checkVisibility()).length);
      assert.equal(visible, 0, part);
    }
    const fields = await page.locator('.question textarea').evaluateAll((all) => all.map((node) => node.getBoundingClientRect().height));
    assert.ok(fields.length > 5 && fields.every((height) => height > 90), `room to write: ${fields}`);
    const printed = await page.locator('.prose a').evaluateAll((all) => all.map((link) => getComputedStyle(link, '::after').content).filter((content) => !['none', 'normal', '""'].includes(content)));
    assert.deepEqual(printed, [], 'addresses are no text');
  }));
}

test('what somebody has opened is printed', () => visit({ at: SCENARIO }, async ({ page }) => {
  await openAll(page);
  await page.locator('details.hint > summary').first().click();
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  await question(page, 'first-guess').locator('details.answer > summary').click();
  await onPaper(page);
  assert.equal(await page.locator('.hint-body').first().isVisible(), true);
  assert.equal(await question(page, 'first-guess').locator('.answer-body').isVisible(), true);
}));

test('cards, code and figures are not cut in two', () => visit({ at: SCENARIO }, async ({ page }) => {
  await onPaper(page);
  const cut = await page.locator('.question, .figure, .code, .option, .note, table.results').evaluateAll((all) => all.filter((node) => node.checkVisibility() && getComputedStyle(node).breakInside !== 'avoid').map((node) => node.className));
  assert.deepEqual(cut, []);
}));

test('pictures that were never in view are on paper', () => visit({ at: SCENARIO, viewport: { width: 1280, height: 300 } }, async ({ page }) => {
  const pictures = page.locator('figure.figure img');
  assert.ok((await pictures.count()) > 2);
  await page.waitForFunction(() => [...document.querySelectorAll('figure.figure img')].every((image) => image.complete && image.naturalWidth > 0));
}));

// The words of an SVG are text in a PDF, too.
test('a printed scenario has its figures, margins and numbers of pages', { skip: !hasPoppler && 'poppler-utils is not here' }, () => visit({ at: SCENARIO, colorScheme: 'dark' }, async ({ page }) => {
  await page.waitForFunction(() => [...document.querySelectorAll('figure.figure img')].every((image) => image.complete));
  const file = path.join(folder, 'scenario.pdf');
  await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).normalize('NFKC');
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))[1]);
  assert.ok(pages > 5 && pages < 40, `${pages} pages`);
  assert.ok(text.includes(`1 / ${pages}`), 'pages are numbered');
  for (const part of ['How the pieces fit together', 'How requests reach the database']) assert.ok(text.includes(part), `the words of a figure: ${part}`);
  for (const part of ['Show me anyway', 'Open it anyway', 'Copy', 'Model answer', 'Hint 1', 'https://']) assert.ok(!text.includes(part), part);
  // A centimeter of the first page's corner is paper, and it is white.
  execFileSync('pdftoppm', ['-r', '20', '-singlefile', '-x', '0', '-y', '0', '-W', '8', '-H', '8', '-gray', file, path.join(folder, 'corner')]);
  const corner = [...readFileSync(path.join(folder, 'corner.pgm')).subarray(-64)];
  assert.ok(corner.every((gray) => gray === 255), String(corner));
}));
