// What a rehearsal declares, such as `success: ">= 99%"` or `p50: "<= 0.3 of shared-pool"`,
// compared with what was measured.

const COMPARE = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

// `measured` is stage → test → figures. Returns whether it holds and both sides in words.
export function judge(measured, stage, test, measure, expectation) {
  const found = /^(<=|>=|<|>)\s*([\d.]+)\s*%?(?:\s+of\s+([a-z0-9-]+))?$/.exec(String(expectation).trim());
  if (!found) throw new Error(`the expectation \`${measure}: ${expectation}\` is not understood`);
  const [, sign, number, base] = found;
  const value = figure(measured, stage, test, measure);
  let limit = Number(number);
  let text = `${measure} ${sign} ${format(measure, limit)}`;
  if (base) {
    const other = figure(measured, base, test, measure);
    limit *= other;
    text = `${measure} ${sign} ${number} of ${base}'s ${format(measure, other)}`;
  }
  return { holds: COMPARE[sign](value, limit), text: `${text}: it was ${format(measure, value)}` };
}

// A measure of the whole test, or `measure@request`.
function figure(measured, stage, test, measure) {
  const [name, request] = measure.split('@');
  const all = measured.get(stage)?.get(test);
  const from = request === undefined ? all : all?.requests.find((one) => one.id === request);
  const value = from?.[name];
  if (typeof value !== 'number') throw new Error(`"${measure}" was not measured at "${stage}" in "${test}"`);
  return value;
}

export function format(measure, value) {
  if (measure.startsWith('success')) return `${Math.floor(value * 10) / 10} %`;
  if (measure.startsWith('rps')) return `${value < 10 ? value.toFixed(1) : Math.round(value)}/s`;
  return `${Math.round(value)} ms`;
}

// A message without its long numbers: ports and times differ from line to line, and that is no
// difference in kind.
export function kindOf(message) {
  return message.replace(/\b\d{2,}\b/g, 'N');
}

// The kinds of error messages in a log, most frequent first, each as it was first worded. What
// stands before "failed: " says where it happened, not what.
export function countMessages(log) {
  const kinds = new Map();
  for (const line of log.split('\n')) {
    const found = /\b(?:failed|error): (.+)$/i.exec(line.trim());
    if (!found) continue;
    const kind = kinds.get(kindOf(found[1])) ?? { message: found[1], count: 0 };
    kind.count += 1;
    kinds.set(kindOf(found[1]), kind);
  }
  const counted = [...kinds.values()].sort((a, b) => b.count - a.count);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return counted.map((kind) => ({ ...kind, share: (100 * kind.count) / total }));
}

// The types of a plan's nodes in the order printed: "Seq Scan on posts" and "Index Scan Backward
// using …" are Seq Scan and Index Scan Backward, whatever they cost.
export function planNodes(plan) {
  const nodes = [];
  for (const line of plan.split('\n')) {
    const found = /^\s*(?:->\s+)?([A-Z][A-Za-z ]*?)(?: using [^(]*| on [^(]*)?\s+\(cost=/.exec(line);
    if (found) nodes.push(found[1]);
  }
  return nodes;
}
