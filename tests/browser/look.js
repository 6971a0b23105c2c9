// What is looked at on any page: barriers, width, what can be seen.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe objects to, a line for each rule.
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

// By how many pixels a page is wider than its window.
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// Whether something is drawn; not so in a part that the browser's search alone looks into.
export function seen(locator) {
  return locator.evaluate((node) => node.checkVisibility({ contentVisibilityAuto: true }) && node.getClientRects().length > 0);
}
