// Work that was kept under names which the course has changed or no longer has, in Chromium. The course is
// a small one of its own, in which a scenario, a question and a fix have had other names.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { builtCourse } from './fixture.js';
import { bring, download, everything, openAll, put, question, ready, stored } from './learner.js';
import { inBrowser } from './visit.js';

const FOLDER = 'content/scenarios/everything-at-once';
const SCENARIO = 'scenarios/everything-at-once/';
const COURSE = 'scenarist/your-name/my-course/';
const OLD = `${COURSE}all-at-once/`;
const NOW = `${COURSE}everything-at-once/`;

const { visit } = inBrowser({
  ready,
  folder: builtCourse({
    [`${FOLDER}/scenario.yml`]: (text) => `${text}was: [all-at-once]\n`,
    [`${FOLDER}/scenario.md`]: (text) => text.replace('{#first-page}', '{#first-page was=newest}').replace('{#where kind', '{#where was=which-part kind'),
  }),
});

const value = (page, key) => page.locator(`input[data-result="${key}"]`).first().inputValue();

test('a scenario, a question and a fix that were renamed keep what was written', () => visit({ at: 'concepts/' }, async ({ page, open }) => {
  await put(page, `${OLD}question/first-guess`, JSON.stringify({ fields: { text: 'Under the old scenario' } }));
  await put(page, `${OLD}question/which-part`, JSON.stringify({ fields: { text: 'Under both old names' } }));
  await put(page, `${OLD}result/main/broken/p99`, JSON.stringify({ value: '980 ms' }));
  await put(page, `${OLD}result/main/newest/p99`, JSON.stringify({ value: '12 ms' }));
  await put(page, `${OLD}hint/newest`, JSON.stringify({ opened: 1 }));
  const scenario = await open(SCENARIO);
  await openAll(scenario);
  assert.equal(await question(scenario, 'first-guess').locator('textarea').inputValue(), 'Under the old scenario');
  assert.equal(await question(scenario, 'where').locator('textarea').inputValue(), 'Under both old names');
  assert.equal(await value(scenario, 'main/broken/p99'), '980 ms');
  assert.equal(await value(scenario, 'main/first-page/p99'), '12 ms', 'a fix is a stage of the load test');
  assert.deepEqual(await stored(scenario, `${NOW}hint/first-page`), { opened: 1 });
  const left = await scenario.evaluate((old) => Object.keys(localStorage).filter((key) => key.startsWith(old) || key.includes('newest')), OLD);
  assert.deepEqual(left, []);
}));

test('a figure that is there under the new name stays', () => visit({ at: 'concepts/' }, async ({ page, open }) => {
  await put(page, `${NOW}result/main/newest/p99`, JSON.stringify({ value: 'old' }));
  await put(page, `${NOW}result/main/first-page/p99`, JSON.stringify({ value: 'new' }));
  const scenario = await open(SCENARIO);
  assert.equal(await value(scenario, 'main/first-page/p99'), 'new');
}));

// Load tests and stages that are no fixes have no earlier names. Their figures belong to nothing on the page.
test('what belongs to nothing any more stays in my work and in its files', () => visit({ at: 'concepts/' }, async ({ page, open }) => {
  const lost = {
    [`${NOW}result/evening/broken/p99`]: { value: '411 ms', at: 5 },
    [`${NOW}result/main/second-try/rps@notices`]: { value: '77 per second', at: 5 },
    [`${NOW}question/never-heard-of`]: { fields: { text: 'An answer to something' }, at: 5 },
    [`${NOW}option/dropped`]: { chosen: 'a-choice', why: 'Because of that', at: 5 },
    [`${NOW}option/undecided`]: { why: 'Reasons without a choice', at: 5 },
    [`${NOW}rubric/top`]: { ratings: { 1: 'met', 2: 'not' }, at: 5 },
    [`${COURSE}long-gone/question/why`]: { fields: { text: 'Of a page that is gone' }, at: 5 },
    [`${COURSE}long-gone/result/main/broken/p50`]: { value: '5 ms', at: 5 },
    [`${COURSE}tutorial:long-gone/start/question/why`]: { fields: { text: 'Of a tutorial that is gone' }, at: 5 },
  };
  for (const [key, kept] of Object.entries(lost)) await put(page, key, JSON.stringify(kept));
  // The scenario's page carries nothing over that it does not know.
  await open(SCENARIO);
  const work = await open('my-work/');
  const text = await work.locator('.work-list').innerText();
  const markdown = await download(work, 'Save as Markdown');
  const words = ['411 ms', '77 per second', 'An answer to something', 'Because of that', 'Reasons without a choice', '1 met, 0 partly, 1 not yet', 'Of a page that is gone', '5 ms', 'Of a tutorial that is gone'];
  for (const part of words) {
    assert.ok(text.includes(part), `“${part}” in: ${text}`);
    assert.ok(markdown.includes(part), `“${part}” in: ${markdown}`);
  }
  const before = await everything(work);
  const json = await download(work, 'Save as JSON');
  await work.getByRole('button', { name: 'Erase everything' }).click();
  await work.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
  await work.locator('.work-empty').waitFor();
  await bring(work, json);
  await work.locator('.work-place').first().waitFor();
  assert.equal(await everything(work), before);
}));
