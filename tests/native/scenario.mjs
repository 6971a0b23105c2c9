// Everything this test knows about a scenario: what its author declared (content/) and what the
// compiler made of it (dist/).

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Unsupported } from './checks.mjs';
import { readYaml } from './yaml.mjs';

// Services that only look on; the others have to be started.
const WATCHERS = ['prometheus', 'grafana'];

export function readScenario(root, dist, id) {
  const source = path.join(root, 'content', 'scenarios', id);
  if (!existsSync(path.join(source, 'scenario.yml'))) throw new Error(`there is no scenario "${id}" in content/`);
  const read = (file) => readFileSync(path.join(source, file), 'utf8');
  const declared = readYaml(read('scenario.yml'));
  const recorded = existsSync(path.join(source, 'recorded', 'run.yml')) ? readYaml(read('recorded/run.yml')) : null;
  const fixes = declared.fixes ?? [];
  if (fixes.some((fix) => fix.kept === false)) throw new Unsupported('a fix is tried and dropped');
  return {
    id,
    folder: findFolder(dist, id),
    fixes,
    stages: ['broken', ...fixes.map((fix) => fix.id)],
    loadtests: declared.loadtests ?? [],
    rehearsal: declared.rehearsal ?? [],
    recorded,
    queries: findQueries(read('scenario.md'), fixes.map((fix) => fix.id)),
  };
}

// The folder's name depends on the scenario's place in its track, so the compiler is asked for it.
function findFolder(dist, id) {
  const missing = (what) => new Error(`${what}: build the course first (cargo run --release -- build)`);
  const file = path.join(dist, 'course.json');
  if (!existsSync(file)) throw missing(`there is no ${file}`);
  const { scenarios } = JSON.parse(readFileSync(file, 'utf8'));
  const found = scenarios.find((scenario) => scenario.id === id);
  const folder = path.join(dist, 'monorepo', found?.folder ?? '?');
  if (!found || !existsSync(folder)) throw missing(`"${id}" has no folder in ${dist}`);
  return folder;
}

// The statements that learners type into psql and that say what their result must hold, each with
// its stage: that of the last fix whose heading stands above it.
function findQueries(page, fixes) {
  const queries = [];
  let stage = 'broken';
  let open = null;
  for (const line of page.split(/\r?\n/)) {
    const fence = /^(`{3,})\s*(\w*)\s*(?:\{(.*)\})?\s*$/.exec(line);
    if (open) {
      if (fence && fence[1].length >= open.ticks && !fence[2] && !fence[3]) {
        if (open.expect !== undefined && open.in === 'psql') queries.push(open);
        open = null;
      } else {
        open.sql += `${line}\n`;
      }
      continue;
    }
    const heading = /^###\s.*\{#([a-z0-9-]+)/.exec(line);
    if (heading && fixes.includes(heading[1])) stage = heading[1];
    if (fence) {
      const attribute = (name) => new RegExp(`\\b${name}=(?:"([^"]*)"|(\\S+))`).exec(fence[3] ?? '');
      const value = (found) => found?.[1] ?? found?.[2];
      const id = /#([a-z0-9-]+)/.exec(fence[3] ?? '')?.[1];
      const given = value(attribute('stage'));
      const expect = value(attribute('expect'));
      open = { id, stage: given ?? stage, in: value(attribute('in')), expect, ticks: fence[1].length, sql: '' };
    }
  }
  return queries;
}

// The app and the database of the rendered docker-compose.yml.
export function readCompose(folder) {
  const { services } = readYaml(readFileSync(path.join(folder, 'docker-compose.yml'), 'utf8'));
  const others = Object.keys(services).filter((name) => !['app', 'postgres', ...WATCHERS].includes(name));
  if (others.length > 0) throw new Unsupported(`it has services that are not started here: ${others.join(', ')}`);
  const { app, postgres } = services;
  if (!app || !postgres) throw new Error('docker-compose.yml has no service `app` or no service `postgres`');
  return {
    command: app.command,
    environment: app.environment,
    database: postgres.environment.POSTGRES_DB,
    password: String(postgres.environment.POSTGRES_PASSWORD),
    options: (postgres.command ?? []).slice(1),
  };
}

// The variables of a container with the names of services replaced by where they are now.
export function localEnvironment(environment, ports) {
  const local = {};
  for (const [name, value] of Object.entries(environment)) {
    let text = String(value);
    for (const [service, port] of Object.entries(ports)) {
      text = text.replace(new RegExp(`\\b${service}:\\d+`, 'g'), `127.0.0.1:${port}`);
    }
    local[name] = name === 'PORT' ? String(ports.app) : text;
  }
  return local;
}
