// Blocks of twenty lines in four languages, with names and numbers that differ from page to page.

import { invented } from './text.mjs';

/** A fenced block of twenty lines. */
export function codeBlock(dice, language) {
  const name = () => invented(dice);
  const number = (low, high) => dice.between(low, high);
  const lines = { js, sql, bash, yaml }[language](name, number);
  if (lines.length !== 20) throw new Error(`${language}: ${lines.length} lines`);
  return ['```' + language, ...lines, '```'].join('\n');
}

function js(name, number) {
  const [table, store, find] = [name(), name(), name()];
  return [
    `import { createServer } from 'node:http'; // ${name()}`,
    `import { ${find}, ${store} } from './${table}.js';`,
    '',
    `const LIMIT = ${number(2, 90)};`,
    `const ${table} = new Map();`,
    '',
    `async function answer(request, response) {`,
    `  const { id, page = ${number(1, 9)} } = readQuery(request.url);`,
    `  const key = \`${name()}:\${id}:\${page}\`; /* ${name()} */`,
    `  if (${table}.size > LIMIT) ${table}.clear();`,
    `  if (!${table}.has(key)) {`,
    `    const rows = await ${find}('SELECT * FROM ${name()} WHERE id = $1', [id]);`,
    `    if (rows.length === 0) return fail(response, 404, "no ${name()}");`,
    `    ${table}.set(key, rows.map((row) => ({ ...row, seen: true })));`,
    `  }`,
    `  response.writeHead(200, { 'content-type': 'application/json' });`,
    `  response.end(JSON.stringify(${table}.get(key)));`,
    `}`,
    '',
    `createServer(answer).listen(Number(process.env.PORT ?? ${number(3000, 9000)}));`,
  ];
}

function sql(name, number) {
  const [table, column, other] = [name(), name(), name()];
  return [
    `-- ${name()} ${name()}`,
    `CREATE TABLE ${table} (`,
    `  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,`,
    `  ${column} text NOT NULL DEFAULT '${name()}',`,
    `  ${other} integer CHECK (${other} >= ${number(0, 99)}),`,
    `  created_at timestamptz NOT NULL DEFAULT now()`,
    `);`,
    '',
    `CREATE INDEX idx_${table} ON ${table} (${column}, created_at DESC);`,
    '',
    `EXPLAIN (ANALYZE, BUFFERS)`,
    `SELECT t.${column}, count(*) AS entries, avg(t.${other})`,
    `FROM ${table} AS t`,
    `LEFT JOIN ${name()} AS u ON u.id = t.id`,
    `WHERE t.created_at > now() - INTERVAL '${number(1, 30)} days'`,
    `  AND t.${column} LIKE '${name()}%'`,
    `GROUP BY t.${column}`,
    `HAVING count(*) > ${number(1, 50)}`,
    `ORDER BY entries DESC`,
    `LIMIT ${number(5, 500)};`,
  ];
}

function bash(name, number) {
  const variable = name().toUpperCase();
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    `# ${name()} ${name()}`,
    `export ${variable}="\${${variable}:-${name()}}"`,
    'docker compose up -d --wait',
    `for round in $(seq 1 ${number(5, 50)}); do`,
    `  curl -sf "http://localhost:${number(3000, 9000)}/${name()}?page=$round" > /dev/null || echo "failed $round"`,
    'done',
    '',
    `docker compose exec -T db psql -U app -c "SELECT count(*) FROM ${name()};"`,
    `if [[ -f ./${name()}.log ]]; then`,
    `  grep -c '${name()}' ./${name()}.log | tee /tmp/${name()}.txt`,
    'else',
    `  echo "no log yet: $${variable}" >&2`,
    'fi',
    `function ${name()}() {`,
    `  local count=\${1:-${number(1, 20)}}`,
    '  node scripts/loadtest.js --connections "$count"',
    '}',
    `exit ${number(0, 3)}`,
  ];
}

function yaml(name, number) {
  const volume = name();
  return [
    `# ${name()} ${name()}`,
    'services:',
    `  ${name()}:`,
    `    image: node:${number(20, 26)}-slim`,
    '    command: ["node", "src/server.js"]',
    '    environment:',
    `      DB_HOST: ${name()}`,
    `      POOL_MAX: "${number(1, 99)}"`,
    `    ports: ["${number(3000, 9000)}:3000"]`,
    '    depends_on:',
    '      db: {condition: service_healthy}',
    '  db:',
    '    image: postgres:17',
    '    healthcheck:',
    '      test: ["CMD-SHELL", "pg_isready -U app"]',
    `      interval: ${number(1, 9)}s`,
    `      retries: ${number(3, 30)}`,
    '    volumes:',
    `      - ${volume}:/var/lib/postgresql/data`,
    `volumes: {${volume}: null}`,
  ];
}
