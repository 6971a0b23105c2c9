// Every page of the built site: valid HTML, and no link inside the site that leads nowhere.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { HtmlValidate } from 'html-validate';

import { files, read } from './site.js';

const all = new Set(files());
const pages = [...all].filter((name) => name.endsWith('.html'));

// Documents and standards are as `html-validate:recommended` has them. Two of its rules are about
// style: spaces at line ends come from code blocks, and long titles are the author's.
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

test(`all ${pages.length} pages are valid HTML`, async () => {
  const faults = [];
  for (const name of pages) {
    const report = await validator.validateString(read(name), name);
    for (const { messages } of report.results) {
      for (const { line, column, ruleId, message } of messages) {
        faults.push(`${name}:${line}:${column} ${message} (${ruleId})`);
      }
    }
  }
  assert.deepEqual(faults.slice(0, 40), [], `${faults.length} faults`);
});

// Attribute values that are addresses, with the few entities that a printer writes.
function addresses(html) {
  const found = html.matchAll(/<[a-z][^>]*?\s(?:href|src|poster)="([^"]*)"/gi);
  return [...found].map(([, value]) => value.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&#47;', '/'));
}

function ids(html) {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
}

const known = new Map(pages.map((name) => [name, ids(read(name))]));

function problem(page, address) {
  if (/^(?:https?:|mailto:|data:|\/\/)/i.test(address)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return 'is no address that a browser knows';
  if (address.startsWith('/')) return 'begins at the host, so it breaks below a path';
  const [target, anchor] = address.split('#');
  const plain = decodeURIComponent(target.split('?')[0]);
  let file = plain === '' ? page : path.posix.join(path.posix.dirname(page), plain);
  if (plain.endsWith('/') || file === '.') file = path.posix.join(file, 'index.html');
  if (!all.has(file)) return `leads to ${file}, which does not exist`;
  if (anchor && known.has(file) && !known.get(file).has(decodeURIComponent(anchor))) {
    return `leads to #${anchor}, which ${file} does not have`;
  }
  return null;
}

test('every link inside the site leads somewhere', () => {
  const dead = [];
  for (const page of pages) {
    // The page for missing ones is shown at any depth: its links begin at the site's address.
    if (page === '404.html') continue;
    for (const address of addresses(read(page))) {
      const why = problem(page, address);
      if (why) dead.push(`${page}: ${address} ${why}`);
    }
  }
  assert.deepEqual([...new Set(dead)].slice(0, 40), []);
});

test('pages need nothing from other hosts', () => {
  const foreign = [];
  for (const page of pages) {
    const found = read(page).matchAll(/<(?:script|img|iframe|video|audio|source|embed)\b[^>]*\ssrc="(?:https?:)?\/\/[^"]*"/gi);
    for (const [tag] of found) foreign.push(`${page}: ${tag}`);
    const sheets = read(page).matchAll(/<link\b[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="(?:https?:)?\/\/[^"]*"/gi);
    for (const [tag] of sheets) foreign.push(`${page}: ${tag}`);
  }
  assert.deepEqual(foreign, []);
});
