// A stand-in of the docker CLI for tests/rehearse_compose.rs. It knows the commands that the compose
// driver gives and refuses all others, records each call, and plays what a real one would do as far
// as the driver sees it: a container is a process that writes the log which start.sh and nodemon
// write, and starts the app "again" when a file in src/ is saved.
//
// DOCKER_STANDIN names a folder:
//   calls.jsonl    every call: arguments, working folder, input
//   settings.json  {"fail": WORDS, "code": N, "stderr": TEXT}  calls that contain these words fail
//                  {"hang": WORDS}                             calls that contain them do not end
//   containers/    a file for each container that runs: its process id

import { spawn } from 'node:child_process';
import {
  appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = process.env.DOCKER_STANDIN;
const CONTAINERS = path.join(HOME, 'containers');
const args = process.argv.slice(2);

if (args[0] === 'container') container(args[1], args[2]);
else await call();

async function call() {
  const input = args.includes('exec') ? await read(process.stdin) : '';
  appendFileSync(path.join(HOME, 'calls.jsonl'), `${JSON.stringify({ args, cwd: process.cwd(), input })}\n`);
  const settings = existsSync(path.join(HOME, 'settings.json'))
    ? JSON.parse(readFileSync(path.join(HOME, 'settings.json'), 'utf8'))
    : {};
  const words = args.join(' ');
  if (settings.hang && words.includes(settings.hang)) {
    writeFileSync(path.join(HOME, 'hangs'), String(process.pid));
    setInterval(() => {}, 1000);
    return;
  }
  if (settings.fail && words.includes(settings.fail)) end(settings.code ?? 1, '', settings.stderr ?? 'it fails\n');
  if (words === 'compose version --short') end(0, '2.39.1\n');
  if (args[0] === 'info') end(0, '3\t0.0.0-not-this-machine\t28.2.2\n');
  const [compose, p, name, d, folder, f, file, verb, ...rest] = args;
  if (compose !== 'compose' || p !== '-p' || d !== '--project-directory' || f !== '-f') refuse();
  // As Compose does: it reads the file for every command.
  const services = JSON.parse(readFileSync(file, 'utf8')).services;
  const verbs = { up, exec, restart, logs, ps, down };
  (verbs[verb] ?? refuse)({ name, folder, services, rest });
}

function up({ name, folder, services, rest }) {
  const wanted = rest.filter((word) => !word.startsWith('-'));
  if (wanted.length === 0 || wanted.some((id) => !(id in services))) end(1, '', `no such service: ${wanted}\n`);
  mkdirSync(CONTAINERS, { recursive: true });
  for (const id of wanted) {
    const made = path.join(CONTAINERS, `${name}.${id}`);
    const configuration = JSON.stringify(services[id]);
    if (existsSync(made)) {
      const [pid, old] = readFileSync(made, 'utf8').split('\n');
      if (old === configuration) continue;
      process.kill(Number(pid), 'SIGKILL');
    }
    const program = [fileURLToPath(import.meta.url), 'container', folder, services[id].build ? id : ''];
    const child = spawn(process.execPath, program, { detached: true, stdio: 'ignore' });
    child.unref();
    writeFileSync(made, `${child.pid}\n${configuration}`);
  }
  end(0, '', `${wanted.map((id) => `Container ${name}-${id}-1  Started`).join('\n')}\n`);
}

function exec({ name, folder, rest }) {
  const [terminal, id, ...words] = rest;
  if (terminal !== '-T') refuse();
  if (!existsSync(path.join(CONTAINERS, `${name}.${id}`))) end(1, '', `service "${id}" is not running\n`);
  if (words[0] === 'timeout') words.splice(0, 4);
  const line = words.join(' ');
  if (line.endsWith('npm ci')) {
    mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), '{}');
    end(0, 'added 200 packages\n');
  }
  if (line === 'cat /sys/fs/cgroup/cpu.stat') end(id === 'prometheus' ? 1 : 0, id === 'prometheus' ? '' : 'usage_usec 2500000\nuser_usec 1\n');
  if (line === 'node --version') end(0, 'v24.21.0\n');
  if (line.includes('autocannon/package.json')) end(0, '9.0.0\n');
  if (line === 'postgres --version') end(0, 'postgres (PostgreSQL) 15.18 (Debian 15.18-1.pgdg12+1)\n');
  if (line === 'true') end(0);
  if (line.startsWith('test -e ')) end(existsSync(path.join(folder, line.slice(8))) ? 0 : 1);
  if (line === 'sh -c exit 7') end(7, 'out\n', 'err\n');
  if (line.includes('wait-and-seed.js') || line.includes('psql') || line.includes('curl') || line.includes('chmod')) end(0);
  refuse();
}

function restart() {
  end(0);
}

function logs({ rest }) {
  end(0, rest.includes('--tail') ? 'app-1  | recorded log of the app\n' : `recorded log of ${rest.at(-1)}\n`, rest.includes('--tail') ? '' : 'both streams\n');
}

function ps() {
  end(0, 'NAME    SERVICE    STATUS\napp-1   app        exited (1)\n');
}

function down({ name }) {
  const made = existsSync(CONTAINERS) ? readdirSync(CONTAINERS) : [];
  for (const one of made.filter((file) => file.startsWith(`${name}.`))) {
    const [pid] = readFileSync(path.join(CONTAINERS, one), 'utf8').split('\n');
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    rmSync(path.join(CONTAINERS, one));
  }
  end(0);
}

/** A container: writes the log of a service with the learner's code, and notices changes as nodemon does. */
function container(folder, service) {
  // A test that fails must not leave it behind.
  const gone = () => !existsSync(HOME) && process.exit(1);
  setInterval(gone, 200);
  if (!service) return;
  mkdirSync(path.join(folder, 'logs'), { recursive: true });
  const log = path.join(folder, 'logs', `${service}.log`);
  writeFileSync(log, '[nodemon] 3.1.14\n[nodemon] starting `node src/server.js`\n');
  const saved = () => {
    const files = existsSync(path.join(folder, 'src')) ? readdirSync(path.join(folder, 'src')) : [];
    return files.map((file) => `${file} ${statSync(path.join(folder, 'src', file)).mtimeMs}`).join();
  };
  let before = saved();
  setInterval(() => {
    const now = saved();
    if (now === before) return;
    before = now;
    appendFileSync(log, '[nodemon] restarting due to changes...\n[nodemon] starting `node src/server.js`\n');
  }, 50);
}

async function read(stream) {
  let text = '';
  for await (const part of stream) text += part;
  return text;
}

function refuse() {
  end(125, '', `the stand-in does not know: ${args.join(' ')}\n`);
}

function end(code, out = '', err = '') {
  process.stdout.write(out);
  process.stderr.write(err);
  process.exit(code);
}
