// `scenarist serve` as an author sees it: pages that follow the files, and a box with the findings.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from './browser.js';

const PROGRAM = path.resolve(process.env.SCENARIST ?? path.join(import.meta.dirname, '../../target/debug/scenarist'));

const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-serve-'));
const course = path.join(folder, 'my-course');
const file = path.join(course, 'content/course.yml');

let browser;
let server;
let address;

before(async () => {
  execFileSync(PROGRAM, ['new', 'course', 'my-course'], { cwd: folder });
  server = spawn(PROGRAM, ['serve', '--port', '0'], { cwd: course, stdio: ['ignore', 'pipe', 'inherit'] });
  address = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
      const found = said.match(/http:\/\/[^ ]+/);
      if (found) resolve(found[0]);
    });
    server.on('exit', () => reject(new Error(`it ended before it served: ${said}`)));
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill('SIGINT');
  rmSync(folder, { recursive: true, force: true });
});

function edit(old, wanted) {
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(old), `“${old}” is in course.yml`);
  writeFileSync(file, text.replace(old, wanted));
}

test('an open page follows the files and shows what is wrong', async () => {
  const page = await browser.newPage();
  const box = page.locator('scenarist-findings details');
  await page.goto(address);
  await page.locator('h1', { hasText: 'My course' }).waitFor();
  assert.equal(await box.count(), 0);

  edit('title: My course', 'title: Another name');
  await page.locator('h1', { hasText: 'Another name' }).waitFor();

  edit('tagline:', 'taglien:');
  await box.waitFor();
  const text = await box.innerText();
  for (const part of ['1 error', 'taglien', 'content/course.yml:', 'source/unknown-key', 'did you mean']) {
    assert.ok(text.includes(part), `“${part}” is not in: ${text}`);
  }
  assert.ok(await page.locator('h1', { hasText: 'Another name' }).isVisible());
  // The page's content security policy allows no style element; the box has its style all the same.
  const style = await box.evaluate((found) => {
    const { position, borderTopWidth, backgroundColor } = getComputedStyle(found);
    return { position, borderTopWidth, backgroundColor };
  });
  assert.deepEqual(style, { position: 'fixed', borderTopWidth: '2px', backgroundColor: 'rgb(254, 242, 242)' });

  edit('taglien:', 'tagline:');
  await box.waitFor({ state: 'detached' });
  await page.close();
});

test('Ctrl-C ends it', async () => {
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
  server.kill('SIGINT');
  const { code, signal } = await ended;
  assert.ok(signal === 'SIGINT' || code === 0 || code === 130, `${code} ${signal}`);
});
