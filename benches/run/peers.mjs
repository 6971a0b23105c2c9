import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { medians, timed } from './measure.mjs';

/** How each peer builds its pages from nothing. `home` is where peers are installed. */
const PEERS = {
  eleventy: {
    needs: 'eleventy/node_modules/@11ty/eleventy/cmd.cjs',
    build: (_home, out) => ['node', 'node_modules/@11ty/eleventy/cmd.cjs', '--quiet', `--output=${out}`],
  },
  hugo: {
    needs: 'bin/hugo',
    build: (home, out) => [join(home, 'bin/hugo'), '--quiet', '-d', out, '--ignoreCache'],
  },
  mdbook: {
    needs: 'bin/mdbook',
    build: (home, out) => [join(home, 'bin/mdbook'), 'build', '-d', out],
  },
  zola: {
    needs: 'bin/zola',
    build: (home, out) => [join(home, 'bin/zola'), 'build', '--force', '-o', out],
  },
};

/** The peers that can be measured here. */
export function installedPeers(home, generator) {
  if (!generator) return [];
  return Object.keys(PEERS).filter((peer) => existsSync(join(home, PEERS[peer].needs)));
}

/** Builds from nothing, the median of some runs. */
export function measurePeer({ peer, pages, runs, folder, home, generator }) {
  const site = join(folder, `${peer}-${pages}`);
  const env = { ...process.env, BENCH_HOME: home };
  const made = spawnSync('python3', [generator, peer, String(pages), site], { env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${generator} ${peer}: ${made.stderr}`);
  const out = join(folder, `${peer}-out`);
  const all = [];
  for (let run = 0; run < runs; run += 1) {
    [out, join(site, 'resources'), join(site, '.hugo_build.lock')].forEach((path) => rmSync(path, { recursive: true, force: true }));
    all.push(timed(PEERS[peer].build(home, out), { cwd: site, env, folder }));
  }
  [site, out].forEach((path) => rmSync(path, { recursive: true, force: true }));
  const { wall, processor, memory } = medians(all);
  return { cold_ms: wall, cold_processor_ms: processor, memory_mb: memory };
}
