// The machine's own Chromium.

import { execFileSync } from 'node:child_process';

import { chromium } from 'playwright-core';

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], {
    encoding: 'utf8',
  }).trim();
}

export function launch(more = []) {
  // In a container Chromium cannot make its own sandbox, and we only open our own pages.
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', ...more] });
}
