// Fills the queue with the same jobs every time: old ones that are done, and new ones that wait.
// Running it again changes nothing while the jobs are still there.

const fs = require('fs');
const path = require('path');
//: pg talks to PostgreSQL. A Client is one connection; `{ Client }` takes that one thing out of the package.
const { Client } = require('pg');

const DONE = 60000;
const QUEUED = 40000;
const BATCH = 2000;

// The newest job; the others came in three seconds apart, back from here.
const NEWEST = Date.UTC(2026, 10, 2, 9, 0, 0);
const GAP_MS = 3000;

// Of ten jobs, six resize a picture, three send a mail and one builds a report.
const KINDS = ['resize', 'mail', 'resize', 'resize', 'mail', 'resize', 'report', 'resize', 'mail', 'resize'];
const FOLDERS = { resize: 'pictures', mail: 'letters', report: 'figures' };

function jobAt(n) {
  const kind = KINDS[n % KINDS.length];
  const createdAt = NEWEST - (DONE + QUEUED - 1 - n) * GAP_MS;
  const isDone = n < DONE;
  return {
    kind,
    input: `${FOLDERS[kind]}/${String(n).padStart(6, '0')}`,
    status: isDone ? 'done' : 'queued',
    createdAt: new Date(createdAt),
    startedAt: isDone ? new Date(createdAt + 2000) : null,
    finishedAt: isDone ? new Date(createdAt + 9000) : null,
  };
}

//: UNNEST makes rows out of arrays, so that one statement inserts a whole batch.
async function insertJobs(db, from, count) {
  const jobs = Array.from({ length: count }, (_, n) => jobAt(from + n));
  //: map() makes a new list: here, one property of each job.
  const column = (name) => jobs.map((job) => job[name]);
  await db.query(
    `INSERT INTO jobs (kind, input, status, created_at, started_at, finished_at)
     SELECT * FROM UNNEST($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])`,
    [column('kind'), column('input'), column('status'), column('createdAt'), column('startedAt'), column('finishedAt')]
  );
}

async function main() {
  const db = new Client({ connectionString: process.env.DATABASE_URL });
  await db.connect();
  try {
    await db.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));

    //: { rows } takes the property rows out of the result (destructuring).
    const { rows } = await db.query('SELECT count(*)::int AS jobs FROM jobs');
    if (rows[0].jobs >= DONE + QUEUED) {
      console.log(`Already there: ${rows[0].jobs} jobs.`);
      return;
    }

    // Half a seed is no seed: start again from an empty table.
    await db.query('TRUNCATE jobs RESTART IDENTITY');
    for (let from = 0; from < DONE + QUEUED; from += BATCH) await insertJobs(db, from, BATCH);

    // Fresh statistics now, so that PostgreSQL knows from the start how many jobs wait.
    await db.query('VACUUM ANALYZE jobs');
    console.log(`Seeded ${DONE} finished and ${QUEUED} waiting jobs.`);
  } finally {
    await db.end();
  }
}

//: main() is async: catch() runs if anything in it fails.
main().catch((error) => {
  console.error(`Seeding failed: ${error.message}`);
  process.exit(1);
});
