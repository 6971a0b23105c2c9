// Asks Prometheus on behalf of a rehearsal, from inside the network of the services. Reads what to
// ask as JSON, prints the answers as JSON; only a Prometheus that cannot be reached is a failure.
const fs = require('fs');

async function call(url, path, fields) {
  const form = new URLSearchParams(fields);
  // Prometheus reads forms, as an address may be too short for an expression; not for labels.
  const isLabel = path.startsWith('label/');
  let response;
  try {
    const address = `${url}/api/v1/${path}`;
    response = await (isLabel ? fetch(`${address}?${form}`) : fetch(address, { method: 'POST', body: form }));
  } catch (error) {
    const why = error.cause?.code || error.cause?.message || error.message;
    throw new Error(`no answer from ${url}: ${why}`);
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { status: 'error', error: `HTTP ${response.status}: ${text.slice(0, 200)}` };
  }
}

async function main() {
  const asked = JSON.parse(fs.readFileSync(0, 'utf8'));
  const { url, start, begin, end, step } = asked;
  const answers = [];
  for (const { expr, whole } of asked.queries) {
    const range = await call(url, 'query_range', { query: expr, start, end, step });
    const once = whole ? await call(url, 'query', { query: whole, time: end }) : null;
    answers.push({ range, whole: once });
  }
  const metrics = [];
  for (const name of asked.metrics) {
    // As matcher, because a name may hold characters that an expression does not take bare.
    const match = `{__name__=${JSON.stringify(name)}}`;
    const found = await call(url, 'series', { 'match[]': match, start: begin, end });
    metrics.push({ name, series: found.data ?? [] });
  }
  let names = [];
  if (metrics.some((metric) => metric.series.length === 0)) {
    names = (await call(url, 'label/__name__/values', { start: begin, end })).data ?? [];
  }
  process.stdout.write(JSON.stringify({ answers, metrics, names }));
}

main().catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
