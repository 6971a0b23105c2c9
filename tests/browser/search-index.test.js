// The search index that Rust writes: what the library would make, the same words as the browser cuts, and
// no larger than it may be.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import MiniSearch from 'minisearch';

import { SCRIPTS, documents, list, script, shards, whole } from './index.js';
import { SITE, files, read } from './site.js';

const KIB = 1024;
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;

test('the library is the published one', () => {
  const here = path.join(SCRIPTS, 'vendor');
  const published = path.join(import.meta.dirname, 'node_modules/minisearch');
  const same = (own, theirs) => assert.ok(readFileSync(path.join(here, own)).equals(readFileSync(path.join(published, theirs))), own);
  same('minisearch.js', 'dist/es/index.js');
  same('minisearch-LICENSE.txt', 'LICENSE.txt');
  assert.deepEqual(readdirSync(here).sort(), ['minisearch-LICENSE.txt', 'minisearch.js']);
});

test('texts are cut as Rust cuts them', async () => {
  const { places, terms } = await script('terms.js');
  const cases = JSON.parse(readFileSync(path.join(import.meta.dirname, 'terms.json'), 'utf8'));
  for (const [text, wanted] of cases) {
    assert.deepEqual(terms(text), wanted, text);
    assert.deepEqual(places(text).map(([, , word]) => word), wanted, text);
    for (const [start, end, word] of places(text)) assert.equal(text.slice(start, end).toLowerCase(), word);
  }
});

test('it is the index that the library makes of the same documents', async () => {
  const written = await whole();
  const { INDEX } = await script('options.js');
  const { read: load } = await script('engine.js');
  const made = new MiniSearch(INDEX);
  made.addAll(documents(written));
  const plain = (index) => {
    // What the library makes of means depends on the order in which documents came; see the next test.
    const { averageFieldLength, index: words, ...json } = JSON.parse(JSON.stringify(index));
    return { ...json, index: Object.fromEntries(words) };
  };
  assert.ok(written.index.size > 500, `${written.index.size} words`);
  assert.deepEqual(plain(await load(written, list())), plain(made));
});

test('the list says how long the fields of all documents are', async () => {
  const lengths = Object.values((await whole()).fieldLength);
  const means = list().averageFieldLength;
  assert.equal(means.length, 4);
  for (const [field, mean] of means.entries()) {
    const own = lengths.map((of) => of[field]).filter((length) => Number.isInteger(length));
    assert.ok(own.length > 10, `${own.length} documents have field ${field}`);
    assert.ok(Math.abs(mean - own.reduce((sum, length) => sum + length, 0) / own.length) < 1e-9, `field ${field}: ${mean}`);
  }
});

test('each shard can be read alone', async () => {
  const { merge, read: load } = await script('engine.js');
  for (const { name, content } of shards()) {
    const alone = merge(undefined, content);
    const index = await load(alone, list());
    const [id] = Object.values(alone.documentIds);
    assert.ok(index.has(id), name);
  }
});

test('every result leads to a page and a place on it', async () => {
  const dead = [];
  for (const { id } of documents(await whole())) {
    const [page, anchor] = id.split('#');
    const file = `${page}index.html`;
    if (!existsSync(path.join(SITE, file))) dead.push(id);
    else if (anchor && !read(file).includes(` id="${anchor}"`)) dead.push(id);
  }
  assert.deepEqual(dead, []);
});

test('every page can be found, whole, by the beginning of a word and with a mistake in it', async () => {
  const { ask, read: load } = await script('engine.js');
  const all = await whole();
  const index = await load(all, list());
  const lost = [];
  const mistaken = [];
  const pages = documents(all).filter(({ id, title }) => title && !id.includes('#'));
  assert.ok(pages.length > 50);
  for (const { id, title } of pages) {
    const find = (query, among, list = lost) => {
      const place = ask(index, query).slice(0, among).findIndex((hit) => hit.id === id);
      if (place < 0) list.push(`${id} by “${query}”`);
    };
    find(title, 3);
    const longest = title.match(/[\p{Alphabetic}\p{N}]+/gu).sort((a, b) => b.length - a.length)[0];
    if (longest.length < 5 || /\d/.test(longest)) continue;
    find(title.replace(longest, longest.slice(0, -2)), 5);
    find(title.replace(longest, longest.slice(0, 2) + longest.slice(3)), 5, mistaken);
    find(title.replace(longest, longest[0] + longest[2] + longest[1] + longest.slice(3)), 8, mistaken);
  }
  assert.deepEqual(lost, []);
  // A mistake can make another word of the course ("though" of "through"), which is then looked for.
  assert.ok(mistaken.length <= pages.length / 50, mistaken.join('\n'));
});

test('a name weighs more than a heading, a heading more than a question, a question more than a text', async () => {
  const { ask, read: load } = await script('engine.js');
  const { INDEX } = await script('options.js');
  const filler = 'while requests come and go the app keeps answering all of them as well as it can';
  const made = new MiniSearch(INDEX);
  made.addAll([
    { id: 'text', kind: 'scenario', text: `A valve, a valve, a valve. ${filler}` },
    { id: 'question', kind: 'question', question: `What does the valve do, ${filler}?` },
    { id: 'heading', kind: 'scenario', heading: 'How to find the right valve for each of them', text: filler },
    { id: 'title', kind: 'concept', title: 'The valve that keeps the pressure low', text: filler },
    ...Array.from({ length: 40 }, (_, at) => ({ id: `other-${at}`, kind: 'scenario', title: `Other ${at}`, heading: `Read part ${at}`, question: 'Why is this line flat, and what does that say about all of them?', text: filler })),
  ]);
  const json = JSON.parse(JSON.stringify(made));
  const index = await load({ ...json, index: new Map(json.index) }, json);
  for (const query of ['valve', 'valv', 'vavle', 'VALVE!']) {
    assert.deepEqual(ask(index, query).map(({ id }) => id).slice(0, 4), ['title', 'heading', 'question', 'text'], query);
  }
});

test('a word that is there as it was typed is not taken for another one', async () => {
  const { ask, read: load } = await script('engine.js');
  const index = await load(await whole(), list());
  const found = ask(index, 'connection');
  assert.ok(found.length > 3);
  for (const { id, terms } of found) assert.ok(terms.every((term) => term.startsWith('connection')), `${id}: ${terms}`);
  assert.equal(ask(index, 'conection pol')[0].id, 'concepts/connection-pool/');
  assert.doesNotThrow(() => ask(index, 'constructor __proto__ toString'));
  assert.deepEqual(ask(index, ''), []);
  assert.deepEqual(ask(index, '!?'), []);
});

test('no answer, hint, rubric or change is in it', async () => {
  const text = documents(await whole())
    .map((document) => Object.values(document).join(' '))
    .join('\n').replace(/\s+/g, ' ');
  const plain = (html) => html.replace(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ');
  let secrets = 0;
  const leaks = [];
  for (const page of files().filter((name) => /^scenarios\/[^/]+\/index\.html$/.test(name))) {
    const closed = read(page).match(/<details class="(?:answer|hint|reveal)">[\s\S]*?<\/details>|<div class="(?:rubric|change)"[\s\S]*?<\/div>/g) ?? [];
    for (const sentence of closed.flatMap((html) => plain(html).split(/(?<=[.?!:])\s/)).filter((words) => words.length > 50)) {
      secrets += 1;
      if (text.includes(sentence.trim())) leaks.push(sentence);
    }
  }
  assert.ok(secrets > 40, `${secrets} sentences were looked for`);
  assert.deepEqual(leaks, []);
});

test('it is small enough', () => {
  const theme = files().filter((name) => /^theme\/[^/]+\/search\/.*\.js$/.test(name));
  const code = theme.reduce((sum, name) => sum + packed(read(name)), 0);
  const own = theme.filter((name) => !name.includes('/vendor/')).reduce((sum, name) => sum + packed(read(name)), 0);
  const [first, ...rest] = shards().map(({ bytes }) => packed(bytes));
  const total = code + first + rest.reduce((sum, size) => sum + size, 0);
  const pages = files().filter((name) => name.endsWith('index.html')).length;
  console.log(`search: code ${code} (own ${own}), first shard ${first}, others ${rest.join(' ')}; ${Math.round(total / pages)} bytes a page, gzipped`);
  assert.ok(code + first <= 100 * KIB, `${code + first} bytes before anything can be found`);
  assert.ok(total <= 20 * KIB * pages, `${Math.round(total / pages)} bytes for each page`);
});
