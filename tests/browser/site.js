// The built site: where it lies, which pages it has, and a server for it.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

export const SITE = path.resolve(process.env.SCENARIST_SITE ?? path.join(here, '../../dist/site'));

// A site is served below a path, as GitHub Pages does it for a project: the one that the course names,
// since the page for addresses that do not exist begins its links there.
function baseOf(site) {
  const canonical = readFileSync(path.join(site, 'index.html'), 'utf8').match(/<link rel="canonical" href="([^"]*)"/)?.[1];
  return canonical ? new URL(canonical).pathname : '/some/course/';
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
};

if (!existsSync(path.join(SITE, 'index.html'))) {
  throw new Error(`there is no site in ${SITE}: run \`cargo run -- build\` first`);
}

// All files of the site, relative, with forward slashes, in order.
export function files() {
  return readdirSync(SITE, { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => statSync(path.join(SITE, name)).isFile())
    .sort();
}

export function read(name) {
  return readFileSync(path.join(SITE, name), 'utf8');
}

// The largest page of a folder is the one with the most in it.
export function largest(folder) {
  const inside = files().filter((name) => name.startsWith(folder) && name.endsWith('index.html') && name !== `${folder}index.html`);
  return inside.sort((a, b) => read(b).length - read(a).length || a.localeCompare(b))[0];
}

// Answers like a host of static files, and gives the address of the site's root.
export function serve(site = SITE) {
  const base = baseOf(site);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = decodeURIComponent(pathname);
    let file = name.startsWith(base) ? name.slice(base.length) : '';
    if (file === '' || file.endsWith('/')) file += 'index.html';
    const inside = path.join(site, path.posix.normalize(`/${file}`));
    const found = name.startsWith(base) && existsSync(inside) && statSync(inside).isFile();
    const shown = found ? inside : path.join(site, '404.html');
    response.writeHead(found ? 200 : 404, { 'Content-Type': TYPES[path.extname(shown)] ?? 'application/octet-stream' });
    response.end(readFileSync(shown));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ root: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() });
    });
  });
}
