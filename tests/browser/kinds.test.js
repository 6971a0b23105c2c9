// Drawings of the built site in Chromium: the words of a graph fit their boxes, its boxes can be
// reached by keyboard, and a narrow window scrolls the drawing and not the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { overflow } from './look.js';
import { files, read } from './site.js';
import { inBrowser } from './visit.js';

const graphs = files().filter((name) => name.startsWith('concepts/') && read(name).includes('class="graph"'));
// The one with the most in it stands for the pages of single concepts.
const largest = graphs.filter((name) => name !== 'concepts/index.html').sort((a, b) => read(b).length - read(a).length)[0];
const PAGES = ['concepts/index.html', largest].filter((name) => graphs.includes(name));

const { visit } = inBrowser();
const at = (name, width) => ({ at: name.replace(/index\.html$/, ''), viewport: { width, height: 900 } });

for (const name of PAGES) {
  test(`${name}: words fit their boxes`, () => visit(at(name, 1280), async ({ page }) => {
    const tight = await page.evaluate(() => [...document.querySelectorAll('.graph-node')].filter((node) => {
      const text = node.querySelector('text').getBBox();
      const box = node.querySelector('rect').getBBox();
      return text.x < box.x + 4 || text.x + text.width > box.x + box.width - 4;
    }).map((node) => node.textContent));
    assert.deepEqual(tight, []);
  }));

  test(`${name}: a phone scrolls the drawing, not the page`, () => visit(at(name, 320), async ({ page }) => {
    const over = await overflow(page);
    assert.ok(over <= 0, `${over} px too wide`);
    const hidden = await page.evaluate(() => [...document.querySelectorAll('.graph')].filter((graph) => {
      const box = graph.parentElement;
      return box.scrollWidth < graph.getBoundingClientRect().width;
    }).length);
    assert.equal(hidden, 0, 'every drawing can be scrolled to its end');
  }));

  test(`${name}: boxes are reached by keyboard and lead on`, () => visit(at(name, 1280), async ({ page }) => {
    const node = page.locator('a.graph-node').first();
    await page.evaluate(() => {
      const links = [...document.querySelectorAll('main a')];
      const before = links[links.findIndex((link) => link.matches('.graph-node')) - 1];
      (before ?? document.querySelector('main')).focus();
    });
    await page.keyboard.press('Tab');
    assert.ok(await node.evaluate((found) => found === document.activeElement), 'it has the focus');
    const stroke = await node.evaluate((found) => getComputedStyle(found.querySelector('rect')).strokeWidth);
    assert.equal(stroke, '4px', 'and shows it');
    const target = await node.evaluate((found) => new URL(found.href.baseVal, document.baseURI).href);
    await page.keyboard.press('Enter');
    await page.waitForURL(target);
    assert.equal(await page.locator('html').getAttribute('data-kind'), 'concept');
  }));
}

const DRAWN = files().find((name) => /^concepts\/.+\/index\.html$/.test(name) && read(name).includes('class="concept-diagram"'));

test("a concept's picture stands in its box with the same room above it as beside it", () => visit(at(DRAWN, 1280), async ({ page }) => {
  const room = await page.locator('.concept-diagram').evaluate((box) => {
    const [outer, inner] = [box.getBoundingClientRect(), box.querySelector('.figure').getBoundingClientRect()];
    return { above: inner.top - outer.top, beside: inner.left - outer.left };
  });
  assert.ok(Math.abs(room.above - room.beside) <= 2, JSON.stringify(room));
}));
