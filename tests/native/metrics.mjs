// Compares what the dashboard asks for with what the app exports.

const BRACES = /\{(?:[^"}]|"(?:\\.|[^"\\])*")*\}/g;
// Words of PromQL that stand where a metric could stand.
const OPERATORS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan']);

// Every metric of an expression with the labels that it is asked for. Functions are followed by a
// parenthesis, metrics never are.
export function metricsOf(expression) {
  const plain = expression
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const found = [];
  const pattern = new RegExp(`([a-zA-Z_:][\\w:]*)\\s*(${BRACES.source})?(\\s*\\()?`, 'g');
  for (const [, name, braces, call] of plain.matchAll(pattern)) {
    if (call || OPERATORS.has(name.toLowerCase())) continue;
    // Labels stand before an operator; what stands in quotation marks is a value.
    const bare = (braces ?? '').replace(/"(?:\\.|[^"\\])*"/g, '""');
    found.push({ name, labels: [...bare.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label) });
  }
  return found;
}

// The expressions of a dashboard, wherever its panels lie.
export function expressionsOf(dashboard) {
  if (Array.isArray(dashboard)) return dashboard.flatMap(expressionsOf);
  if (dashboard === null || typeof dashboard !== 'object') return [];
  return Object.entries(dashboard).flatMap(([key, value]) =>
    key === 'expr' && typeof value === 'string' ? [value] : expressionsOf(value)
  );
}

// Prometheus' text format: the name of each sample → its labels.
export function exportedMetrics(text) {
  const exported = new Map();
  for (const line of text.split('\n')) {
    const found = new RegExp(`^([a-zA-Z_:][\\w:]*)(${BRACES.source})?\\s+\\S+`).exec(line);
    if (!found) continue;
    const labels = exported.get(found[1]) ?? new Set();
    for (const { labels: own } of metricsOf(found[1] + (found[2] ?? ''))) own.forEach((label) => labels.add(label));
    exported.set(found[1], labels);
  }
  return exported;
}

// What the dashboard asks for and the app does not have, in words.
export function missingMetrics(expressions, exported) {
  const missing = new Set();
  for (const { name, labels } of expressions.flatMap(metricsOf)) {
    const has = exported.get(name);
    if (!has) missing.add(`\`${name}\``);
    else for (const label of labels) if (!has.has(label)) missing.add(`the label \`${label}\` of \`${name}\``);
  }
  return [...missing];
}
