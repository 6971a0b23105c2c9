// Visits of a site in Chromium: one browser and one server for the tests of a file, a fresh profile for
// each visit, and a list of everything that went wrong in it, which must be empty at its end.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { launch } from './browser.js';
import { SITE, serve } from './site.js';

// Violations of the content security policy are events; a message of the console is one more trouble.
const tellViolations = () => document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`policy: ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}`);
});

// Starts both around the tests of the file that calls it. `ready` waits until the scripts of a page have
// made what they make. Gives `visit`, and `site` whose `root` is known once the tests run.
export function inBrowser({ folder = SITE, ready = async () => {} } = {}) {
  const site = { root: '', close() {} };
  let browser;

  before(async () => {
    Object.assign(site, await serve(folder));
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    site.close();
  });

  // Everything that a reader would miss, and every host that is not ours.
  function watch(page, troubles) {
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('requestfailed', (request) => {
      // What a page still waits for when it is left is not missing.
      const reason = request.failure()?.errorText;
      if (reason !== 'net::ERR_ABORTED') troubles.push(`failed: ${request.url()} ${reason}`);
    });
    page.on('request', (request) => {
      if (!/^(?:data|blob|file):/.test(request.url()) && !request.url().startsWith(site.root)) troubles.push(`asked ${request.url()}`);
    });
  }

  // Settings are those of a browser context, and besides:
  //   at        the address, below the site or whole, of a page that is opened first and given as `page`
  //   init      a function that runs in each page before its own scripts
  //   edit      changes the HTML of pages on their way, where the course has no example of something
  //   tolerant  the visit itself looks at its troubles, or brings them about
  async function visit(settings, act) {
    const { at, edit, init, tolerant = false, ...options } = settings;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const troubles = [];
    context.on('page', (page) => watch(page, troubles));
    await context.addInitScript(tellViolations);
    if (init) await context.addInitScript(init);
    if (edit) {
      await context.route(/\/(?:\?[^#]*)?$/, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: edit(await answer.text()) });
      });
    }
    const open = async (where = '') => {
      const page = await context.newPage();
      await page.goto(new URL(where, site.root).href, { waitUntil: 'load' });
      if (options.javaScriptEnabled !== false) await ready(page);
      return page;
    };
    try {
      const page = at === undefined ? undefined : await open(at);
      await act({ context, open, page, troubles });
      if (!tolerant) assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  }

  return { site, visit };
}
