// Runs a scenario as a learner's Codespace would, but without containers: the rendered folder, a
// PostgreSQL of its own, the app, the load test; then each fix, and the load test again. What the
// scenario's author declared under `rehearsal` must come true.
//
//   node tests/native/run.mjs diagnosing-failures            as long as learners measure
//   node tests/native/run.mjs diagnosing-failures --quick    eight seconds for each load test
//   node tests/native/run.mjs diagnosing-failures --record   prints the figures as YAML, too
//   … --dist FOLDER                                          instead of dist/
//
// Ends with 0 if everything holds, with 1 if something does not.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { App, copyFolder } from './app.mjs';
import { Checks, Unsupported } from './checks.mjs';
import { countMessages, format, judge, kindOf, planNodes } from './expectations.mjs';
import { exportedMetrics, expressionsOf, missingMetrics } from './metrics.mjs';
import { findPostgres, startPostgres } from './postgres.mjs';
import { endAll, findProgram, freePort } from './programs.mjs';
import { printRecord } from './record.mjs';
import { localEnvironment, readCompose, readScenario } from './scenario.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
// Long enough that the first connections of a run do not decide its outcome.
const QUICK_SECONDS = 8;

const cleanups = [];
let interrupted = false;

async function cleanUp() {
  await endAll();
  for (const remove of cleanups.splice(0).reverse()) remove();
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
  process.once(signal, async () => {
    interrupted = true;
    process.stderr.write(`\n${signal}: ending what was started …\n`);
    await cleanUp();
    process.exit(code);
  });
}

// Names what is missing with the line that installs it. Gives PostgreSQL's programs, or null.
function findPrograms(checks, id) {
  const postgres = findPostgres();
  const missing = Object.keys(postgres).filter((name) => postgres[name] === null);
  const npm = findProgram('npm') === null;
  if (missing.length === 0 && !npm) return postgres;
  const packages = [...(missing.length > 0 ? ['postgresql'] : []), ...(npm ? ['npm'] : [])];
  const names = [...missing, ...(npm ? ['npm'] : [])].join(', ');
  checks.skip(`the native run of ${id}`, `${names} not found; sudo apt-get install -y ${packages.join(' ')}`);
  return null;
}

class Rehearsal {
  measured = new Map();
  errors = new Map();
  outputs = new Map();

  constructor(scenario, programs, checks, options) {
    Object.assign(this, { scenario, programs, checks, options });
  }

  async run() {
    const { scenario, checks } = this;
    checks.heading(`${path.basename(scenario.folder)}, started natively`);
    await this.open();
    for (const stage of scenario.stages) {
      checks.heading(`Stage ${stage}`);
      if (stage !== 'broken') await this.fix(stage);
      await this.askQueries(stage);
      await this.measure(stage);
      if (stage === 'broken') await this.checkMetrics();
      this.judgeStage(stage);
    }
  }

  // In a Codespace's order: the containers start, packages are installed, the database is filled.
  async open() {
    const { scenario, checks } = this;
    const compose = readCompose(scenario.folder);
    this.database = await startPostgres(this.programs, compose);
    cleanups.push(this.database.remove);
    const ports = { app: await freePort(), postgres: this.database.port };
    this.app = new App(copyFolder(scenario.folder), localEnvironment(compose.environment, ports));
    cleanups.push(() => this.app.remove());
    this.app.start(compose.command);
    checks.note(`PostgreSQL ${this.database.version}, Node ${process.versions.node}`);

    await this.app.installPackages();
    checks.that(true, 'npm ci installs the packages from the lockfile');
    const first = await this.seed();
    checks.that(
      first.code === 0 && first.all.includes('Everything is running.'),
      'scripts/wait-and-seed.js fills the database and finds the app',
      first.all
    );
    const second = await this.seed();
    checks.that(
      second.code === 0 && second.all.includes('already filled'),
      'started again, it leaves the filled database alone',
      second.all
    );
    await this.app.untilHealthy();
    checks.that(true, 'the app answers at /health');
    await this.oneVisitor();
  }

  seed() {
    return this.app.runScript(['scripts/wait-and-seed.js'], 240);
  }

  // Scenarios break under load. A single visitor must be served, or there is nothing to find out.
  async oneVisitor() {
    const requests = this.scenario.loadtests.flatMap((test) => test.requests);
    for (const { path: address } of requests.filter((request) => (request.method ?? 'GET') === 'GET')) {
      const { status, text } = await this.app.get(address);
      this.checks.that(status >= 200 && status < 300, `one visitor gets ${address}`, `${status}: ${text.slice(0, 200)}`);
    }
  }

  async fix(id) {
    const { scenario, checks } = this;
    const solution = path.join(this.app.folder, 'solution', id);
    const { sql = [] } = scenario.fixes.find((fix) => fix.id === id);
    if (!checks.that(existsSync(solution), `solution/${id}/ is there`)) return;
    const files = await this.app.apply(solution);
    if (files.length > 0) checks.that(true, `the app takes up ${files.join(', ')} and is healthy`);
    for (const file of sql) {
      const { code, all } = await this.database.psql(['-f', path.join(solution, file)]);
      checks.that(code === 0, `psql runs ${file}`, all);
    }
  }

  // The statements of the page whose result must hold certain words.
  async askQueries(stage) {
    const { scenario, checks } = this;
    const outputs = [];
    for (const { id, sql, expect } of scenario.queries.filter((query) => query.stage === stage)) {
      const { code, stdout, all } = await this.database.psql(['-c', sql]);
      checks.that(code === 0 && stdout.includes(expect), `${id} shows "${expect}"`, all);
      outputs.push({ id, text: stdout.trimEnd() });
      this.comparePlan(stage, id, stdout);
    }
    this.outputs.set(stage, outputs);
  }

  // Times differ from run to run, the steps of a plan do not. Another major version of PostgreSQL
  // may know better steps, so it is not compared.
  comparePlan(stage, id, now) {
    const { recorded } = this.scenario;
    const plan = planNodes(recorded?.stages?.[stage]?.commands?.[id]?.output ?? '');
    if (plan.length === 0) return;
    const major = (version) => String(version).split('.')[0];
    const version = recorded.recorded.versions.postgres;
    if (major(version) !== major(this.database.version)) {
      this.checks.note(`the plan of ${id} was recorded with PostgreSQL ${version} and is not compared`);
      return;
    }
    const [was, is] = [plan.join(', '), planNodes(now).join(', ')];
    this.checks.that(was === is, `${id} has the recorded plan: ${was}`, `now it is: ${is}`);
  }

  async measure(stage) {
    const { scenario, options } = this;
    const figures = new Map();
    const errors = new Map();
    this.measured.set(stage, figures);
    this.errors.set(stage, errors);
    this.app.environment.TARGET_URL = this.app.url;
    for (const { id, target = 'app' } of scenario.loadtests) {
      if (target !== 'app') throw new Unsupported(`the load test "${id}" calls "${target}"`);
      const from = this.app.log().length;
      const result = await this.app.loadtest(id, options.quick ? QUICK_SECONDS : null);
      if (options.quick) result.seconds = QUICK_SECONDS;
      figures.set(id, result);
      errors.set(id, countMessages(await this.app.quietLog(from)));
      const shown = ['success', 'rps', 'p50', 'p99'].map((name) => `${name} ${format(name, result[name])}`);
      this.checks.note(`load test ${id}: ${shown.join(', ')} (${result.ended} requests)`);
    }
  }

  // After the load test, since a counter with labels does not exist before it has counted.
  async checkMetrics() {
    const dashboard = path.join(this.app.folder, 'dashboard', 'grafana-dashboard.json');
    const expressions = expressionsOf(JSON.parse(readFileSync(dashboard, 'utf8')));
    const { text } = await this.app.get('/metrics');
    const missing = missingMetrics(expressions, exportedMetrics(text));
    const what = `/metrics exports everything that the dashboard's ${expressions.length} expressions name`;
    this.checks.that(expressions.length > 0 && missing.length === 0, what, `missing: ${missing.join(', ')}`);
  }

  judgeStage(stage) {
    const { scenario, checks } = this;
    for (const entry of scenario.rehearsal.filter((one) => one.stage === stage)) {
      if (entry.control) {
        checks.skip(`the control "${entry.control}"`, 'it changes the environment, which takes containers');
        continue;
      }
      const test = entry.test ?? scenario.loadtests[0].id;
      for (const [measure, expectation] of Object.entries(entry.expect)) {
        if (measure === 'cause') {
          this.judgeCause(stage, test, expectation);
        } else {
          const { holds, text } = judge(this.measured, stage, test, measure, expectation);
          checks.that(holds, text);
        }
      }
    }
  }

  judgeCause(stage, test, cause) {
    const [first, ...others] = this.errors.get(stage).get(test);
    const share = first ? ` (${first.count} times, ${format('success', first.share)} of all)` : '';
    const seen = [first, ...others].slice(0, 5).map((one) => one && `${one.count} × ${one.message}`);
    this.checks.that(
      first !== undefined && kindOf(first.message).includes(kindOf(cause)),
      `the most frequent error is "${cause}"${share}`,
      first ? seen.join('\n') : `the app printed no error; its log ends:\n${this.app.logEnd()}`
    );
  }

  record() {
    const manifest = path.join(this.app.folder, 'node_modules', 'autocannon', 'package.json');
    const autocannon = JSON.parse(readFileSync(manifest, 'utf8')).version;
    const versions = { node: process.versions.node, postgres: this.database.version, autocannon };
    const { measured, errors, outputs } = this;
    return printRecord({ versions, measured, errors, outputs, loadtests: this.scenario.loadtests });
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, record: { type: 'boolean' }, dist: { type: 'string' } },
  });
  const [id, ...rest] = positionals;
  if (id === undefined || rest.length > 0) throw new Error('name one scenario: run.mjs ID [--quick] [--record] [--dist FOLDER]');
  const checks = new Checks((text) => (values.record ? process.stderr : process.stdout).write(text));
  try {
    const programs = findPrograms(checks, id);
    if (programs) {
      const scenario = readScenario(ROOT, path.resolve(values.dist ?? path.join(ROOT, 'dist')), id);
      const rehearsal = new Rehearsal(scenario, programs, checks, values);
      await rehearsal.run();
      if (values.record) process.stdout.write(rehearsal.record());
    }
  } catch (error) {
    // What is ended on request fails, and that says nothing about the scenario.
    if (interrupted) return process.exitCode;
    if (error instanceof Unsupported) checks.skip(`the native run of ${id}`, error.message);
    else checks.that(false, `the native run of ${id}`, error.message);
  } finally {
    await cleanUp();
  }
  return checks.finish();
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
);
