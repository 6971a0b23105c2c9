// The figures of a run as YAML, in the shape of `recorded/run.yml`. What only the compiler knows
// (the hash of the inputs) is not in it.

import { availableParallelism } from 'node:os';

export function printRecord({ versions, measured, errors, outputs, loadtests }) {
  const list = Object.entries(versions).map(([name, version]) => `${name}: "${version}"`);
  const day = new Date().toISOString().slice(0, 10);
  const lines = [
    `recorded: {on: ${day}, driver: native, cores: ${availableParallelism()}, versions: {${list.join(', ')}}}`,
    'stages:',
  ];
  for (const [stage, tests] of measured) {
    lines.push(`  ${stage}:`, '    loadtests:');
    for (const [id, figures] of tests) {
      lines.push(`      ${id}:`);
      const { connections, seconds } = loadtests.find((test) => test.id === id);
      const known = { connections, seconds: figures.seconds ?? seconds, requests: figures.ended };
      for (const [name, value] of Object.entries({ ...known, ...rounded(figures) })) {
        if (value !== null) lines.push(`        ${name}: ${value}`);
      }
      lines.push(...errorLines(errors.get(stage)?.get(id) ?? []));
      // One request alone has the figures of the whole test.
      if (figures.requests.length > 1) lines.push(...requestLines(figures.requests));
    }
    lines.push(...commandLines(outputs.get(stage) ?? []));
  }
  return `${lines.join('\n')}\n`;
}

// 99.95 % must not read as 100 %, so percentages are cut off, as the load test itself does.
function rounded({ success, rps, p50, p99 }) {
  const whole = (value) => (value === null ? null : Math.round(value));
  return { success: cutOff(success), rps: whole(rps), p50: whole(p50), p99: whole(p99) };
}

function cutOff(percentage) {
  return Math.floor(percentage * 10) / 10;
}

function errorLines(errors) {
  if (errors.length === 0) return ['        errors: []'];
  const line = ({ message, count, share }) =>
    `          - {message: ${JSON.stringify(message)}, count: ${count}, share: ${cutOff(share)}}`;
  return ['        errors:', ...errors.map(line)];
}

function requestLines(requests) {
  const line = (request) => {
    const values = Object.entries(rounded(request)).filter(([, value]) => value !== null);
    return `          ${request.id}: {${values.map(([name, value]) => `${name}: ${value}`).join(', ')}}`;
  };
  return ['        by-request:', ...requests.map(line)];
}

// The first line of an output may begin with blanks, so the block says how deep it is.
function commandLines(outputs) {
  if (outputs.length === 0) return ['    commands: {}'];
  return [
    '    commands:',
    ...outputs.flatMap(({ id, text }) => [
      `      ${id}:`,
      '        output: |2-',
      ...text.split('\n').map((line) => `          ${line}`.trimEnd()),
    ]),
  ];
}
