// The whole way of a learner through the course, in Chromium: from the home page by search to a scenario,
// through its first questions, to My work. By keyboard alone, on a phone, enlarged to twice its size, with
// less motion, and without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { question, ready, SCENARIO } from './learner.js';
import { overflow } from './look.js';
import { inBrowser } from './visit.js';

const { site, visit } = inBrowser({ ready });

const PHONE = { viewport: { width: 375, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
// What a browser makes of a window of 1440 by 900 pixels at 200 %.
const ENLARGED = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };

// What has the focus: its words, and why it cannot be seen, if it cannot. Something of it must stand below
// the bar at the top, inside the window, and with an outline.
const focused = (page) => page.evaluate(async () => {
  // The window follows the focus with the next frame.
  await new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); });
  const node = document.activeElement;
  const [box] = node.getClientRects();
  const name = [node.textContent, node.getAttribute('aria-label'), node.labels?.[0]?.textContent].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
  let fault = '';
  if (!box) fault = 'not drawn';
  else {
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
    const at = document.elementFromPoint(Math.max(1, Math.min(x, innerWidth - 1)), Math.max(1, Math.min(y, innerHeight - 1)));
    if (box.bottom < 0 || box.top > innerHeight) fault = 'outside the window';
    else if (at && !node.contains(at) && !at.contains(node) && at.closest('.top') && !node.closest('.top')) fault = 'below the bar';
  }
  return { name, tag: node.tagName, fault: fault && `${fault}: ${node.outerHTML.slice(0, 120)}` };
});

// Presses Tab until something is reached, and notes what could not be seen on the way.
async function reach(page, what, faults, limit = 90) {
  for (let step = 1; step <= limit; step += 1) {
    await page.keyboard.press('Tab');
    const { name, tag, fault } = await focused(page);
    if (fault) faults.push(fault);
    if (what.test(name) || what.test(tag)) return step;
  }
  throw new Error(`${what} is not reached in ${limit} steps, the last is ${JSON.stringify(await focused(page))}`);
}

for (const [how, settings] of [['by keyboard alone', {}], ['by keyboard, enlarged to 200 %', ENLARGED]]) {
  test(`from home to my work ${how}`, () => visit({ at: '', reducedMotion: 'reduce', ...settings }, async ({ page }) => {
    const faults = [];
    await page.keyboard.press('/');
    await page.keyboard.type('diagnosing');
    await page.locator('.search-list[aria-busy=false]').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(site.root + SCENARIO);
    await ready(page);
    // The first link of a page leaves out what stands around it.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await reach(page, /^TEXTAREA$/, faults);
    await page.keyboard.type('Slow for everybody.');
    await reach(page, /^Model answer/, faults);
    await page.keyboard.press('Enter');
    assert.equal(await question(page, 'first-guess').locator('.answer-body').isVisible(), true);
    await reach(page, /^Something allows about 100/, faults);
    await page.keyboard.press('Space');
    await reach(page, /^Check$/, faults);
    await page.keyboard.press('Enter');
    assert.match(await question(page, 'which-fits').locator('.quiz-result').innerText(), /Not yet/);
    await reach(page, /^Open it anyway/, faults);
    await page.keyboard.press('Enter');
    await reach(page, /^TEXTAREA$/, faults);
    assert.deepEqual(faults, []);
    assert.ok((await overflow(page)) <= 0);

    // Without the place on the page, from which the Tab key would go on.
    await page.goto(site.root + SCENARIO);
    await ready(page);
    const menu = page.locator('.menu-button');
    if (await menu.isVisible()) {
      await reach(page, /^Menu$/, faults);
      await page.keyboard.press('Enter');
    }
    await reach(page, /^My work$/, faults);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.root}my-work/`);
    await ready(page);
    assert.match(await page.locator('.work-list').innerText(), /Slow for everybody\./);
    assert.deepEqual(faults, []);
  }));
}

test('from home to my work on a phone', () => visit({ at: '', ...PHONE }, async ({ page }) => {
  await page.getByRole('button', { name: 'Search' }).tap();
  await page.locator('#search-field').fill('diagnosing');
  await page.locator('.search-list[aria-busy=false]').waitFor({ state: 'attached' });
  assert.equal(await page.getByLabel('The key / opens the search').isVisible(), false, 'there is no such key');
  await page.locator('.search-list [role=option]').first().tap();
  await page.waitForURL(site.root + SCENARIO);
  await ready(page);
  await question(page, 'first-guess').locator('textarea').tap();
  await page.keyboard.type('Slow for everybody.');
  await question(page, 'first-guess').locator('summary').tap();
  assert.equal(await question(page, 'first-guess').locator('.answer-body').isVisible(), true);
  await page.locator('#read > .gate button').tap();
  assert.equal(await page.locator('#read .section-body p').first().isVisible(), true);
  assert.ok((await overflow(page)) <= 0);
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.locator('#menu').getByRole('link', { name: 'My work' }).tap();
  await page.waitForURL(`${site.root}my-work/`);
  await ready(page);
  assert.match(await page.locator('.work-list').innerText(), /Slow for everybody\./);
}));

test('on a phone, tables to read and to fill in need no moving to and fro', () => visit({ at: SCENARIO, ...PHONE }, async ({ page }) => {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('.gate button')) button.click();
    for (const box of document.querySelectorAll('details.by-hand')) box.open = true;
  });
  const wide = await page.locator('table.stuck, table.services, table.results').evaluateAll((all) => all.filter((table) => {
    const box = table.closest('.scroll');
    return box.scrollWidth > box.clientWidth + 1;
  }).map((table) => `${table.className} ${table.dataset.results ?? ''}: ${table.closest('.scroll').scrollWidth} in ${table.closest('.scroll').clientWidth}`));
  assert.deepEqual(wide, []);
  const field = page.locator('table.results input').first();
  await field.fill('1257 ms');
  assert.ok(await field.evaluate((input) => input.scrollWidth <= input.clientWidth), 'a figure fits its field');
  const small = await page.locator('textarea, input[type=text]').evaluateAll((all) => all.filter((input) => parseFloat(getComputedStyle(input).fontSize) < 16).length);
  assert.equal(small, 0, 'no field that a phone would enlarge');
}));

test('with less motion nothing moves by itself', () => visit({ at: SCENARIO, reducedMotion: 'reduce' }, async ({ page }) => {
  const moving = await page.evaluate(() => {
    const long = (text) => text.split(',').some((part) => parseFloat(part) * (part.includes('ms') ? 1 : 1000) > 1);
    const nodes = [...document.querySelectorAll('*')].filter((node) => {
      const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(node);
      return long(transitionDuration) || long(animationDuration) || scrollBehavior === 'smooth';
    });
    return nodes.slice(0, 5).map((node) => node.outerHTML.slice(0, 80));
  });
  assert.deepEqual(moving, []);
  await page.locator('.outline a').last().click();
  await page.waitForTimeout(50);
  const target = await page.evaluate(() => document.querySelector(location.hash).getBoundingClientRect().top < innerHeight);
  assert.ok(target, 'a link is there at once');
}));

test('without scripts the way is open: search aside, everything is a link or a box to open', () => visit({ at: '', javaScriptEnabled: false }, async ({ page }) => {
  await page.locator('main a.start').click();
  await page.waitForURL(site.root + SCENARIO);
  const hint = page.locator('details.hint').first();
  await hint.locator('summary').click();
  assert.equal(await hint.locator('.hint-body').isVisible(), true);
  const answers = page.locator('details.answer');
  assert.ok((await answers.count()) > 5);
  await answers.last().locator('summary').click();
  assert.equal(await answers.last().locator('.answer-body').isVisible(), true);
  assert.equal(await page.locator('.option').first().isVisible(), true);
  assert.equal(await page.locator('.section-body').evaluateAll((all) => all.filter((body) => !body.checkVisibility()).length), 0);
  await page.locator('.turn-next').click();
  await page.waitForURL((address) => address.href !== site.root + SCENARIO);
  assert.equal(await page.locator('h1').isVisible(), true);
}));
