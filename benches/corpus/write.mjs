#!/usr/bin/env node
// write.mjs pages|course COUNT FOLDER: writes a corpus to measure with.

import { CORPORA } from './corpora.mjs';

const [kind, count, folder] = process.argv.slice(2);
if (!Object.hasOwn(CORPORA, kind ?? '') || !(Number(count) > 0) || !folder) {
  console.error('usage: write.mjs pages|course COUNT FOLDER');
  process.exit(2);
}
CORPORA[kind].write(Number(count), folder);
