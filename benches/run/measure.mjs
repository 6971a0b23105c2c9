import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/**
 * Runs a command to its end. Gives wall and processor time in milliseconds and the most memory that it
 * had at once, in megabytes. Throws with what it printed if it fails.
 */
export function timed([program, ...parameters], { cwd, env, folder }) {
  const report = `${folder}/time.txt`;
  const command = ['-f', '%e %U %S %M', '-o', report, program, ...parameters];
  const started = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync('/usr/bin/time', command, { cwd, env, encoding: 'utf8' });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}\n${stdout}${stderr}`);
  const [, user, system, kilobytes] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  rmSync(report);
  return { wall, processor: (user + system) * 1000, memory: kilobytes / 1024 };
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle of each measure of some runs. */
export function medians(runs) {
  const of = (key) => Math.round(median(runs.map((run) => run[key])) * 10) / 10;
  return { wall: of('wall'), processor: of('processor'), memory: of('memory') };
}
