// Starting programs and ending them. Each one gets a process group of its own, so that what it
// started ends with it, and everything is ended by process id, whatever happens to this script.

import { spawn } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

const running = new Set();

// Starts a program that runs until `end()`. Standard output and standard error go to `onText`.
export function start(command, args, { signal = 'SIGTERM', group = true, onText = () => {}, ...options }) {
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const program = { pid: child.pid, ended: false, fault: null };
  child.stdout.on('data', (bytes) => onText(bytes.toString(), 'stdout'));
  child.stderr.on('data', (bytes) => onText(bytes.toString(), 'stderr'));
  program.over = new Promise((resolve) => {
    child.on('error', (error) => {
      program.ended = true;
      program.fault = error;
      running.delete(program);
      resolve(null);
    });
    // 'close' comes after the last of the output, 'exit' may come before it.
    child.on('close', (code) => {
      program.ended = true;
      running.delete(program);
      resolve(code);
    });
  });

  const send = (name) => {
    try {
      process.kill(group ? -program.pid : program.pid, name);
    } catch {
      // It is gone already.
    }
  };
  program.end = async () => {
    if (program.ended || program.pid === undefined) return;
    send(signal);
    const inTime = await Promise.race([program.over.then(() => true), sleep(10_000, false, { ref: false })]);
    if (inTime) return;
    program.kill();
    await Promise.race([program.over, sleep(2_000, null, { ref: false })]);
  };
  program.kill = () => {
    if (program.pid === undefined) return;
    try {
      process.kill(-program.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  running.add(program);
  return program;
}

// Ends what is still running, the youngest first: the app before its database.
export async function endAll() {
  for (const program of [...running].reverse()) await program.end();
}

// The last resort on the way out, where nothing can be waited for.
process.on('exit', () => {
  for (const program of running) program.kill();
});

// Runs a program to its end.
export async function run(command, args, { seconds = 60, ...options } = {}) {
  const said = { stdout: '', stderr: '' };
  const onText = (text, stream) => {
    said[stream] += text;
  };
  const program = start(command, args, { ...options, onText });
  const timer = setTimeout(program.kill, seconds * 1000);
  const code = await program.over;
  clearTimeout(timer);
  if (program.fault) throw program.fault;
  return { code, ...said, all: `${said.stdout}${said.stderr}`.trim() };
}

// Like run(), but an ending other than success is an error that says what the program said.
export async function mustRun(command, args, options) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  const end = result.all.split('\n').slice(-15).join('\n');
  throw new Error(`${path.basename(command)} ${args.join(' ')} failed (${result.code ?? 'out of time'}):\n${end}`);
}

// Where a program is; null if it is nowhere.
export function findProgram(name, extraFolders = []) {
  for (const folder of [...extraFolders, ...(process.env.PATH ?? '').split(path.delimiter)]) {
    const file = path.join(folder || '.', name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not here.
    }
  }
  return null;
}

// Debian keeps the server's programs out of PATH, one folder for each version. The newest first.
export function postgresFolders() {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => path.join(root, version, 'bin'));
  } catch {
    return [];
  }
}

// A port that nothing listens on right now.
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Calls `ask` until it gives something true; throws with `what` when the time is over.
export async function until(what, seconds, ask) {
  const giveUp = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > giveUp) throw new Error(`${what}: not within ${seconds} seconds`);
    await sleep(100);
  }
}
