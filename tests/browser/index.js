// The search index of a built site, and the modules that ask it.

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { SITE } from './site.js';

export const SCRIPTS = path.join(import.meta.dirname, '../../themes/default/static/search');

export const script = (name) => import(path.join(SCRIPTS, name));

// The list of the shards of a site.
export const list = (site = SITE) => JSON.parse(readFileSync(path.join(site, 'search/index.json'), 'utf8'));

// The shards of a site, the first one first: path below the site, bytes, content.
export function shards(site = SITE) {
  return list(site).shards.map((name) => {
    const bytes = readFileSync(path.join(site, 'search', name));
    return { name, bytes, content: JSON.parse(bytes) };
  });
}

// All shards as the browser puts them together, as they were written.
export async function whole(site = SITE) {
  const { merge } = await script('engine.js');
  return shards(site).reduce((found, { content }) => merge(found, content), undefined);
}

// The documents from which the index was made, in the order of their numbers.
export function documents({ documentIds, storedFields }) {
  return Object.entries(documentIds).map(([number, id]) => ({ id, ...storedFields[number] }));
}
