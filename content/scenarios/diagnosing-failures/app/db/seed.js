// Fills the database with the same users and posts every time.
// Running it again changes nothing while the posts are still there.

const fs = require('fs');
const path = require('path');
//: pg talks to PostgreSQL. A Client is one connection; `{ Client }` takes that one thing out of the package.
const { Client } = require('pg');

const USERS = 1000;
const POSTS = 50000;
const BATCH = 1000;

// The newest post; the others lie seven minutes apart, back from here.
const NEWEST = Date.UTC(2026, 9, 31, 18, 0, 0);
const GAP_MS = 7 * 60 * 1000;

const FIRST = ['Ada', 'Ben', 'Chloe', 'Dev', 'Elif', 'Femi', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kofi', 'Lena'];
const LAST = ['Adeyemi', 'Berg', 'Costa', 'Dang', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jensen', 'Kaya'];

const WHO = ['The neighbor', 'The cat', 'Our bakery', 'The bus driver', 'My sister', 'The library'];
const DID = ['found', 'repaired', 'photographed', 'gave away', 'painted', 'lost', 'brought back'];
const WHAT = ['a red bicycle', 'the old radio', 'three lemons', 'a map of the city', 'somebody’s umbrella'];
const WHEN = ['before breakfast', 'in the rain', 'on the way home', 'without a word', 'for the second time'];

function userName(n) {
  return `${FIRST[n % FIRST.length]} ${LAST[n % LAST.length]}`;
}

function postText(n) {
  return `${WHO[n % WHO.length]} ${DID[n % DID.length]} ${WHAT[n % WHAT.length]} ${WHEN[Math.floor(n / 8) % WHEN.length]}.`;
}

// The posts came over from the old app one user after the other, so a higher id does not mean a newer post.
// Multiplying by a prime and taking the remainder hands out each moment exactly once, in a mixed-up order.
function postTime(n) {
  return new Date(NEWEST - ((n * 7919) % POSTS) * GAP_MS);
}

//: UNNEST makes rows out of arrays, so that one statement inserts a whole batch.
async function insertUsers(db) {
  const names = [];
  for (let n = 0; n < USERS; n++) names.push(userName(n));
  await db.query('INSERT INTO users (name) SELECT * FROM UNNEST($1::text[])', [names]);
}

async function insertPosts(db) {
  for (let from = 0; from < POSTS; from += BATCH) {
    const userIds = [];
    const texts = [];
    const times = [];
    for (let n = from; n < from + BATCH; n++) {
      userIds.push(1 + Math.floor((n * USERS) / POSTS));
      texts.push(postText(n));
      times.push(postTime(n));
    }
    await db.query(
      `INSERT INTO posts (user_id, content, created_at)
       SELECT * FROM UNNEST($1::int[], $2::text[], $3::timestamptz[])`,
      [userIds, texts, times]
    );
  }
}

async function main() {
  const db = new Client({ connectionString: process.env.DATABASE_URL });
  await db.connect();
  try {
    await db.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));

    //: { rows } takes the property rows out of the result (destructuring).
    const { rows } = await db.query('SELECT count(*)::int AS posts FROM posts');
    if (rows[0].posts >= POSTS) {
      console.log(`Already there: ${rows[0].posts} posts.`);
      return;
    }

    // Half a seed is no seed: start again from empty tables.
    await db.query('TRUNCATE users, posts RESTART IDENTITY');
    await insertUsers(db);
    await insertPosts(db);

    // Fresh statistics now, so that PostgreSQL knows from the start how many rows there are.
    await db.query('VACUUM ANALYZE users, posts');
    console.log(`Seeded ${USERS} users and ${POSTS} posts.`);
  } finally {
    await db.end();
  }
}

//: main() is async: catch() runs if anything in it fails.
main().catch((error) => {
  console.error(`Seeding failed: ${error.message}`);
  process.exit(1);
});
