// The catalogue as learners use it, in Chromium: words, choices, the address, the way back, no script.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { axe, overflow } from './look.js';
import { read } from './site.js';
import { inBrowser } from './visit.js';

const html = read('catalogue/index.html');
const ALL = html.match(/<li class="entry"/g).length;

const browser = inBrowser({
  ready: async (page) => {
    if (await page.locator('html[data-kind=catalogue]').count()) await page.locator('.filter').waitFor();
  },
});
const visit = (address, act, settings) => browser.visit({ at: `catalogue/${address}`, ...settings }, ({ page }) => act(page));

// As many entries as a large course has: those that are there, over and over.
function grown(count) {
  const entries = html.match(/<li class="entry"[\s\S]*?<\/li>/g);
  const wanted = Array.from({ length: count }, (_, at) => entries[at % entries.length].replace(/id="entry-/, `id="copy-${at}-`));
  const start = html.indexOf('<ul class="entries">');
  const end = html.lastIndexOf('</ul>', html.indexOf('</main>'));
  return `${html.slice(0, start)}<ul class="entries">${wanted.join('\n')}${html.slice(end)}`;
}

const shown = (page) => page.locator('.entry:visible');
const field = (page, name) => page.locator(`.filter [name=${name}]`);
const status = (page) => page.locator('.filter [role=status]').innerText();

async function query(page, wanted) {
  await page.waitForFunction((search) => location.search === search, wanted);
}

test('the navigation leads to it, and all entries are there', async () => {
  await visit('', async (page) => {
    await page.locator('.main-nav a', { hasText: 'Catalogue' }).click();
    await page.waitForURL(`${browser.site.root}catalogue/`);
    assert.equal(await page.locator('.main-nav [aria-current=page]').innerText(), 'Catalogue');
    await page.locator('.filter').waitFor();
    assert.equal(await shown(page).count(), ALL);
    assert.equal(await status(page), `${ALL} of ${ALL} entries`);
  }, { at: '' });
});

test('words narrow the list while they are typed, without a reload', async () => {
  await visit('', async (page) => {
    await page.evaluate(() => { window.same = true; });
    await field(page, 'q').pressSequentially('slow QUER');
    const count = await shown(page).count();
    assert.ok(count > 0 && count < ALL, `${count}`);
    for (const text of await shown(page).allInnerTexts()) {
      assert.match(text.toLowerCase(), /slow/);
      assert.match(text.toLowerCase(), /quer/);
    }
    assert.equal(await status(page), `${count} of ${ALL} entries`);
    await query(page, '?q=slow+QUER');
    assert.equal(await page.evaluate(() => window.same), true);
    await field(page, 'q').fill('xyzzyqwfp');
    assert.equal(await shown(page).count(), 0);
    assert.match(await status(page), /^Nothing fits all of this\. 0 of/);
    assert.equal(await page.locator('.entries-of:visible').count(), 0, 'no track stands there empty');
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await shown(page).count(), ALL);
    assert.ok(await field(page, 'q').evaluate((element) => element === document.activeElement));
    await query(page, '');
  });
});

test('each choice lets through what has it, and says how many before it is made', async () => {
  await visit('', async (page) => {
    const names = await page.locator('.filter select').evaluateAll((all) => all.map((select) => select.name));
    assert.ok(names.includes('track') && names.includes('tier') && names.includes('concept') && names.includes('status'), `${names}`);
    for (const name of names) {
      const values = await field(page, name).locator('option').evaluateAll((all) => all.map((option) => [option.value, option.textContent]));
      for (const [value, label] of values.slice(1, 4)) {
        await field(page, name).selectOption(value);
        const count = await shown(page).count();
        assert.ok(count > 0, `${name}=${value}`);
        assert.match(label, new RegExp(`\\(${count}\\)$`));
        const fits = await shown(page).evaluateAll((all, [key, wanted]) => all.every((entry) => {
          const { level, kind, status: state, concepts, minutes } = entry.dataset;
          const track = entry.closest('[data-track]')?.dataset.track;
          const has = { track, tier: level, kind, status: state }[key];
          if (key === 'concept') return concepts.split(' ').includes(wanted);
          if (key === 'minutes') return Number(minutes) <= Number(wanted);
          return has === wanted;
        }), [name, value]);
        assert.ok(fits, `${name}=${value}`);
      }
      await field(page, name).selectOption('');
    }
    assert.equal(await shown(page).count(), ALL);
  });
});

test('an address shows what it says, and the way back does too', async () => {
  await visit('?status=planned&tier=walking&q=a', async (page) => {
    assert.equal(await field(page, 'status').inputValue(), 'planned');
    assert.equal(await field(page, 'tier').inputValue(), 'walking');
    assert.equal(await field(page, 'q').inputValue(), 'a');
    const count = await shown(page).count();
    assert.ok(count > 0 && count < ALL);
    await field(page, 'q').fill('e');
    // Away before the address was written.
    await shown(page).first().locator('a').click();
    await page.waitForURL(/scenarios/);
    await page.goBack();
    await page.locator('.filter').waitFor();
    assert.equal(await field(page, 'q').inputValue(), 'e');
    assert.equal(await field(page, 'tier').inputValue(), 'walking');
    await page.goForward();
    await page.waitForURL(/scenarios/);
    await page.goBack();
    await page.reload();
    await page.locator('.filter').waitFor();
    assert.equal(await field(page, 'status').inputValue(), 'planned');
  });
});

test('what an address makes up is not asked for', async () => {
  await visit('?status=nonsense&tier=%3Cscript%3E&more=1', async (page) => {
    assert.equal(await field(page, 'status').inputValue(), '');
    assert.equal(await shown(page).count(), ALL);
  });
});

test('it can be used by keyboard alone', async () => {
  await visit('', async (page) => {
    await page.locator('h1').click();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
    await page.keyboard.type('index');
    await page.keyboard.press('Enter');
    assert.ok((await shown(page).count()) < ALL, 'Enter loads nothing');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT');
    await page.keyboard.press('ArrowDown');
    await query(page, await page.evaluate(() => `?q=index&${document.activeElement.name}=${document.activeElement.value}`));
  });
});

test('on a small screen the choices wait until they are asked for', async () => {
  const viewport = { width: 375, height: 800 };
  await visit('', async (page) => {
    const more = page.getByRole('button', { name: 'Narrow it down' });
    assert.equal(await field(page, 'tier').isVisible(), false);
    await more.click();
    assert.equal(await more.getAttribute('aria-expanded'), 'true');
    await field(page, 'tier').selectOption({ index: 1 });
    await query(page, `?tier=${await field(page, 'tier').inputValue()}`);
    await page.reload();
    await page.locator('.filter').waitFor();
    assert.ok(await field(page, 'tier').isVisible(), 'what narrows the list is not hidden');
  }, { viewport });
  await visit('', async (page) => {
    assert.equal(await page.getByRole('button', { name: 'Narrow it down' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Clear' }).count(), 0);
  });
});

test('without JavaScript the whole list stands there by track, and no controls', async () => {
  await visit('?status=planned', async (page) => {
    assert.equal(await page.locator('main input, main select, main button').count(), 0);
    assert.equal(await shown(page).count(), ALL);
    const tracks = await page.locator('.entries-of > h2').allInnerTexts();
    assert.ok(tracks.length >= 2);
  }, { javaScriptEnabled: false });
});

test('a list of 160 entries is filtered within a frame or two', async () => {
  await visit('', async (page) => {
    assert.equal(await shown(page).count(), 160);
    const height = () => shown(page).first().evaluate((entry) => entry.getBoundingClientRect().height);
    const many = await height();
    const slowest = await page.evaluate(async () => {
      const box = document.querySelector('.filter [name=q]');
      let longest = 0;
      for (const text of ['i', 'in', 'index', 'indexes', 'inde', '', 'slow', 's', '']) {
        box.value = text;
        const start = performance.now();
        box.dispatchEvent(new Event('input', { bubbles: true }));
        document.body.getBoundingClientRect();
        longest = Math.max(longest, performance.now() - start);
      }
      return longest;
    });
    console.log(`slowest filter of 160 entries: ${slowest.toFixed(1)} ms`);
    assert.ok(slowest < 150, `${slowest} ms`);
    await field(page, 'q').fill('diagnosing');
    assert.ok((await height()) > many, 'of a few entries the whole summary is shown');
  }, { edit: () => grown(160) });
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 375, 768, 1440]) {
    test(`no barriers and no overflow, ${width} px, ${colorScheme}`, async () => {
      await visit('?q=a&status=planned', async (page) => {
        const over = await overflow(page);
        assert.ok(over <= 0, `${over} px wider than the window`);
        assert.deepEqual(await axe(page), []);
      }, { viewport: { width, height: 900 }, colorScheme });
    });
  }
}
