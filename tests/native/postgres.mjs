// A PostgreSQL server of our own: a fresh cluster in a temporary folder, on loopback and a free
// port, with the settings that the image in docker-compose.yml has.

import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { findProgram, freePort, mustRun, postgresFolders, run, start, until } from './programs.mjs';

// The programs that are needed, or null where one is missing. All from one folder if possible, so
// that they have one version.
export function findPostgres() {
  const folders = postgresFolders();
  const names = ['initdb', 'postgres', 'psql'];
  return Object.fromEntries(names.map((name) => [name, findProgram(name, folders)]));
}

export async function startPostgres(programs, { database, password, options = [] }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-postgres-'));
  const owner = ownerOfCluster();
  const who = owner ? { uid: owner.uid, gid: owner.gid } : {};
  const passwordFile = path.join(folder, 'password');
  const data = path.join(folder, 'data');
  let said = '';
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (owner) for (const file of [folder, passwordFile]) chownSync(file, owner.uid, owner.gid);
    const settings = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    // Messages in English: the declared cause of the failure is one of them.
    const words = ['--encoding=UTF8', '--locale=C', '--no-sync'];
    await mustRun(programs.initdb, ['-D', data, ...settings, ...words], { cwd: folder, ...who, seconds: 120 });

    const port = await freePort();
    const network = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-p', String(port)];
    const server = start(programs.postgres, ['-D', data, ...network, ...options], {
      cwd: folder,
      ...who,
      // "Fast shutdown": open connections are closed. Sent to the server alone, which ends its own.
      signal: 'SIGINT',
      group: false,
      onText: (text) => {
        said += text;
      },
    });
    const postgres = {
      port,
      url: (name) => `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`,
      remove,
    };
    // -X leaves out a personal .psqlrc, which could change how results look.
    postgres.psql = (args, name = database) =>
      run(programs.psql, ['-X', '-v', 'ON_ERROR_STOP=1', '-d', postgres.url(name), ...args], { seconds: 120 });
    await until('PostgreSQL accepts connections', 60, async () => {
      if (server.ended) throw new Error(`PostgreSQL ended at once:\n${said.trim()}`);
      return (await postgres.psql(['-c', 'SELECT 1'], 'postgres')).code === 0;
    });
    await postgres.psql(['-c', `CREATE DATABASE "${database}"`], 'postgres');
    const version = await postgres.psql(['-At', '-c', 'SHOW server_version']);
    if (version.code !== 0) throw new Error(`the database "${database}" could not be made: ${version.all}`);
    postgres.version = version.stdout.trim().split(' ')[0];
    return postgres;
  } catch (error) {
    remove();
    throw error;
  }
}

// PostgreSQL refuses to run as root, so root lends it another account: its own, or nobody's.
function ownerOfCluster() {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no other account to run it as');
}
