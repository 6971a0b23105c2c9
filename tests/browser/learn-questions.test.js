// Questions on a scenario's page, in Chromium: answers are kept, the model answer waits, a quiz says
// whether it is right, a rubric rates, and an answer can be taken along to be reviewed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KEY, openAll, question, ready, reload, SCENARIO, stored, withLevels } from './learner.js';
import { inBrowser } from './visit.js';

const { site, visit } = inBrowser({ ready });

test('an answer is there again after a reload, under a key of its own', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').fill('Slow for everybody,\nbecause they wait in line.');
  await question(page, 'what-you-saw').locator('input').nth(1).fill('240 ms');
  await reload(page);
  assert.equal(await question(page, 'first-guess').locator('textarea').inputValue(), 'Slow for everybody,\nbecause they wait in line.');
  assert.equal(await question(page, 'what-you-saw').locator('input').nth(1).inputValue(), '240 ms');
  assert.deepEqual((await stored(page, `${KEY}question/what-you-saw`)).fields, { 2: '240 ms' });
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(keys.sort(), [`${KEY}question/first-guess`, `${KEY}question/what-you-saw`]);
}));

test('the model answer waits for an attempt', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const box = question(page, 'first-guess');
  assert.equal(await box.locator('details.answer').isVisible(), false);
  await box.locator('textarea').fill('   ');
  assert.equal(await box.locator('details.answer').isVisible(), false);
  await box.locator('textarea').fill('Slow');
  assert.equal(await box.locator('details.answer').isVisible(), true);
  assert.equal(await box.locator('details.answer').getAttribute('open'), null);
  assert.equal(await box.locator('.answer-lock').isVisible(), false);
}));

test('it can be seen without an attempt by whoever insists, and that is remembered', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  const box = question(page, 'first-guess');
  await box.getByRole('button', { name: 'Show me anyway' }).click();
  assert.equal(await box.locator('.answer-body').isVisible(), true);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  await reload(page);
  assert.equal(await box.locator('details.answer').isVisible(), true);
  assert.equal(await box.locator('.answer-lock').isVisible(), false);
}));

test('choices say whether they are right, and what is missing only with the answer open', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await page.goto(`${site.root}${SCENARIO}#question-which-fits`);
  const box = question(page, 'which-fits');
  const check = box.getByRole('button', { name: 'Check' });
  const result = box.locator('.quiz-result');
  const boxes = box.locator('.choices input');
  await check.click();
  assert.match(await result.innerText(), /Tick/);
  await boxes.nth(0).check();
  assert.equal(await box.locator('details.answer').isVisible(), false, 'a tick is no attempt yet');
  await check.click();
  assert.match(await result.innerText(), /^(?:○ )?Not yet/);
  assert.equal(await box.locator('.choice-mark').count(), 0);
  assert.equal(await box.locator('details.answer').isVisible(), true);
  await boxes.nth(3).check();
  assert.match(await result.innerText(), /Changed/);
  await check.click();
  assert.match(await result.innerText(), /Right/);
  await reload(page);
  assert.match(await result.innerText(), /Right/);
  assert.deepEqual(await boxes.evaluateAll((all) => all.map((one) => one.checked)), [true, false, false, true]);
  await boxes.nth(1).check();
  await boxes.nth(0).uncheck();
  await box.locator('details.answer > summary').click();
  // Marks come with the event of opening, which the browser sends a moment later.
  await box.locator('.choice[data-mark]').first().waitFor();
  const marks = await box.locator('.choice').evaluateAll((all) => all.map((one) => one.dataset.mark));
  assert.deepEqual(marks, ['missed', 'wrong', undefined, 'right']);
}));

test('a rubric becomes ratings that are kept', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await openAll(page);
  const box = question(page, 'report');
  await box.locator('textarea').fill('Every request opened a connection.');
  await box.locator('details.answer > summary').click();
  const rows = box.locator('[data-criterion]');
  await rows.nth(0).getByRole('radio', { name: 'Met', exact: true }).check();
  await rows.nth(1).getByRole('radio', { name: 'Partly' }).check();
  assert.equal(await box.locator('.rating-sum').innerText(), '1 of 4 met, 1 partly.');
  await reload(page);
  await openAll(page);
  await box.locator('details.answer > summary').click();
  assert.equal(await rows.nth(0).getByRole('radio', { name: 'Met', exact: true }).isChecked(), true);
  assert.equal(await rows.nth(1).getByRole('radio', { name: 'Partly' }).isChecked(), true);
  assert.equal(await rows.nth(2).getByRole('radio').evaluateAll((all) => all.filter((one) => one.checked).length), 0);
}));

test('a table of levels is rated by choosing one in each row', () => visit({ edit: withLevels }, async ({ open }) => {
  const page = await open(SCENARIO);
  const box = question(page, 'first-guess');
  await box.getByRole('button', { name: 'Show me anyway' }).click();
  await box.getByRole('radio', { name: 'Cause High shown' }).check();
  await box.getByText('none', { exact: true }).click();
  await reload(page);
  await box.locator('details.answer > summary').click();
  const chosen = await box.locator('.levels input').evaluateAll((all) => all.map((one) => one.checked));
  assert.deepEqual(chosen, [false, true, true, false]);
}));

test('a reflection can be copied as a review prompt', () => visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async ({ open }) => {
  const page = await open(SCENARIO);
  await openAll(page);
  const box = question(page, 'report');
  const copy = box.getByRole('button', { name: 'Copy as a review prompt' });
  assert.equal(await copy.isVisible(), false, 'nothing to review yet');
  await box.locator('textarea').fill('Ten connections are shared now.');
  await copy.click();
  await box.locator('.review-status', { hasText: 'Copied' }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['Mira', 'Ten connections are shared now.', 'gives at least one piece of evidence', 'Do not write the answer']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.ok(!text.includes('Every request to the feed opened'), 'no model answer');
  assert.equal(await question(page, 'first-guess').getByRole('button', { name: 'review' }).count(), 0);
}));

const noClipboard = () => {
  if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
};

test('without the clipboard the prompt is selected to be copied by hand', () => visit({ init: noClipboard }, async ({ open }) => {
  const page = await open(SCENARIO);
  await openAll(page);
  const box = question(page, 'report');
  await box.locator('textarea').fill('My report.');
  await box.getByRole('button', { name: 'Copy as a review prompt' }).click();
  await box.locator('.review textarea').waitFor();
  assert.ok((await page.evaluate(() => getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd))).includes('My report.'));
}));

test('what is typed before the scripts have come is kept', () => visit({}, async ({ context }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route('**/learn/page.js', async (route) => {
    await held;
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(site.root + SCENARIO);
  const fields = [question(page, 'first-guess').locator('textarea'), page.locator('input[data-result]').first()];
  for (const field of fields) await field.fill('12');
  release();
  await ready(page);
  await page.reload();
  await ready(page);
  for (const field of fields) assert.equal(await field.inputValue(), '12');
}));

test('a question can be worked through by keyboard alone', () => visit({}, async ({ open }) => {
  const page = await open(SCENARIO);
  await question(page, 'first-guess').locator('textarea').focus();
  await page.keyboard.type('Slow');
  const reach = async (what, limit = 40) => {
    for (let at = 0; at < limit; at += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate((words) => {
        const node = document.activeElement;
        const style = getComputedStyle(node);
        return node.textContent.includes(words) || node.labels?.[0]?.textContent.includes(words) ? `${style.outlineStyle} ${style.outlineWidth}` : '';
      }, what);
      if (found) return found;
    }
    throw new Error(`${what} is not reached`);
  };
  assert.match(await reach('Model answer'), /solid [2-9]/);
  await page.keyboard.press('Enter');
  assert.equal(await question(page, 'first-guess').locator('.answer-body').isVisible(), true);
  await reach('Something allows about 100');
  await page.keyboard.press('Space');
  await reach('Check');
  await page.keyboard.press('Enter');
  assert.match(await question(page, 'which-fits').locator('.quiz-result').innerText(), /Not yet/);
  await reach('Open it anyway');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'section-body');
  await reach('Show me anyway');
}));
