// What a learner does on the pages of the built site, in Chromium: answer, reload, look things up,
// choose, measure, save, come back. A page can be changed on its way to the browser, where the course
// has no example of something.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { launch } from './browser.js';
import { read, serve } from './site.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCENARIO = 'scenarios/diagnosing-failures/';
const COURSE = /data-course="([^"]*)"/.exec(read('index.html'))[1];
const KEY = `scenarist/${COURSE}/diagnosing-failures/`;
const LINE = '| 1.4 % | 11 | 240 ms | 1257 ms |';
const LATER = '| 100 % | 2640 | 71 ms | 180 ms |';

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

// Does something with a fresh browser profile, and holds that nothing went wrong in it: no message of
// the console, no policy violated, no other host asked.
async function visit(settings, act) {
  const { edit, init, ...options } = settings;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const troubles = [];
  const watch = (page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(site.root)) troubles.push(`asked ${request.url()}`);
    });
  };
  context.on('page', watch);
  if (init) await context.addInitScript(init);
  if (edit) {
    await context.route(/\/$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: edit(await answer.text()) });
    });
  }
  const open = async (where = SCENARIO) => {
    const page = await context.newPage();
    await page.goto(site.root + where, { waitUntil: 'load' });
    if (options.javaScriptEnabled !== false) await ready(page);
    return page;
  };
  try {
    await act({ context, open });
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

// Until the scripts of the page have made what they make.
async function ready(page) {
  const kind = await page.evaluate(() => document.documentElement.dataset.kind);
  if (kind === 'scenario') await page.waitForFunction(() => document.querySelector('.outline-sum') !== null);
  if (kind === 'work') await page.waitForFunction(() => document.querySelector('.work-list')?.childElementCount > 0);
}

async function reload(page) {
  await page.reload({ waitUntil: 'load' });
  await ready(page);
}

const question = (page, id) => page.locator(`#question-${id}`);
const openAll = (page) => page.evaluate(() => {
  for (const button of document.querySelectorAll('.gate button')) button.click();
});
const stored = (page, key) => page.evaluate((name) => JSON.parse(localStorage.getItem(name)), key);
const put = (page, key, value) => page.evaluate(([name, text]) => localStorage.setItem(name, text), [key, value]);
const seen = (locator) => locator.evaluate((node) => node.checkVisibility({ contentVisibilityAuto: true }) && node.getClientRects().length > 0);

test('an answer is there again after a reload, under a key of its own', () => visit({}, async ({ open }) => {
  const page = await open();
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
  const page = await open();
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
  const page = await open();
  const box = question(page, 'first-guess');
  await box.getByRole('button', { name: 'Show me anyway' }).click();
  assert.equal(await box.locator('.answer-body').isVisible(), true);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  await reload(page);
  assert.equal(await box.locator('details.answer').isVisible(), true);
  assert.equal(await box.locator('.answer-lock').isVisible(), false);
}));

test('choices say whether they are right, and what is missing only with the answer open', () => visit({}, async ({ open }) => {
  const page = await open();
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
  const marks = await box.locator('.choice').evaluateAll((all) => all.map((one) => one.dataset.mark));
  assert.deepEqual(marks, ['missed', 'wrong', undefined, 'right']);
}));

test('a rubric becomes ratings that are kept', () => visit({}, async ({ open }) => {
  const page = await open();
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

const LEVELS = `<div class="rubric"><div class="scroll" tabindex="0"><table class="levels"><thead><tr><th scope="col">Criterion</th>
<th scope="col">Low</th><th scope="col">High</th></tr></thead><tbody><tr data-criterion="1"><th scope="row">Cause</th><td>guessed</td><td>shown</td></tr>
<tr data-criterion="2"><th scope="row">Price</th><td>none</td><td>named</td></tr></tbody></table></div></div>`;
const withLevels = (html) => html.replace(/(data-question="first-guess"[\s\S]*?<div class="answer-body">)/, `$1${LEVELS}`);

test('a table of levels is rated by choosing one in each row', () => visit({ edit: withLevels }, async ({ open }) => {
  const page = await open();
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
  const page = await open();
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
  const page = await open();
  await openAll(page);
  const box = question(page, 'report');
  await box.locator('textarea').fill('My report.');
  await box.getByRole('button', { name: 'Copy as a review prompt' }).click();
  await box.locator('.review textarea').waitFor();
  assert.ok((await page.evaluate(() => getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd))).includes('My report.'));
}));

test('hints come in order and stay open', () => visit({}, async ({ open }) => {
  const page = await open();
  await openAll(page);
  const hints = page.locator('#shared-pool details.hint');
  const visible = () => hints.evaluateAll((all) => all.map((one) => one.checkVisibility()));
  assert.deepEqual(await visible(), [true, false, false]);
  await hints.nth(0).locator('summary').click();
  await hints.nth(1).waitFor({ state: 'visible' });
  assert.deepEqual(await visible(), [true, true, false]);
  await reload(page);
  await openAll(page);
  assert.deepEqual(await visible(), [true, true, false]);
  assert.deepEqual(await hints.evaluateAll((all) => all.map((one) => one.open)), [true, false, false]);
}));

test('a fix opens when an option is chosen and justified', () => visit({}, async ({ open }) => {
  const page = await open(`${SCENARIO}#fix-failures`);
  const fix = page.locator('#shared-pool');
  const change = fix.locator('.change');
  assert.equal(await seen(change), false);
  await fix.getByRole('radio', { name: /Share one pool/ }).check();
  assert.equal(await seen(change), false);
  assert.match(await fix.locator('.gate').innerText(), /reasons in Q\d+/);
  await question(page, 'which-pool-option').locator('textarea').fill('It removes the cause.');
  assert.equal(await seen(change), true);
  await reload(page);
  assert.equal(await fix.getByRole('radio', { name: /Share one pool/ }).isChecked(), true);
  assert.equal(await seen(change), true);
  const other = page.locator('#feed-index');
  await page.goto(`${site.root}${SCENARIO}#feed-index`);
  assert.equal(await seen(other.locator('[data-use="typed"]').first()), false);
  await other.locator('.gate').getByRole('button', { name: 'Open it anyway' }).click();
  assert.equal(await seen(other.locator('[data-use="typed"]').first()), true);
}));

test('the next step waits for the questions of the one before', () => visit({}, async ({ open }) => {
  const page = await open();
  const section = page.locator('#read');
  const body = section.locator('.section-body');
  assert.equal(await seen(body.locator('p').first()), false);
  const gate = section.locator('> .gate');
  assert.match(await gate.innerText(), /Step 1[\s\S]*Q1[\s\S]*Q4/);
  for (const id of ['first-guess', 'fast-errors']) await question(page, id).locator('textarea').fill('A thought.');
  await question(page, 'what-you-saw').locator('input').first().fill('1 %');
  assert.doesNotMatch(await gate.innerText(), /Q1\b/);
  await question(page, 'which-fits').getByRole('button', { name: 'Show me anyway' }).click();
  assert.equal(await seen(body.locator('p').first()), true);
  assert.equal(await gate.count(), 0);
  await page.locator('main > [role="status"], main [role="status"]', { hasText: 'Step 2 is open now' }).waitFor({ state: 'attached' });
  assert.match(await page.locator('.outline a[href="#reproduce"]').innerText(), /all answered/);
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false);
}));

test('a step opens for whoever insists, and for a link into it', () => visit({}, async ({ open }) => {
  const page = await open();
  await page.locator('#read > .gate').getByRole('button', { name: 'Open it anyway' }).click();
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  await reload(page);
  assert.equal(await seen(page.locator('#read .section-body p').first()), true, 'kept');
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false);
  await page.locator('.outline a[href="#evidence"]').click();
  assert.equal(await seen(page.locator('#evidence .section-body p').first()), false, 'the outline leads to the note');
  const direct = await open(`${SCENARIO}#evidence`);
  assert.equal(await seen(direct.locator('#evidence .section-body p').first()), true);
  const linked = await open(`${SCENARIO}#question-who-refuses`);
  assert.equal(await seen(question(linked, 'who-refuses')), true);
  assert.ok(await question(linked, 'who-refuses').evaluate((node) => node.getBoundingClientRect().top < innerHeight && node.getBoundingClientRect().bottom > 0), 'in view');
}));

test('a search in the page finds what is gated', () => visit({}, async ({ open }) => {
  const page = await open();
  // What the browser does when its search arrives in a hidden part.
  await page.locator('#read .section-body').evaluate((node) => node.dispatchEvent(new Event('beforematch', { bubbles: true })));
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  assert.equal(await page.locator('#evidence .section-body').getAttribute('hidden'), 'until-found');
}));

test('the outline counts and follows', () => visit({}, async ({ open }) => {
  const page = await open();
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  assert.match(await page.locator('.outline a[href="#reproduce"]').innerText(), /1\/4|1 of 4/);
  assert.match(await page.locator('.outline-sum').innerText(), /^1 of \d+ answered/);
  await page.locator('#reproduce').evaluate((node) => node.scrollIntoView({ behavior: 'instant' }));
  await page.locator('.outline a[href="#reproduce"][aria-current]').waitFor();
  assert.equal(await page.locator('.outline [aria-current]').count(), 1);
}));

test('a change is shown in three ways, by keyboard, and the choice holds', () => visit({}, async ({ open }) => {
  const page = await open();
  await openAll(page);
  const change = page.locator('#shared-pool .change');
  const visible = () => change.evaluate((node) => ['.diff-split', '.diff-unified', '[data-side="before"]', '[data-side="after"]'].filter((part) => node.querySelector(part).checkVisibility()));
  assert.deepEqual(await visible(), ['.diff-split']);
  await change.getByRole('tab', { name: 'Side by side' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await visible(), ['.diff-unified']);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'As a diff');
  const [before, after, added, removed] = await change.evaluate((node) => {
    const text = (part) => node.querySelector(part).textContent.trimEnd();
    const lines = (tag) => [...node.querySelectorAll(`.diff-unified ${tag}`)].map((line) => line.textContent.replace(/^[+−](?:added|removed): /, '').trimEnd());
    return [text('[data-side="before"] pre'), text('[data-side="after"] pre'), lines('ins'), lines('del')];
  });
  const difference = (one, other) => one.split('\n').map((line) => line.trimEnd()).filter((line) => !other.split('\n').includes(line));
  assert.ok(after.includes('max: 10'), after);
  for (const line of difference(after, before)) assert.ok(added.includes(line), `${line} is marked`);
  for (const line of difference(before, after)) assert.ok(removed.includes(line), `${line} is marked`);
  const colored = (part) => change.locator(`${part} [class^="hl-"]`).count();
  assert.ok((await colored('.diff-unified')) >= (await colored('[data-side="after"]')), 'colors are kept');
  assert.ok((await colored('[data-side="after"]')) > 0);
  await page.keyboard.press('End');
  assert.deepEqual(await visible(), ['[data-side="after"]']);
  await reload(page);
  await openAll(page);
  assert.deepEqual(await visible(), ['[data-side="after"]']);
  assert.equal(await change.locator('.copy').count(), 0, 'nothing to copy');
  await page.setViewportSize({ width: 400, height: 800 });
  await change.getByRole('tab', { name: 'Side by side' }).click();
  assert.deepEqual(await visible(), ['[data-side="before"]', '[data-side="after"]']);
}));

async function paste(page, field, text) {
  await field.evaluate((node, value) => {
    node.focus();
    const data = new DataTransfer();
    data.setData('text', value);
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('the line of a load test fills a row, and its figures are compared', () => visit({}, async ({ open }) => {
  const page = await open();
  const table = page.locator('table[data-results="baseline"]');
  assert.equal(await page.locator('.recorded:not(:empty)').count(), 0, 'no rehearsed figures before one has own ones');
  const tools = page.locator('#reproduce .results-tools').first();
  await tools.getByRole('button', { name: 'Paste a line' }).click();
  await tools.locator('input').fill('nonsense');
  await page.keyboard.press('Enter');
  assert.match(await tools.locator('.paste-status').innerText(), /looks like this/);
  await paste(page, tools.locator('input'), `For your table (Success rate, Requests/s, p50, p99):\n${LINE}\n`);
  const values = () => table.locator('input').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(await values(), ['1.4 %', '11', '240 ms', '1257 ms']);
  assert.match(await table.locator('.recorded').first().innerText(), /rehearsed: [\d.]+ %/);

  await openAll(page);
  const final = page.locator('table[data-results="final"]');
  assert.equal(await final.locator('input').nth(2).inputValue(), '240 ms', 'shared by tables');
  const compare = page.locator('#compare .compare');
  assert.equal(await compare.isVisible(), false);
  await paste(page, final.locator('tbody tr').nth(2).locator('input').first(), LATER);
  assert.equal(await compare.isVisible(), true);
  const text = await compare.innerText();
  for (const part of ['+98.6 points', '× 240', '× 0.3', 'rehearsed']) assert.ok(text.includes(part), `${part} in ${text}`);
  const widths = await compare.locator('.compare-measure').nth(1).locator('.bar-own').evaluateAll((all) => all.map((one) => Number(one.getAttribute('width'))));
  assert.ok(widths[0] < 1 && widths[1] > 90, String(widths));
  await reload(page);
  await openAll(page);
  assert.equal(await final.locator('tbody tr').nth(2).locator('input').first().inputValue(), '100 %');
  assert.equal(await compare.isVisible(), true);
}));

test('two tabs do not overwrite each other', () => visit({}, async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await question(one, 'what-you-saw').locator('input').nth(0).fill('1.4 %');
  await question(other, 'what-you-saw').locator('input').nth(1).fill('240 ms');
  await question(one, 'first-guess').locator('textarea').fill('From the first tab');
  await other.waitForFunction(() => document.querySelector('#question-first-guess textarea').value === 'From the first tab');
  assert.deepEqual((await stored(one, `${KEY}question/what-you-saw`)).fields, { 1: '1.4 %', 2: '240 ms' });
  await one.waitForFunction(() => document.querySelectorAll('#question-what-you-saw input')[1].value === '240 ms');
  assert.equal(await question(other, 'first-guess').locator('details.answer').isVisible(), true);
}));

const blocked = () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });

test('with storage blocked everything works for the visit, and the page says so once', () => visit({ init: blocked }, async ({ open }) => {
  const page = await open();
  assert.equal(await page.locator('.notice').count(), 0, 'not before something is written');
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  await question(page, 'fast-errors').locator('textarea').fill('Errors are quick.');
  await page.locator('.notice p').waitFor();
  assert.equal(await page.locator('.notice').count(), 1);
  assert.equal(await question(page, 'first-guess').locator('details.answer').isVisible(), true);
  await page.locator('.notice').getByRole('button', { name: 'Close' }).click();
  await question(page, 'fast-errors').locator('textarea').fill('Errors are very quick.');
  assert.equal(await page.locator('.notice').count(), 0);
}));

test('with storage full nothing is lost during the visit', () => visit({}, async ({ open }) => {
  const page = await open();
  await question(page, 'first-guess').locator('textarea').fill('Kept before');
  await page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < 12; at += 1) {
        try {
          localStorage.setItem(`filler-${size}-${at}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await question(page, 'fast-errors').locator('textarea').fill('There is no room for these words. '.repeat(20));
  await page.locator('.notice p').waitFor();
  assert.equal(await question(page, 'fast-errors').locator('details.answer').isVisible(), true);
  assert.match(await page.locator('.outline-sum').innerText(), /^2 of/);
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key)));
  await question(page, 'fast-errors').locator('textarea').fill('Now there is room.');
  await reload(page);
  assert.equal(await question(page, 'fast-errors').locator('textarea').inputValue(), 'Now there is room.');
  assert.equal(await question(page, 'first-guess').locator('textarea').inputValue(), 'Kept before');
}));

const renamed = (html) => html
  .replace(/(<article class="scenario" data-scenario="diagnosing-failures")/, '$1 data-was="first-steps older"')
  .replace('data-question="fast-errors"', 'data-question="fast-errors" data-was="quick-errors"')
  .replace(/<section class="section" id="read"[^>]*>/, '$&<span class="was" id="look"></span>');

test('work that was kept under earlier ids is carried over', () => visit({ edit: renamed }, async ({ open }) => {
  const page = await open('concepts/');
  const old = `scenarist/${COURSE}/first-steps/`;
  await put(page, `${old}question/first-guess`, JSON.stringify({ fields: { text: 'An old guess' }, at: 5 }));
  await put(page, `${KEY}question/quick-errors`, JSON.stringify({ fields: { text: 'An old answer' } }));
  await put(page, `${KEY}step/look`, JSON.stringify({ open: true }));
  await put(page, `scenarist/${COURSE}/other/question/first-guess`, JSON.stringify({ fields: { text: 'Of another scenario' } }));
  const scenario = await open();
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), 'An old guess');
  assert.equal(await question(scenario, 'fast-errors').locator('textarea').inputValue(), 'An old answer');
  assert.equal(await seen(scenario.locator('#read .section-body p').first()), true);
  assert.equal(await stored(scenario, `${old}question/first-guess`), null);
  assert.notEqual(await stored(scenario, `scenarist/${COURSE}/other/question/first-guess`), null);
}));

test('values that are damaged are kept aside and harm nothing', () => visit({}, async ({ open }) => {
  const page = await open('concepts/');
  const damage = { 'question/first-guess': '{"fields": {"text": "cut o', 'question/fast-errors': '[1, 2]', 'hint/shared-pool': '{"opened": "many"}', 'question/which-fits': '{"fields": {"1": true, "2": {"no": 1}}}', 'view/odd': '7' };
  for (const [name, text] of Object.entries(damage)) await put(page, KEY + name, text);
  const scenario = await open();
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), '');
  assert.equal(await question(scenario, 'which-fits').locator('input').first().isChecked(), true, 'what fits is used');
  await question(scenario, 'first-guess').locator('textarea').fill('Written anew');
  const kept = await scenario.evaluate((key) => localStorage.getItem(key), `scenarist-damaged/${COURSE}/diagnosing-failures/question/first-guess`);
  assert.equal(kept, damage['question/first-guess']);
  await reload(scenario);
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), 'Written anew');
}));

// What is downloaded by a click, as text.
async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFileSync(await file.path(), 'utf8');
}

async function bring(page, text, name = 'work.json') {
  await page.locator('#work-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

async function workFor(open) {
  const page = await open();
  await question(page, 'first-guess').locator('textarea').fill('Slow | for <b>everybody</b> --> really');
  await question(page, 'which-fits').locator('input').first().check();
  await question(page, 'which-fits').getByRole('button', { name: 'Check' }).click();
  await paste(page, page.locator('table[data-results="baseline"] input').first(), LINE);
  await page.locator('#option-share-pool > input').evaluate((node) => node.click());
  return page;
}

test('everything can be seen, saved, erased and brought back', () => visit({}, async ({ open }) => {
  await workFor(open);
  const page = await open('my-work/');
  const other = 'scenarist/somebody/else/diagnosing-failures/question/first-guess';
  await put(page, other, '{"fields":{"text":"Of another course"}}');
  const list = page.locator('.work-list');
  for (const part of ['Slow | for <b>everybody</b> --> really', '1.4 %', 'Share one pool', 'Something allows about 100']) {
    assert.ok((await list.innerText()).includes(part), part);
  }
  assert.ok(!(await list.innerText()).includes('Of another course'));
  assert.equal(await page.locator('.work-place h2 a').first().getAttribute('href'), `../${SCENARIO}`);
  const before = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  const json = await download(page, 'Save as JSON');
  const markdown = await download(page, 'Save as Markdown');
  assert.ok(markdown.includes('Slow | for <b>everybody</b> --> really'), markdown);
  assert.match(markdown, /\| Broken[^|]*\| 1\.4 % \| 11 \| 240 ms \| 1257 ms \|/);
  for (const [name, text] of [['work.json', json], ['work.md', markdown]]) {
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort())), before, 'Escape erases nothing');
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
    await page.locator('.work-empty').waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [other]);
    await bring(page, text, name);
    await page.locator('.work-place').first().waitFor();
    assert.equal(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort())), before);
  }
}));

test('of two versions the newer one stays, after asking', () => visit({}, async ({ open }) => {
  await workFor(open);
  const page = await open('my-work/');
  const file = JSON.parse(await download(page, 'Save as JSON'));
  const [guess, fits] = ['question/first-guess', 'question/which-fits'].map((name) => `diagnosing-failures/${name}`);
  file.entries[guess].fields.text = 'Newer in the file';
  file.entries[guess].at += 1000;
  file.entries[fits].fields = { 2: true };
  file.entries[fits].at -= 1000;
  const before = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  await bring(page, JSON.stringify(file));
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /1 newer in the file[\s\S]*1 newer here/);
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
  await page.locator('.work-status', { hasText: 'Nothing has been changed' }).waitFor();
  assert.equal(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort())), before);
  await bring(page, JSON.stringify(file));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.locator('.work-status', { hasText: 'Imported' }).waitFor();
  assert.equal((await stored(page, `${KEY}question/first-guess`)).fields.text, 'Newer in the file');
  assert.deepEqual((await stored(page, `${KEY}question/which-fits`)).fields, { 1: true });
}));

test('a damaged file changes nothing and says what is wrong', () => visit({}, async ({ open }) => {
  await workFor(open);
  const page = await open('my-work/');
  const good = await download(page, 'Save as JSON');
  const before = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  const file = JSON.parse(good);
  for (const [text, says] of [
    [good.slice(0, good.length / 2), /cannot be read as JSON[\s\S]*line \d+|cannot be read as JSON/],
    ['[]', /not saved on a page like this/],
    ['null', /not saved on a page like this/],
    [JSON.stringify({ ...file, course: 'somebody/else' }), /another course: somebody\/else/],
    [JSON.stringify({ ...file, version: 99 }), /another version/],
    [JSON.stringify({ ...file, entries: { 'diagnosing-failures/question/first-guess': { fields: { text: 7 } } } }), /fields\.text must be text/],
    [JSON.stringify({ ...file, entries: { '../../evil': { value: 'x' }, 'a/unknown/b': {} } }), /evil` is the name of nothing/],
  ]) {
    await bring(page, text);
    await page.locator('.work-status', { hasText: says }).waitFor({ timeout: 5000 });
    assert.match(await page.locator('.work-status').innerText(), /Nothing has been changed/);
    assert.equal(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort())), before);
  }
  // What is whole in a damaged file can be had, after asking.
  const part = { ...file, entries: { 'diagnosing-failures/question/report': { fields: { text: 'Whole' } }, 'diagnosing-failures/hint/x': { opened: -1 } } };
  await bring(page, JSON.stringify(part));
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /damaged[\s\S]*hint\/x`: opened must be/);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.locator('.work-status', { hasText: 'Imported: 1' }).waitFor();
  assert.equal((await stored(page, `${KEY}question/report`)).fields.text, 'Whole');
  assert.equal(await stored(page, `${KEY}hint/x`), null);
}));

test('a concept says what it means on hover and on focus, and Escape closes it', () => visit({}, async ({ open }) => {
  const page = await open();
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
  const page = await open();
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

test('the files of the solution need one more step', () => visit({}, async ({ open }) => {
  const page = await open();
  const links = page.locator('table.stuck a[href*="/solution/"]');
  assert.equal(await links.first().isVisible(), false);
  await page.getByRole('button', { name: 'I have tried' }).click();
  assert.equal(await links.first().isVisible(), true);
  assert.equal(await links.first().evaluate((node) => node === document.activeElement), true);
}));

test('the home page knows what is started, and where to go on', () => visit({
  edit: (html) => (html.includes('id="continue"') ? html : html.replace('<main id="main" tabindex="-1">', '$&<div id="continue"></div>')),
}, async ({ open }) => {
  const fresh = await open('');
  assert.equal(await fresh.locator('.progress-mark').count(), 0);
  assert.equal(await fresh.locator('#continue').innerText(), '');
  const page = await open();
  await question(page, 'first-guess').locator('textarea').fill('Slow');
  const home = await open('');
  await home.locator('[data-scenario="diagnosing-failures"] .progress-mark').first().waitFor();
  const link = home.locator('#continue a');
  assert.match(await link.innerText(), /^Continue: .*Diagnosing failures/);
  assert.equal(new URL(await link.evaluate((node) => node.href)).pathname, new URL(site.root + SCENARIO).pathname);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('.answer-lock button')) button.click();
    for (const field of document.querySelectorAll('.question textarea')) {
      field.value = 'Done';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await home.reload();
  await home.locator('[data-scenario="diagnosing-failures"] .progress-mark[data-state="finished"]').first().waitFor();
  assert.equal(await home.locator('#continue a').count(), 0);
}));

test('the scripts of a page stay small', () => visit({}, async ({ context, open }) => {
  const loaded = new Map();
  context.on('response', async (response) => {
    const name = new URL(response.url()).pathname;
    if (name.endsWith('.js') && !name.includes('/search/')) loaded.set(name, gzipSync(await response.body()).length);
  });
  const page = await open();
  await page.waitForLoadState('networkidle');
  const sum = [...loaded.values()].reduce((a, b) => a + b, 0);
  assert.ok(loaded.size > 10 && sum <= 30 * 1024, `${sum} bytes in ${loaded.size} files`);
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

test('without scripts everything is open', () => visit({ javaScriptEnabled: false }, async ({ open }) => {
  const page = await open();
  for (const part of ['#read .section-body p', '#question-report textarea', '#shared-pool .change', 'table.stuck a[href*="/solution/"]', 'details.answer']) {
    assert.equal(await page.locator(part).first().isVisible(), true, part);
  }
  // The menu of phones opens without a script.
  assert.equal(await page.locator('button:not([popovertarget])').count(), 0, 'no control that does nothing');
  await page.goto(`${site.root}my-work/`);
  assert.match(await page.locator('#work').innerText(), /JavaScript/);
}));

test('a question can be worked through by keyboard alone', () => visit({}, async ({ open }) => {
  const page = await open();
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

test('on paper everything sensible is there and no control', () => visit({}, async ({ open }) => {
  const page = await open();
  await question(page, 'first-guess').locator('textarea').fill('One line\n'.repeat(30));
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await seen(page.locator('#read .section-body p').first()), true);
  assert.equal(await page.locator('.gate').first().isVisible(), false);
  assert.equal(await page.locator('.answer-lock').nth(1).isVisible(), false);
  const field = await question(page, 'first-guess').locator('textarea').evaluate((node) => [node.clientHeight, node.scrollHeight]);
  assert.ok(field[0] >= field[1] - 6, String(field));
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

async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  for (const view of ['split', 'unified', 'after']) {
    test(`axe finds nothing with everything open, ${colorScheme}, ${view}`, () => visit({ colorScheme, edit: withLevels }, async ({ open }) => {
      const page = await open();
      await openEverything(page);
      await page.evaluate((name) => { for (const tab of document.querySelectorAll(`[role="tab"][data-view="${name}"]`)) tab.click(); }, view);
      assert.deepEqual(await axe(page), []);
      for (const width of [320, 375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      }
      await page.locator('figure.figure .enlarge').first().click();
      assert.deepEqual(await axe(page), []);
    }));
  }

  test(`axe finds nothing before anything is opened, ${colorScheme}`, () => visit({ colorScheme }, async ({ open }) => {
    const page = await open();
    assert.deepEqual(await axe(page), []);
  }));

  test(`axe finds nothing on the page of one's work, ${colorScheme}`, () => visit({ colorScheme }, async ({ open }) => {
    await workFor(open);
    const page = await open('my-work/');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Erase everything' }).click();
    assert.deepEqual(await axe(page), []);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  }));
}
