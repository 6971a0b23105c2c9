#!/usr/bin/env node
// write.mjs pages COUNT FOLDER: writes a corpus to measure with.

import { writePages } from './pages.mjs';

const [kind, count, folder] = process.argv.slice(2);
if (kind !== 'pages' || !(Number(count) > 0) || !folder) {
  console.error('usage: write.mjs pages COUNT FOLDER');
  process.exit(2);
}
writePages(Number(count), folder);
