// The page of one's own work, in Chromium: everything is there, can be saved, erased and brought back,
// and a damaged file does no harm.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bring, download, everything, KEY, put, ready, SCENARIO, stored, workFor } from './learner.js';
import { axe, overflow } from './look.js';
import { inBrowser } from './visit.js';

const { visit } = inBrowser({ ready });

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
  const before = await everything(page);
  const json = await download(page, 'Save as JSON');
  const markdown = await download(page, 'Save as Markdown');
  assert.ok(markdown.includes('Slow | for <b>everybody</b> --> really'), markdown);
  assert.match(markdown, /\| Broken[^|]*\| 1\.4 % \| 11 \| 240 ms \| 1257 ms \|/);
  for (const [name, text] of [['work.json', json], ['work.md', markdown]]) {
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.keyboard.press('Escape');
    assert.equal(await everything(page), before, 'Escape erases nothing');
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
    await page.locator('.work-empty').waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [other]);
    await bring(page, text, name);
    await page.locator('.work-place').first().waitFor();
    assert.equal(await everything(page), before);
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
  const before = await everything(page);
  await bring(page, JSON.stringify(file));
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /1 newer in the file[\s\S]*1 newer here/);
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
  await page.locator('.work-status', { hasText: 'Nothing has been changed' }).waitFor();
  assert.equal(await everything(page), before);
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
  const before = await everything(page);
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
    assert.equal(await everything(page), before);
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

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the page of one's work, ${colorScheme}`, () => visit({ colorScheme }, async ({ open }) => {
    await workFor(open);
    const page = await open('my-work/');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Erase everything' }).click();
    assert.deepEqual(await axe(page), []);
    await page.setViewportSize({ width: 320, height: 700 });
    const over = await overflow(page);
    assert.ok(over <= 0, `${over} px too wide`);
  }));
}
