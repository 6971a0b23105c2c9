// The learner's folder while it runs: a copy of what was rendered, started with the command from
// docker-compose.yml, so that start.sh and nodemon are part of what is tested.

import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Unsupported } from './checks.mjs';
import { mustRun, run, sleep, start, until } from './programs.mjs';

const LOG = 'logs/app.log';

export function copyFolder(rendered) {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-native-'));
  const filter = (file) => !['node_modules', 'logs'].includes(path.relative(rendered, file));
  cpSync(rendered, folder, { recursive: true, filter });
  return folder;
}

export class App {
  constructor(folder, environment) {
    this.folder = folder;
    this.url = `http://127.0.0.1:${environment.PORT}`;
    // Only what a container would have: a variable of this machine must not decide the outcome.
    const kept = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG'].filter((name) => process.env[name] !== undefined);
    const own = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
    this.environment = { ...own, npm_config_update_notifier: 'false', ...environment };
  }

  start(command) {
    const [program, ...args] = command;
    this.program = start(program, args, { cwd: this.folder, env: this.environment });
  }

  // Everything that the app has printed, from an earlier length on.
  log(from = 0) {
    const file = path.join(this.folder, LOG);
    return existsSync(file) ? readFileSync(file, 'utf8').slice(from) : '';
  }

  // What the log ends with, for messages.
  logEnd() {
    return this.log().split('\n').slice(-10).join('\n').trim();
  }

  // Requests that the load test gave up on are still answered; their messages come a little later.
  async quietLog(from) {
    let length = -1;
    for (let n = 0; n < 20 && length !== this.log().length; n++) {
      length = this.log().length;
      await sleep(1000);
    }
    return this.log(from);
  }

  // Packages come from the registry that this machine uses, so its settings for npm hold here.
  installPackages() {
    const { NODE_ENV: _, ...environment } = process.env;
    const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline'];
    return mustRun('npm', args, { cwd: this.folder, env: environment, seconds: 300 });
  }

  async runScript(args, seconds) {
    return run('node', args, { cwd: this.folder, env: this.environment, seconds });
  }

  async get(address) {
    const answer = await fetch(this.url + address, { signal: AbortSignal.timeout(15_000) });
    return { status: answer.status, text: await answer.text() };
  }

  async untilHealthy() {
    await until('the app answers at /health', 60, async () => {
      if (this.program.ended) throw new Error(`the app has ended:\n${this.logEnd()}`);
      return this.get('/health').then((answer) => answer.status === 200, () => false);
    });
  }

  // Writes a fix's files over the learner's, as somebody who saves them would. Returns their paths.
  async apply(solution) {
    const files = existsSync(solution) ? filesBelow(solution).filter((file) => !file.endsWith('.sql')) : [];
    const containers = files.filter((file) => !/^(src|db|scripts)\/|^package(-lock)?\.json$/.test(file));
    if (containers.length > 0) throw new Unsupported(`a fix changes the containers: ${containers.join(', ')}`);
    const before = this.log().length;
    for (const file of files) cpSync(path.join(solution, file), path.join(this.folder, file));
    if (files.some((file) => file.startsWith('package'))) await this.installPackages();
    if (files.some((file) => file.startsWith('src/'))) {
      await until('nodemon starts the app again after a change', 30, () =>
        this.log(before).includes('[nodemon] starting')
      );
      // The old process has let go of the port when the new one is started, not when it is announced.
      await sleep(1000);
    }
    await this.untilHealthy();
    return files;
  }

  async loadtest(id, quickSeconds) {
    if (quickSeconds) this.shortenLoadtests(quickSeconds);
    const { code, stdout, all } = await this.runScript(['scripts/loadtest.js', id, '--json'], 600);
    if (code !== 0) throw new Error(`the load test "${id}" failed:\n${all}`);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  }

  // The script has no switch for its length, since learners should all measure the same way.
  shortenLoadtests(seconds) {
    const file = path.join(this.folder, 'scripts', 'loadtest.js');
    const text = readFileSync(file, 'utf8');
    const table = /const TESTS = [\s\S]*?\];\n/.exec(text)?.[0];
    const shorter = table?.replace(/(\bseconds["']?:\s*)\d+/g, `$1${seconds}`);
    if (!shorter?.includes('seconds')) throw new Error('scripts/loadtest.js has no table TESTS to shorten');
    writeFileSync(file, text.replace(table, () => shorter));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
