// `scenarist serve` as an author sees it: pages that follow the files without losing anything, and a box
// with the findings.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { launch } from './browser.js';

const PROGRAM = path.resolve(process.env.SCENARIST ?? path.join(import.meta.dirname, '../../target/debug/scenarist'));

const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-serve-'));
const course = path.join(folder, 'my course');
const COURSE = 'content/course.yml';
const PAGE = 'content/scenarios/everything-at-once/scenario.md';
const MANIFEST = 'content/scenarios/everything-at-once/scenario.yml';
const SCENARIO = 'scenarios/everything-at-once/';
const SITUATION = 'You look after the notice board of a large house';

let browser;
let server;
let address;

function freePort() {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function start(port) {
  server = spawn(PROGRAM, ['serve', '--port', String(port)], { cwd: course, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = [];
  address = await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      said.push(text);
      const found = said.join('').match(/http:\/\/[^ ]+/);
      if (found) resolve(found[0]);
    });
    server.on('exit', () => reject(new Error(`it ended before it served: ${said.join('')}`)));
  });
}

async function stop() {
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
  server.kill('SIGINT');
  return ended;
}

before(async () => {
  execFileSync(PROGRAM, ['new', 'course', 'my course'], { cwd: folder });
  await start(await freePort());
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill('SIGINT');
  rmSync(folder, { recursive: true, force: true });
});

const at = (name) => path.join(course, name);

function edit(name, old, wanted) {
  const text = readFileSync(at(name), 'utf8');
  assert.ok(text.includes(old), `“${old}” is in ${name}`);
  writeFileSync(at(name), text.replace(old, wanted));
}

// A page of its own, and whether it has been loaded again since.
async function visit(where, look, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address + where);
  if (where === SCENARIO) await page.waitForFunction(() => document.querySelector('.outline-sum'));
  await page.evaluate(() => { window.isFirst = true; });
  const box = page.locator('scenarist-findings .box');
  await look({ page, box, isFirst: () => page.evaluate(() => window.isFirst === true) });
  assert.deepEqual(faults, []);
  await context.close();
}

const shows = (page, text) => page.getByText(text).first().waitFor();
const field = (page) => page.locator('#question-first-guess textarea');

// Somebody at work: an answer with the caret in it, an open hint, and a place further down.
async function work(page) {
  await page.evaluate(() => { for (const button of document.querySelectorAll('.gate button')) button.click(); });
  await page.locator('details.hint').first().evaluate((hint) => { hint.open = true; });
  await field(page).fill('Slow for everybody');
  await field(page).evaluate((area) => {
    area.focus();
    area.setSelectionRange(4, 8);
    area.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  await page.waitForTimeout(200);
  return stateOf(page);
}

const stateOf = (page) => page.evaluate(() => {
  const area = document.querySelector('#question-first-guess textarea');
  return {
    text: area.value,
    caret: [area.selectionStart, area.selectionEnd],
    isFocused: document.activeElement === area,
    isHintOpen: document.querySelector('details.hint').open,
    top: Math.round(area.getBoundingClientRect().top),
    isScrolled: scrollY > 200,
  };
});

test('an open page follows the files and shows what is wrong', () => visit('', async ({ page, box, isFirst }) => {
  await page.locator('h1', { hasText: 'My course' }).waitFor();
  assert.equal(await box.count(), 0);

  edit(COURSE, 'title: My course', 'title: Another name');
  await page.locator('h1', { hasText: 'Another name' }).waitFor();
  assert.match(await page.title(), /Another name/);
  assert.equal(await page.locator('.brand').first().innerText(), 'Another name');

  edit(COURSE, 'tagline:', 'taglien:');
  await box.waitFor();
  const text = await box.innerText();
  for (const part of ['1 error', 'taglien', 'content/course.yml:', 'source/unknown-key', 'did you mean', 'last one that could be made']) {
    assert.ok(text.includes(part), `“${part}” is not in: ${text}`);
  }
  assert.ok(await page.locator('h1', { hasText: 'Another name' }).isVisible());
  // The page's content security policy allows no style element; the box has its style all the same.
  const style = await box.evaluate((found) => {
    const { position, borderTopWidth, backgroundColor } = getComputedStyle(found);
    return { position, borderTopWidth, backgroundColor };
  });
  assert.deepEqual(style, { position: 'fixed', borderTopWidth: '2px', backgroundColor: 'rgb(254, 242, 242)' });

  edit(COURSE, 'taglien:', 'tagline:');
  await box.waitFor({ state: 'detached' });
  assert.ok(await isFirst(), 'all of it in place');
}, { colorScheme: 'light' }));

test('another title is seen where scenarios are listed', () => visit('catalogue/', async ({ page, isFirst }) => {
  const title = /^title: (.*)$/m.exec(readFileSync(at(MANIFEST), 'utf8'))[1];
  await shows(page, title);
  edit(MANIFEST, `title: ${title}`, 'title: A board for everybody');
  await shows(page, 'A board for everybody');
  edit(MANIFEST, 'title: A board for everybody', `title: ${title}`);
  await shows(page, title);
  assert.ok(await isFirst(), 'all of it in place');
}));

test('what is typed, opened and scrolled to stays when the text changes', () => visit(SCENARIO, async ({ page, isFirst }) => {
  const before = await work(page);
  assert.deepEqual({ ...before, top: 0 }, { text: 'Slow for everybody', caret: [4, 8], isFocused: true, isHintOpen: true, top: 0, isScrolled: true });

  edit(PAGE, SITUATION, 'You mind the notice board of a *tall* house');
  await shows(page, 'You mind the notice board');
  assert.deepEqual(await stateOf(page), before);

  // A paragraph above moves nothing of what is read, one below has its place.
  edit(PAGE, 'Nobody has touched', 'A paragraph of its own.\n\nAnd another, above what is read.\n\nNobody has touched');
  await page.getByText('And another, above').waitFor({ state: 'attached' });
  await page.waitForTimeout(300);
  const moved = await stateOf(page);
  assert.ok(Math.abs(moved.top - before.top) <= 2, `${moved.top} was ${before.top}`);
  assert.deepEqual({ ...moved, top: 0 }, { ...before, top: 0 });
  const order = await page.locator('.section, section').first().evaluate((section) => section.innerText);
  assert.ok(order.indexOf('A paragraph of its own.') < order.indexOf('And another') && order.indexOf('And another') < order.indexOf('Nobody has'), order);

  edit(PAGE, 'The query says in which order', 'The query tells in which order');
  await page.getByText('The query tells in which').waitFor({ state: 'attached' });
  edit(PAGE, 'A paragraph of its own.\n\nAnd another, above what is read.\n\n', '');
  await page.getByText('And another, above').waitFor({ state: 'detached' });
  edit(PAGE, 'You mind the notice board of a *tall* house', SITUATION);
  await shows(page, SITUATION);
  await page.waitForTimeout(300);
  const last = await stateOf(page);
  assert.ok(Math.abs(last.top - before.top) <= 2, `${last.top} was ${before.top}`);
  assert.ok(await isFirst(), 'all of it in place');

  // What the scripts have made still works.
  await field(page).fill('');
  assert.ok(await page.locator('#question-first-guess .answer-lock').isVisible());
  await page.locator('#question-first-guess').getByRole('button', { name: 'Show me anyway' }).click();
  assert.ok(await page.getByText('Any guess is fine').isVisible());
}));

test('the same stays when the page has to be loaded again', () => visit(SCENARIO, async ({ page, isFirst }) => {
  const before = await work(page);
  edit(PAGE, 'Open Grafana from the Ports tab.', 'Look first:\n\n```bash {#first-look in=app}\nls\n```\n\nOpen Grafana from the Ports tab.');
  const code = page.locator('#code-first-look');
  await code.waitFor();
  await page.waitForTimeout(1500);
  assert.equal(await isFirst(), false, 'a piece of code gets a button by a script');
  assert.ok(await code.getByRole('button').count() > 0);
  const after = await stateOf(page);
  assert.ok(Math.abs(after.top - before.top) <= 2, `${after.top} was ${before.top}`);
  assert.deepEqual({ ...after, top: 0 }, { ...before, top: 0 });
  edit(PAGE, 'Look first:\n\n```bash {#first-look in=app}\nls\n```\n\n', '');
  await code.waitFor({ state: 'detached' });
}));

test('a change of code that scripts show side by side is seen, and so are pictures and styles', () => visit(SCENARIO, async ({ page }) => {
  edit(PAGE, '- `LIMIT 20` ends', '- The words `LIMIT 20` end');
  await page.getByText('The words LIMIT 20').first().waitFor({ state: 'attached' });
  edit(PAGE, '- The words `LIMIT 20` end', '- `LIMIT 20` ends');
  await page.getByText('The words LIMIT 20').first().waitFor({ state: 'detached' });
  await page.waitForLoadState();

  const picture = 'content/scenarios/everything-at-once/diagrams/crowd.svg';
  await page.evaluate(() => { window.isOld = true; });
  writeFileSync(at(picture), `${readFileSync(at(picture), 'utf8').trimEnd()}<!-- drawn anew -->\n`);
  await page.waitForFunction(() => window.isOld !== true && document.readyState === 'complete');
  const drawn = await page.evaluate(async () => (await fetch(document.querySelector('img[src$="crowd.svg"]').src)).text());
  assert.match(drawn, /drawn anew/);
}));

test('findings lead to the editor and to their rules, and stay as small as somebody has made them', () => visit('', async ({ page, box, isFirst }) => {
  edit(COURSE, 'tagline:', 'taglien:');
  await box.waitFor();
  const link = box.getByRole('link', { name: /content\/course\.yml/ });
  const line = readFileSync(at(COURSE), 'utf8').split('\n').findIndex((text) => text.startsWith('taglien')) + 1;
  assert.equal(await link.getAttribute('href'), `vscode://file${encodeURI(at(COURSE))}:${line}:1`);
  const rule = box.getByRole('link', { name: 'source/unknown-key' });
  const leads = await rule.getAttribute('href');
  const answer = await page.request.get(new URL(leads, address).href);
  assert.ok(answer.ok() && (await answer.text()).includes(`id="${leads.split('#')[1]}"`), leads);

  // By keys: from the end of the page back into the box.
  await box.locator('summary').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent), await link.innerText());
  await page.keyboard.press('Escape');
  assert.equal(await link.isVisible(), false);
  edit(COURSE, 'title: Another name', 'title: A third name');
  await page.waitForTimeout(1500);
  assert.equal(await link.isVisible(), false, 'the same finding opens nothing');
  await page.reload();
  await box.waitFor();
  assert.equal(await link.isVisible(), false);
  await page.evaluate(() => { window.isFirst = true; });
  await box.locator('summary').click();
  assert.ok(await link.isVisible());
  await box.getByRole('button', { name: /Close/ }).click();
  assert.equal(await box.count(), 0);
  edit(COURSE, 'taglien:', 'taglines:');
  await box.waitFor();
  assert.ok(await link.isVisible(), 'another finding is shown');
  edit(COURSE, 'taglines:', 'tagline:');
  await box.waitFor({ state: 'detached' });
  await page.locator('h1', { hasText: 'A third name' }).waitFor();
  assert.ok(await isFirst());
}));

test('on a phone the box is a line until somebody opens it', () => visit('', async ({ page, box }) => {
  edit(COURSE, 'tagline:', 'taglien:');
  await box.waitFor();
  const height = async () => (await box.boundingBox()).height;
  assert.ok(await height() < 90, `${await height()}`);
  await box.locator('summary').click();
  await box.getByRole('link', { name: /course\.yml/ }).waitFor();
  const { x, width } = await box.boundingBox();
  assert.ok(x >= 0 && x + width <= 375 && await height() < 667 * 0.6, `${x} ${width} ${await height()}`);
  edit(COURSE, 'taglien:', 'tagline:');
  await box.waitFor({ state: 'detached' });
}, { viewport: { width: 375, height: 667 } }));

test('whatever breaks on the way, the last page stays until it is mended', () => visit(SCENARIO, async ({ page, box, isFirst }) => {
  const away = path.join(folder, 'kept');
  const good = readFileSync(at(COURSE), 'utf8');
  const page1 = readFileSync(at(PAGE), 'utf8');
  const isGood = async () => assert.ok(await page.getByText(SITUATION).first().isVisible());
  const broken = async (what) => {
    await box.waitFor();
    assert.ok((await box.innerText()).includes('error'), what);
    await isGood();
  };
  const mended = async () => {
    await box.waitFor({ state: 'detached' });
    await isGood();
  };

  renameSync(at(COURSE), away);
  await broken('course.yml is gone');
  renameSync(away, at(COURSE));
  await mended();

  writeFileSync(at(COURSE), good.slice(0, good.length / 2));
  await broken('half of course.yml');
  writeFileSync(at(COURSE), '\u0000\u0001: [');
  await broken('no YAML');
  writeFileSync(at(COURSE), good);
  await mended();

  writeFileSync(at(PAGE), page1.slice(0, page1.indexOf(':::answer') + 20));
  await broken('half of a page');
  writeFileSync(at(PAGE), page1);
  await mended();

  renameSync(at('content'), away);
  await broken('everything is gone');
  renameSync(away, at('content'));
  await mended();
  assert.ok(await isFirst());
}));

test('a page that the course no longer has stays, says so, and goes on when it is back', () => visit('rules/', async ({ page, box, isFirst }) => {
  await page.evaluate(() => history.replaceState(null, '', '/no/such/page/'));
  edit(COURSE, 'title: A third name', 'title: A fourth name');
  await box.waitFor();
  assert.match(await box.innerText(), /no such page any more/);
  await page.evaluate(() => history.replaceState(null, '', '/rules/'));
  edit(COURSE, 'title: A fourth name', 'title: A fifth name');
  await box.waitFor({ state: 'detached' });
  assert.equal(await page.locator('.brand').first().innerText(), 'A fifth name');
  assert.ok(await isFirst());
}));

test('an address without a page shows it as soon as there is one', () => visit('scenarios/second/', async ({ page }) => {
  assert.ok(existsSync(at('content/tracks/first-steps.yml')));
  const track = readFileSync(at('content/tracks/first-steps.yml'), 'utf8');
  execFileSync(PROGRAM, ['new', 'scenario', 'second', '--track', 'first-steps', '--group', 'start', '--title', 'The second one'], { cwd: course });
  await page.locator('h1', { hasText: 'The second one' }).waitFor();
  rmSync(at('content/scenarios/second'), { recursive: true });
  writeFileSync(at('content/tracks/first-steps.yml'), track);
  await pause(1000);
}));

test('a tab survives a restart of the server and shows what has changed meanwhile', () => visit(SCENARIO, async ({ page, box, isFirst }) => {
  const port = Number(new URL(address).port);
  const before = await work(page);
  await stop();
  edit(PAGE, SITUATION, 'Meanwhile you mind the board of a house');
  await box.waitFor();
  assert.match(await box.innerText(), /does not answer/);
  await pause(2500);
  await start(port);
  await shows(page, 'Meanwhile you mind the board');
  await box.waitFor({ state: 'detached' });
  assert.deepEqual(await stateOf(page), before);

  // It comes back to a course that is broken, which has no pages at all.
  await stop();
  edit(COURSE, 'tagline:', 'taglien:');
  await start(port);
  await box.getByText('taglien').first().waitFor();
  await shows(page, 'Meanwhile you mind the board');
  edit(COURSE, 'taglien:', 'tagline:');
  edit(PAGE, 'Meanwhile you mind the board of a house', SITUATION);
  await shows(page, SITUATION);
  await box.waitFor({ state: 'detached' });
  assert.deepEqual(await stateOf(page), before);
  assert.ok(await isFirst());
}));

test('a course that does not compile has a page that says why, and then its own', async () => {
  const port = Number(new URL(address).port);
  await stop();
  edit(COURSE, 'tagline:', 'taglien:');
  await start(port);
  await visit(SCENARIO.replace('scenarios', 'tracks'), async ({ page, box }) => {
    await page.locator('h1', { hasText: 'cannot be shown yet' }).waitFor();
    assert.match(await page.locator('li a').first().getAttribute('href'), /^vscode:\/\/file\/.*course\.yml:\d+:\d+$/);
    assert.equal(await box.count(), 0, 'the page says it itself');
    await page.evaluate(() => history.replaceState(null, '', '/'));
    edit(COURSE, 'taglien:', 'tagline:');
    await page.locator('h1', { hasText: 'A fifth name' }).waitFor();
  });
});

test('Ctrl-C ends it', async () => {
  const { code, signal } = await stop();
  assert.ok(signal === 'SIGINT' || code === 0 || code === 130, `${code} ${signal}`);
});
